/** What a login is called on the account page. */
import { describe, expect, it } from "vitest";
import { deviceIn } from "#app/routes/account/device.ts";

const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";
const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";
const PHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";

describe("a browser's own words", () => {
  it.each([
    [
      "Firefox",
      "Windows",
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0",
    ],
    ["Firefox", "Linux", "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"],
    ["Firefox", "Android", "Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0"],
    ["Firefox", "iPhone", `${PHONE} FxiOS/143.0 Mobile/15E148 Safari/605.1.15`],
    [
      "Chrome",
      "Windows",
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36`,
    ],
    ["Chrome", "macOS", `${MAC} ${WEBKIT} Chrome/140.0.0.0 Safari/537.36`],
    [
      "Chrome",
      "Android",
      `Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} Chrome/140.0.0.0 Mobile Safari/537.36`,
    ],
    [
      "Chrome",
      "ChromeOS",
      `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36`,
    ],
    ["Chrome", "iPhone", `${PHONE} CriOS/140.0.7339.39 Mobile/15E148 Safari/604.1`],
    ["Chrome", "Linux", `Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} HeadlessChrome/140.0.0.0 Safari/537.36`],
    [
      "Edge",
      "Windows",
      `Mozilla/5.0 (Windows NT 10.0) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`,
    ],
    [
      "Edge",
      "Android",
      `Mozilla/5.0 (Linux; Android 10) ${WEBKIT} Chrome/140.0 Mobile Safari/537.36 EdgA/140.0`,
    ],
    ["Opera", "macOS", `${MAC} ${WEBKIT} Chrome/139.0.0.0 Safari/537.36 OPR/123.0.0.0`],
    [
      "Samsung Internet",
      "Android",
      `Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
    ],
    ["Safari", "iPhone", `${PHONE} Version/18.5 Mobile/15E148 Safari/604.1`],
    ["Safari", "macOS", `${MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15`],
    [
      "Safari",
      "iPad",
      "Mozilla/5.0 (iPad; CPU OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.7 Mobile/15E148 Safari/604.1",
    ],
  ])("[SI7] is told as %s on %s", (browser, system, userAgent) => {
    expect(deviceIn(userAgent)).toEqual({ browser, system });
  });

  it.each(["", "a test", "curl/8.5.0", "Mozilla/5.0 (PlayStation 5)", "Firefox/143.0"])(
    "[SI7] is left as it is when browser or system is not known: %j",
    (userAgent) => expect(deviceIn(userAgent)).toBeNull(),
  );
});
