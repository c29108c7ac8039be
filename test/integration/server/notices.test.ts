import { describe, expect, test } from "vitest";
import type { NoticeAudience } from "#app/commands/context.ts";
import { person } from "#db/schema/people.ts";
import { drafter } from "#db/schema/text.ts";
import { setAudience, startTestServer } from "#test/support/server.ts";

const people = ["amara", "bilal", "chiara", "dario"] as const;
const resolution = { kind: "text", textId: "resolution", sessionId: "s" } as const;

async function hall() {
  const server = await startTestServer();
  await server.db.write(async (tx) => {
    await tx.insert(person).values({ id: "sana", name: "Sana", secretariat: true, createdAt: 1 });
  });
  const streams = await Promise.all(
    [...people, "sana"].map(async (id) => [id, await (await server.as(id)).listen()] as const),
  );
  const all = [...streams, ["public", await server.visitor().listen()] as const];
  return {
    server,
    /** Who hears `topic` when it is told to `audience`: everybody hears `end`, which is told after it. */
    async hears(audience: NoticeAudience, topic: string): Promise<string[]> {
      server.notices.tell(audience, topic);
      const end = `end of ${topic} ${JSON.stringify(audience)}`;
      server.notices.tell({ kind: "session", sessionId: "s" }, end);
      await Promise.all(all.map(([, stream]) => stream.hears(end)));
      const heard = all.filter(([, stream]) => stream.heard.includes(topic)).map(([id]) => id);
      for (const [, stream] of all) stream.heard.length = 0;
      return heard;
    },
  };
}

describe("a notice", () => {
  test("[SV12] reaches exactly those who may see what changed", async () => {
    const { hears, server } = await hall();
    const everybody = [...people, "sana", "public"];
    const bureau = ["amara", "chiara", "sana"];
    expect(await hears({ kind: "session", sessionId: "s" }, "agenda")).toEqual(everybody);
    expect(await hears({ kind: "everybody" }, "reference")).toEqual(everybody);
    expect(await hears({ kind: "delegation", delegationId: "d-lem" }, "drafts")).toEqual(["bilal"]);
    expect(await hears({ kind: "delegation", delegationId: "d-other" }, "drafts")).toEqual([]);
    expect(await hears({ kind: "person", personId: "dario" }, "account")).toEqual(["dario"]);
    expect(await hears({ kind: "secretariat" }, "people")).toEqual(["sana"]);
    expect(await hears({ ...resolution, who: "readers" }, "text:resolution")).toEqual(bureau);
    const nowhere = { ...resolution, textId: "none", who: "readers" } as const;
    expect(await hears(nowhere, "text:none")).toEqual([]);

    await server.db.write((tx) => setAudience(tx, "resolution", { audience: "all", shows: "live" }));
    expect(await hears({ ...resolution, who: "readers" }, "text:resolution")).toEqual([
      "amara",
      "bilal",
      "chiara",
      "sana",
    ]);
    expect(await hears({ ...resolution, who: "bureau" }, "versions:resolution")).toEqual(bureau);
    const named = { audience: "named", shows: "live", delegationIds: ["d-other"] } as const;
    await server.db.write((tx) => setAudience(tx, "resolution", named));
    expect(await hears({ ...resolution, who: "readers" }, "text:resolution")).toEqual(bureau);
    await server.db.write((tx) => setAudience(tx, "resolution", { audience: "public", shows: "versions" }));
    expect(await hears({ ...resolution, who: "readers" }, "versions:resolution")).toEqual(everybody);
  });

  test("[SV12] that rights in a text have changed reaches who saw it before and who sees it now, and nobody else", async () => {
    const { hears, server } = await hall();
    const bureau = ["amara", "chiara", "sana"];
    const nobody = { audience: "bureau", delegationIds: [], shows: "live", fromSeq: 0 } as const;
    const lemuria = { audience: "named", delegationIds: ["d-lem"], shows: "versions", fromSeq: 0 } as const;
    const readers = { ...resolution, who: "readers" } as const;
    await server.db.write((tx) => setAudience(tx, "resolution", lemuria));
    expect(await hears({ ...readers, before: nobody }, "rights of opening")).toEqual([
      "amara",
      "bilal",
      "chiara",
      "sana",
    ]);
    await server.db.write((tx) =>
      setAudience(tx, "resolution", { ...lemuria, shows: "live", delegationIds: ["d-other"] }),
    );
    expect(await hears({ ...readers, before: lemuria }, "rights of narrowing")).toEqual([
      "amara",
      "bilal",
      "chiara",
      "sana",
    ]);
    expect(await hears({ ...readers, before: nobody }, "rights of others")).toEqual(bureau);
  });

  test("[SV12] of typing does not reach readers who see issued versions only", async () => {
    const { hears, server } = await hall();
    await server.db.write((tx) => setAudience(tx, "resolution", { audience: "public", shows: "versions" }));
    const bureau = ["amara", "chiara", "sana"];
    expect(await hears({ ...resolution, who: "readers" }, "text:resolution")).toEqual(bureau);
    expect(await hears({ ...resolution, who: "readers" }, "locks:resolution")).toEqual(bureau);
    expect(await hears({ ...resolution, who: "readers" }, "brackets:resolution")).toEqual(bureau);
  });

  test("[SV11] says names alone, each once however often it was told", async () => {
    const server = await startTestServer();
    const stream = await server.visitor().listen();
    for (let count = 0; count < 50; count += 1)
      server.notices.tell({ kind: "session", sessionId: "s" }, "agenda");
    server.notices.tell({ kind: "session", sessionId: "s" }, "positions");
    await stream.hears("positions");
    expect(stream.heard).toEqual(["agenda", "positions"]);
  });
});

describe("a stream", () => {
  test("[SV15] ends when the rights of its person change, and is heard as what the person is afterwards", async () => {
    const server = await startTestServer();
    const chiara = await server.as("chiara");
    const before = await chiara.listen();
    await server.db.write(async (tx) => {
      await tx.update(drafter).set({ untilAt: 1 });
    });
    server.notices.rightsChanged("chiara");
    await before.ended;
    expect(before.heard).toEqual(["rights"]);
    const after = await chiara.listen();
    server.notices.tell({ ...resolution, who: "readers" }, "text:resolution");
    server.notices.tell({ kind: "session", sessionId: "s" }, "agenda");
    await after.hears("agenda");
    expect(after.heard).toEqual(["agenda"]);
  });

  test("[SV15] ends with its login", async () => {
    const server = await startTestServer();
    const dario = await server.as("dario");
    const stream = await dario.listen();
    const request = new Request(server.url, { headers: { cookie: dario.cookie } });
    await server.signIn.signIn("::1").signOut(request, "/");
    await stream.ended;
    expect(server.notices.count()).toBe(0);
  });

  test("[SV14] is one of at most twenty of a login, and other logins are not touched by that", async () => {
    const server = await startTestServer();
    const dario = await server.as("dario");
    await Promise.all(Array.from({ length: 20 }, () => dario.listen()));
    await expect(dario.listen()).rejects.toThrow("429");
    await (await server.as("bilal")).listen();
    expect(server.notices.count()).toBe(21);
  });

  test("[SV3] ends when the process stops, after what was told has been sent", async () => {
    const server = await startTestServer();
    const stream = await server.visitor().listen();
    server.notices.tell({ kind: "session", sessionId: "s" }, "agenda");
    await server.close();
    await stream.ended;
    expect(stream.heard).toEqual(["agenda"]);
  });
});
