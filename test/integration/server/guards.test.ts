import { describe, expect, test } from "vitest";
import { startWords as words } from "#app/i18n/start-words.ts";
import { BODY_LIMIT_BYTES } from "#app/server/guards.ts";
import { SECRET, startTestServer } from "#test/support/server.ts";

const addresses = [
  "/sign-in",
  "/sign-in.data",
  "/sign-out",
  "/settings",
  "/sessions/s/texts/resolution",
  "/sessions/s/texts/resolution.data",
  "/sessions/s/texts/resolution/versions/1/download/html",
  "/sessions/s/texts/resolution/import",
  "/notices",
  "/live/texts/resolution",
  "/health",
];

describe("forms from another site", () => {
  test("[SV5] are refused at every address, pages, data and answers alike, before anything reads them", async () => {
    const server = await startTestServer();
    const amara = await server.as("amara");
    for (const address of addresses) {
      const foreign: Record<string, string>[] = [
        { origin: "https://evil.example" },
        { origin: "null" },
        { origin: server.url, "sec-fetch-site": "cross-site" },
        { origin: server.url, "sec-fetch-site": "same-site" },
        { "sec-fetch-site": "none" },
        { referer: "https://evil.example/page" },
      ];
      for (const headers of foreign) {
        const { status } = await amara.send("POST", address, headers, "intent=x");
        expect({ address, headers, status }).toEqual({ address, headers, status: 403 });
      }
      const unsaid = await amara.send("POST", address, {}, "intent=x");
      expect(unsaid.status).toBe(403);
    }
  });

  test("[SV5] from this site they arrive, told by Origin, Sec-Fetch-Site or Referer", async () => {
    const server = await startTestServer();
    const amara = await server.as("amara");
    const said: Record<string, string>[] = [
      { origin: server.url },
      { "sec-fetch-site": "same-origin" },
      { referer: `${server.url}/sessions` },
    ];
    for (const headers of said) {
      const { status } = await amara.send("POST", "/no-such-page", headers, "intent=x");
      expect([400, 404, 405]).toContain(status);
    }
  });

  test("[SV5] other methods than GET, HEAD and POST do not exist", async () => {
    const server = await startTestServer();
    for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS"]) {
      expect((await server.visitor().send(method, "/", { origin: server.url })).status).toBe(405);
    }
  });

  test("[SV6] the address of an older way to read a page's data is refused", async () => {
    const server = await startTestServer();
    const visitor = server.visitor();
    expect((await visitor.get("/?_data=root")).status).toBe(400);
    expect((await visitor.post("/sign-in?_data=routes%2Fsign-in", { intent: "enter" })).status).toBe(400);
  });
});

test("[SV7] a form above 1 MB is refused unless it brings a file, and one of unknown length always", async () => {
  const server = await startTestServer();
  const amara = await server.as("amara");
  const large = "x".repeat(BODY_LIMIT_BYTES + 1);
  const headers = { origin: server.url };
  expect((await amara.send("POST", "/sign-in", headers, large)).status).toBe(413);
  expect((await amara.send("POST", "/sessions/s/texts/resolution/import", headers, large)).status).not.toBe(
    413,
  );
  for (const path of ["/sessions/s/agenda/i/documents", "/sessions/s/drafts/statements/d.data"]) {
    expect((await amara.send("POST", path, headers, large)).status).not.toBe(413);
    expect((await amara.send("POST", path, headers, "x".repeat(27 * 1024 * 1024))).status).toBe(413);
  }
  expect((await amara.send("POST", "/sessions/s/agenda/i", headers, large)).status).toBe(413);
  const unknown = { ...headers, "transfer-encoding": "chunked" };
  expect((await amara.send("POST", "/sign-in", unknown)).status).toBe(411);
});

