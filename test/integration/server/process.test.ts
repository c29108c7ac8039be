import { once } from "node:events";
import { writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { get as httpsGet } from "node:https";
import { createServer, connect } from "node:net";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { TEST_CERTIFICATE, TEST_KEY } from "#test/support/certificate.ts";
import { plainWords } from "#collab/document.ts";
import { CLOSE } from "#collab/frames.ts";
import { appendEvent } from "#db/stores/event.ts";
import { faultsIn, temporaryFolder } from "#test/support/database.ts";
import { hasSaid, isReady, startProcess } from "#test/support/started.ts";
import { Browser, closeOf, draftOver, SECRET, startTestServer } from "#test/support/server.ts";

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** A data folder with the people of the tests, as if the exercise in it had been played; the cookie of Chiara's login. */
async function preparedFolder(): Promise<{ readonly data: string; readonly cookie: string }> {
  const data = temporaryFolder();
  const server = await startTestServer({ env: { data } });
  const played = { act: "playExercise", thing: "installation", thingId: "exercise" };
  await server.db.write((tx) => appendEvent(tx, { at: 1, by: { personId: null }, ...played }));
  const { cookie } = await server.as("chiara");
  await server.close();
  return { data, cookie };
}

describe("the process", () => {
  test("[SV3] stops within five seconds of SIGTERM, with streams open and requests half sent", async () => {
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const started = startProcess({
      CHAPEAU_DATA: temporaryFolder(),
      CHAPEAU_PORT: String(port),
      CHAPEAU_MODE: "production",
      CHAPEAU_ORIGIN: origin,
      CHAPEAU_SECRET: SECRET,
    });
    await isReady(started);
    const visitor = new Browser(origin, "");
    const streams = await Promise.all([visitor.listen(), visitor.listen()]);
    const idle = connect(port, "127.0.0.1");
    idle.on("error", () => {});
    await once(idle, "connect");
    const halfway = connect(port, "127.0.0.1");
    halfway.on("error", () => {});
    halfway.write("POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nint");
    await once(halfway, "connect");
    const watch = setTimeout(() => started.child.kill("SIGKILL"), 5_000);
    started.child.kill("SIGTERM");
    const code = await started.exit;
    clearTimeout(watch);
    expect(code).toBe(0);
    expect(started.output()).toContain(`${origin}/links/`);
    await Promise.all(streams.map((stream) => stream.ended));
  });

  test("[SV3] stops within five seconds of SIGTERM in the middle of a drafter's sentence, and what was acknowledged is in the log", async () => {
    const { data, cookie } = await preparedFolder();
    // The people of the tests were put in by nobody's act.
    const faults = faultsIn(data);
    const started = startProcess({ CHAPEAU_DATA: data, CHAPEAU_PORT: "0" });
    await isReady(started);
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(started.output())?.[0] ?? "";
    const chiara = await draftOver(new Browser(url, cookie), "chiara", "resolution");
    const idle = await draftOver(new Browser(url, cookie), "chiara", "resolution");
    chiara.page.write("p1", "Recalling");
    await chiara.until(() => chiara.page.saved === 1);
    const closed = Promise.all([chiara, idle].map(({ ws }) => closeOf(ws)));
    const watch = setTimeout(() => started.child.kill("SIGKILL"), 5_000);
    chiara.page.type("p1", 9, " its resolution");
    started.child.kill("SIGTERM");
    const code = await started.exit;
    clearTimeout(watch);
    expect(code).toBe(0);
    expect((await closed).map((each) => each.code)).toEqual([CLOSE.comeBack, CLOSE.comeBack]);
    for (const { page } of [chiara, idle]) expect(page.comeBackMs).not.toBeNull();

    expect(faultsIn(data)).toEqual(faults);
    const after = await startTestServer({ env: { data }, people: false });
    const { document } = await after.rooms.wording("resolution");
    const words = document.paragraphs.map(plainWords);
    expect(["Recalling", "Recalling its resolution"]).toContain(words.join());
    if (chiara.page.saved === 2) expect(words).toEqual(["Recalling its resolution"]);
  });

  test("[SV10] an exercise opened to the network prints the code that its door takes, and where to go", async () => {
    const { data } = await preparedFolder();
    const started = startProcess({ CHAPEAU_DATA: data, CHAPEAU_PORT: "0", CHAPEAU_LISTEN: "0.0.0.0" });
    await hasSaid(started, "Each browser is asked once for this code: ");
    const code = /for this code: (\S+)\n/.exec(started.output())?.[1] ?? "";
    const port = /http:\/\/localhost:(\d+)/.exec(started.output())?.[1] ?? "";
    const visitor = new Browser(`http://127.0.0.1:${port}`, "");
    expect((await visitor.get("/sign-in")).status).toBe(401);
    expect((await visitor.post("/code", { code: "00000-00000" })).status).toBe(401);
    expect((await visitor.post("/code", { code })).status).toBe(303);
  });

  test("[SV10] an exercise on this machine alone prints no code", async () => {
    const { data } = await preparedFolder();
    const started = startProcess({ CHAPEAU_DATA: data, CHAPEAU_PORT: "0" });
    await hasSaid(started, "choose who you are");
    started.child.kill("SIGTERM");
    await started.exit;
    expect(started.output()).not.toContain("code");
  });

  test("[SV4] a second one on the same data folder does not start and says why", async () => {
    const first = await startTestServer();
    const second = startProcess({ CHAPEAU_DATA: first.db.folder, CHAPEAU_PORT: "0" });
    expect(await second.exit).toBe(1);
    expect(second.output()).toContain(
      `The data folder ${first.db.folder} is in use by process ${process.pid}`,
    );
    expect(second.output()).not.toContain("    at ");
  });

  test("[SV1] a wrong variable ends the start with a sentence that names it", async () => {
    const started = startProcess({ CHAPEAU_PORT: "eighty", CHAPEAU_DATA: temporaryFolder() });
    expect(await started.exit).toBe(1);
    expect(started.output().trim()).toBe("CHAPEAU_PORT must be a port number from 0 to 65535.");
  });

  test("[SV4] a port that is taken ends the start with a sentence, and gives the folder back", async () => {
    const first = await startTestServer();
    const port = Number(new URL(first.url).port);
    const data = temporaryFolder();
    await expect(startTestServer({ env: { port, data } })).rejects.toThrow(`Port ${port} is taken`);
    const again = await startTestServer({ env: { data } });
    expect((await again.visitor().get("/health")).status).toBe(200);
  });
});

test("[SV2] production with a certificate speaks HTTPS, and plain HTTP not at all", async () => {
  const folder = temporaryFolder();
  const [cert, key] = [path.join(folder, "cert.pem"), path.join(folder, "key.pem")];
  writeFileSync(cert, TEST_CERTIFICATE);
  writeFileSync(key, TEST_KEY);
  const origin = "https://chapeau.test";
  const env = { mode: "production", origin, secret: SECRET, tls: { cert, key } } as const;
  const server = await startTestServer({ env, people: false });
  expect(server.url).toMatch(/^https:/);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { ca: TEST_CERTIFICATE, headers: { host: "chapeau.test" }, agent: false };
    httpsGet(`${server.url}/assets/none.js`, options, resolve).on("error", reject);
  });
  answer.resume();
  expect(answer.statusCode).toBe(404);
  expect(answer.headers["strict-transport-security"]).toBe("max-age=31536000");
  expect(answer.headers["content-security-policy"]).toContain("wss://chapeau.test");
  const plain = new Browser(server.url.replace("https:", "http:"), "");
  await expect(plain.get("/")).rejects.toThrow();
});

