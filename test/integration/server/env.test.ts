import { describe, expect, test } from "vitest";
import { EnvError, isLoopback, proxyTest, readEnv } from "#app/server/env.ts";

const production = {
  CHAPEAU_MODE: "production",
  CHAPEAU_ORIGIN: "https://chapeau.example.org",
  CHAPEAU_SECRET: "a secret of more than thirty-two characters",
  CHAPEAU_PROXY: "10.0.0.5",
};

function faultOf(source: Record<string, string>): string {
  try {
    readEnv(source);
  } catch (error) {
    if (error instanceof EnvError) return error.message;
    throw error;
  }
  return "";
}

describe("the environment", () => {
  test("[SV1] without any variable it is an exercise for this machine alone", () => {
    const env = readEnv({ PATH: "/usr/bin" });
    expect(env).toMatchObject({
      mode: "exercise",
      listen: "127.0.0.1",
      port: 3000,
      origin: null,
      proxies: [],
    });
  });

  test.each([
    ["CHAPEAU_PORT", "eighty", "0 to 65535"],
    ["CHAPEAU_PORT", "70000", "0 to 65535"],
    ["CHAPEAU_MODE", "demo", "exercise or production"],
    ["CHAPEAU_LISTEN", "everywhere", "127.0.0.1"],
    ["CHAPEAU_ORIGIN", "https://chapeau.example.org/path", "without a path"],
    ["CHAPEAU_SECRET", "short", "32 characters"],
    ["CHAPEAU_TLS_CERT", "/no/such/file.pem", "does not exist"],
    ["CHAPEAU_PROXY", "proxy.example.org", "IP addresses"],
    ["CHAPEAU_LOG", "loud", "silent, error"],
    ["CHAPEAU_METRICS_TOKEN", "short", "32 characters"],
    ["CHAPEAU_PROT", "3000", "is not a variable of Chapeau"],
  ])("[SV1] %s=%s is refused by name, with what is allowed", (name, value, allowed) => {
    const fault = faultOf({ [name]: value });
    expect(fault).toContain(name);
    expect(fault).toContain(allowed);
  });

  test("[SV2] production starts with origin, secret and a named proxy or a certificate", () => {
    expect(readEnv(production)).toMatchObject({ mode: "production", proxies: ["10.0.0.5"] });
  });

  test.each(["CHAPEAU_ORIGIN", "CHAPEAU_SECRET", "CHAPEAU_PROXY"] as const)(
    "[SV2] production without %s does not start",
    (name) => {
      const { [name]: _, ...rest } = production;
      expect(faultOf(rest)).toContain(name);
    },
  );

  test("[SV2] production on plain HTTP starts for this machine alone", () => {
    const { CHAPEAU_PROXY: _, ...plain } = { ...production, CHAPEAU_ORIGIN: "http://localhost:3000" };
    expect(faultOf(plain)).toBe("");
    expect(faultOf({ ...plain, CHAPEAU_LISTEN: "0.0.0.0" })).toContain("plain HTTP");
    expect(faultOf({ ...production, CHAPEAU_ORIGIN: "http://chapeau.example.org" })).toContain("https://");
  });

  test("[SV1] a certificate without its key is refused", () => {
    expect(faultOf({ CHAPEAU_TLS_CERT: "package.json" })).toContain("CHAPEAU_TLS_KEY is missing");
  });
});

test("[SV8] a proxy is an address or a network, in IPv4 as IPv6 sockets write it too", () => {
  const isProxy = proxyTest(["10.0.0.0/24", "fd00::1"]);
  expect(["10.0.0.7", "::ffff:10.0.0.7", "fd00::1"].map(isProxy)).toEqual([true, true, true]);
  expect(["10.0.1.7", "fd00::2", "", "unknown"].map(isProxy)).toEqual([false, false, false, false]);
});

test("[SV2] loopback is what it says and nothing that looks like it", () => {
  expect(["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost", "::ffff:127.0.0.1"].every(isLoopback)).toBe(
    true,
  );
  expect(["127.0.0.1.example.org", "10.0.0.1", "0.0.0.0", "::"].some(isLoopback)).toBe(false);
});