test("[SV7] what the framework asks of a page with many links is not too long an address, and all else is at 4,096", async () => {
  const server = await startTestServer();
  const links = Array.from({ length: 200 }, (_, item) => `p=/sessions/s/agenda/item-${item}`).join("&");
  const visitor = server.visitor();
  expect((await visitor.get(`/__manifest?${links}&version=none`)).status).not.toBe(414);
  expect(links.length).toBeGreaterThan(4_096);
  expect((await visitor.get(`/__manifest?${links}&${links}`)).status).toBe(414);
  expect((await visitor.get(`/?${links}`)).status).toBe(414);
});

test("[SV7] what anybody may send is at most 64 KB", async () => {
  const server = await startTestServer();
  for (const path of ["/sign-in", "/sign-in.data", "/sign-out", "/settings", "/links/abc"]) {
    const tooMuch = await server.visitor().post(path, { to: "x".repeat(64 * 1024) });
    expect({ path, status: tooMuch.status }).toEqual({ path, status: 413 });
    expect(tooMuch.body).toContain("64 KB");
  }
  expect((await server.visitor().post("/settings", { theme: "dark" })).status).toBe(302);
});

describe("addresses that cannot be read", () => {
  const broken = [
    "/%",
    "/links/%",
    "/entities/%E0",
    "/entities/%E0.data",
    "/assets/%",
    "/live/texts/%",
    "/sessions/x/texts/%ff",
    "/assets/..%2f..%2fpackage.json",
    "/assets/..%5c..%5cpackage.json",
    "/assets/a%00.js",
    "/..%2f..",
  ];

  test("[SV20] are answered by 400 in the product's words, and nothing of it is reported", async () => {
    const server = await startTestServer();
    const visitor = server.visitor();
    for (const path of broken) {
      const { status, body } = await visitor.get(path);
      expect({ path, status, body }).toEqual({ path, status: 400, body: `${words.en.addressUnreadable}\n` });
    }
    const arabic = await visitor.get("/%", { "accept-language": "ar" });
    expect(arabic.body).toBe(`${words.ar.addressUnreadable}\n`);
    expect((await visitor.post("/links/%", { name: "x" })).status).toBe(400);
    // A search is read leniently, and letters of every script are no signs that no page has.
    expect((await visitor.get("/sign-in?to=%")).status).toBe(200);
    expect((await visitor.get("/entities/%D9%85%D8%B5%D8%B1")).status).toBe(404);
    expect(server.log()).toContain('"level":20');
    expect(server.log()).not.toMatch(/"level":(50|60)/);
  });

  test("[SV20] a file that cannot be given is answered by its own status, and nothing of it is reported", async () => {
    const server = await startTestServer();
    const visitor = server.visitor();
    expect(await visitor.get("/assets/none.js")).toMatchObject({
      status: 404,
      body: `${words.en.noSuchFile}\n`,
    });
    expect((await visitor.get("/assets/.hidden")).status).toBe(404);
    expect((await visitor.get("/assets/")).status).toBe(404);
    expect(server.log()).not.toMatch(/"level":(50|60)/);
  });
});

describe("names and forwarded headers", () => {
  test("[SV8] forwarded headers of somebody who is no proxy change nothing", async () => {
    const server = await startTestServer({ env: { proxies: ["10.9.9.9"] } });
    const spoofed = {
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "https",
      "x-forwarded-for": "192.0.2.7",
      forwarded: "for=192.0.2.7;host=evil.example;proto=https",
    };
    const visitor = server.visitor();
    const plain = await visitor.get("/assets/none.js");
    const forged = await visitor.get("/assets/none.js", spoofed);
    expect(hostOf(forged)).toBe(hostOf(plain));
    const form = await visitor.send(
      "POST",
      "/sign-in",
      { ...spoofed, origin: "https://evil.example" },
      "a=b",
    );
    expect(form.status).toBe(403);
  });

  test("[SV8] a configured proxy tells host and protocol; production then insists on HTTPS and on its own name", async () => {
    const server = await startTestServer({
      env: {
        mode: "production",
        origin: "https://chapeau.example.org",
        secret: SECRET,
        proxies: ["127.0.0.1"],
      },
      people: false,
    });
    const visitor = server.visitor();
    const through = {
      "x-forwarded-host": "chapeau.example.org",
      "x-forwarded-proto": "https",
      "x-forwarded-for": "192.0.2.7",
    };
    const answer = await visitor.get("/live/texts/none", through);
    expect(answer.status).toBe(404);
    const page = await visitor.get("/assets/none.js", through);
    expect(page.headers["strict-transport-security"]).toBe("max-age=31536000");
    expect(page.headers["content-security-policy"]).toContain("wss://chapeau.example.org");
    const plain = await visitor.get("/live/texts/none", { ...through, "x-forwarded-proto": "http" });
    expect(plain).toMatchObject({ status: 403 });
    const other = await visitor.get("/live/texts/none", { ...through, "x-forwarded-host": "evil.example" });
    expect(other).toMatchObject({ status: 421 });
    const direct = await visitor.get("/live/texts/none", { host: "chapeau.example.org" });
    expect(direct).toMatchObject({ status: 403 });
  });

  test("[SV8] an exercise on this machine does not answer to another site's name that leads here", async () => {
    const server = await startTestServer();
    const rebound = await server.visitor().get("/live/texts/resolution", { host: "evil.example" });
    expect(rebound.status).toBe(421);
  });
});