describe("what the process tells about itself", () => {
  test("[SV16] health, figures and log hold no names, addresses, words or links", async () => {
    const server = await startTestServer();
    const amara = await server.as("amara");
    const secrets = ["amara", "bilal", "d-lem", "Lemuria", "secret-token-in-a-link", "tests"];
    await amara.get("/links/secret-token-in-a-link");
    await amara.get("/sessions/s/texts/resolution?find=Lemuria");
    await amara.get("/live/texts/resolution");
    const form = { intent: "password", email: "amara@example.org", password: "tests tests tests", to: "/" };
    await amara.post("/sign-in", form);
    const health = await server.visitor().get("/health");
    expect(health).toMatchObject({ status: 200, body: '{"status":"ok"}\n' });
    const figures = await server.visitor().get("/metrics");
    expect(figures.status).toBe(200);
    expect(figures.body).toContain('chapeau_request_seconds_count{area="live",status="2xx"} 1');
    for (const name of ["chapeau_streams", "chapeau_rooms", "chapeau_peers", "chapeau_updates"]) {
      expect(figures.body).toContain(`\n${name} `);
    }
    expect(server.log()).toContain('"area":"links"');
    for (const secret of secrets) {
      expect(figures.body).not.toContain(secret);
      expect(server.log()).not.toContain(secret);
    }
  });

  test("[SV16] figures are not there for anybody beyond this machine, nor through a proxy", async () => {
    const server = await startTestServer();
    const marks = { "x-forwarded-for": "192.0.2.1", forwarded: "for=192.0.2.1", via: "1.1 p" };
    for (const mark of Object.entries(marks).map((one) => Object.fromEntries([one]))) {
      expect((await server.visitor().get("/metrics", mark)).body).not.toContain("chapeau_");
    }
    const named = await server.visitor().get("/metrics", { host: "chapeau.example.org" });
    expect(named.body).not.toContain("chapeau_");
  });

  test("[SV16] figures are not there behind a proxy of this machine that says nothing about itself", async () => {
    const server = await startTestServer({ env: { proxies: ["127.0.0.1"] } });
    expect((await server.visitor().get("/metrics")).body).not.toContain("chapeau_");
  });

  test("[SV16] figures are there through a proxy for who has the token, and for nobody else", async () => {
    const token = "figures-for-the-people-who-run-the-machine";
    const server = await startTestServer({ env: { proxies: ["127.0.0.1"], metricsToken: token } });
    const ask = async (authorization: string) =>
      (await server.visitor().get("/metrics", { "x-forwarded-for": "192.0.2.1", authorization })).body;
    expect(await ask(`Bearer ${token}`)).toContain("chapeau_streams");
    for (const wrong of [`Bearer ${token}x`, `Basic ${token}`, "Bearer", token]) {
      expect(await ask(wrong)).not.toContain("chapeau_");
    }
    const without = await startTestServer({ env: { proxies: ["127.0.0.1"] } });
    const guessed = await without.visitor().get("/metrics", { authorization: "Bearer null" });
    expect(guessed.body).not.toContain("chapeau_");
  });
});