function hostOf(answer: { headers: Record<string, string> }): string {
  return /connect-src [^;]*/.exec(answer.headers["content-security-policy"] ?? "")?.[0] ?? "";
}

describe("headers", () => {
  test("[SV9] every answer has a content policy whose scripts need a nonce, new each time, and is kept by nobody", async () => {
    const server = await startTestServer();
    const visitor = server.visitor();
    const answers = await Promise.all(
      ["/", "/sign-in", "/assets/none.js", "/nowhere"].map((path) => visitor.get(path)),
    );
    const nonces = new Set<string>();
    for (const { headers } of answers) {
      const policy = headers["content-security-policy"] ?? "";
      const nonce = /script-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
      nonces.add(nonce);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("object-src 'none'");
      expect(policy).toContain("base-uri 'none'");
      expect(policy).not.toMatch(/script-src[^;]*unsafe/);
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}';`);
      expect(headers["cache-control"]).toContain("no-store");
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["referrer-policy"]).toBe("same-origin");
    }
    expect(nonces.size).toBe(answers.length);
    for (const path of ["/live/texts/none", "/health", "/metrics"]) {
      const { headers } = await visitor.get(path);
      expect(headers["content-security-policy"]).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(headers["cache-control"]).toBe("private, no-store");
    }
  });
});

describe("an exercise that is open to a network", () => {
  test("[SV10] asks every browser for the printed code before anything else is answered", async () => {
    const server = await startTestServer({ env: { listen: "0.0.0.0" } });
    const visitor = server.visitor();
    expect(server.code).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
    for (const path of ["/", "/sign-in", "/live/texts/resolution", "/notices", "/assets/none.js"]) {
      const { status, body } = await visitor.get(path);
      expect({ path, status }).toEqual({ path, status: 401 });
      expect(body).not.toContain(server.code ?? "");
    }
    const entered = await server.as("amara");
    expect((await entered.get("/")).status).toBe(401);
    const wrong = await visitor.post("/code", { code: "00000-00000" });
    expect(wrong.status).toBe(401);
    expect(wrong.headers["set-cookie"]).toBeUndefined();
    const right = await visitor.post("/code", { code: ` ${server.code?.toLowerCase() ?? ""} ` });
    expect(right.status).toBe(303);
    const pass = right.headers["set-cookie"]?.split(";", 1)[0] ?? "";
    expect((await server.visitor(pass).get("/live/texts/none")).status).toBe(404);
    expect((await server.visitor(`${pass}x`).get("/live/texts/none")).status).toBe(401);
  });

  test("[SV10] lets no socket through without the code either", async () => {
    const server = await startTestServer({ env: { listen: "0.0.0.0" } });
    const ws = (await server.as("amara")).socket("resolution");
    const status = await new Promise((resolve) =>
      ws.once("unexpected-response", (_, res) => resolve(res.statusCode)),
    );
    expect(status).toBe(403);
  });
});
