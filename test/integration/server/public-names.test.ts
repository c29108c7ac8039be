import { expect, test } from "vitest";
import { delegate, officer, person } from "#db/schema/people.ts";
import { text, textVersion } from "#db/schema/text.ts";
import { insertTextAudience } from "#db/stores/text-audience.ts";
import { startTestServer } from "#test/support/server.ts";

test("[PE8] over the wire, pages and their data name no delegate to whoever has not signed in", async () => {
  const server = await startTestServer({ people: false, playExercise: true });
  const { db } = server;
  const texts = await db.read.select().from(text);
  const served = new Set((await db.read.select().from(officer)).map(({ personId }) => personId));
  const seats = (await db.read.select().from(delegate)).filter(({ personId }) => !served.has(personId));
  const people = await db.read.select().from(person);
  const named = people.filter(({ id }) => seats.some(({ personId }) => personId === id));
  await db.write(async (tx) => {
    for (const { id, createdBy } of texts) {
      const audience = { audience: "public", shows: "live", delegationIds: [], fromSeq: 0 } as const;
      await insertTextAudience(tx, {
        id: `public-${id}`,
        textId: id,
        ...audience,
        setBy: createdBy,
        setAt: Date.now(),
      });
    }
  });
  const visitor = server.visitor();
  const [delegateSeen] = named;
  const insider = await server.as(delegateSeen?.id ?? "");
  let isNamedInside = false;
  for (const { id, sessionId } of texts) {
    const base = `/sessions/${sessionId}/texts/${id}`;
    const versions = (await db.read.select().from(textVersion)).filter(({ textId }) => textId === id);
    const issued = versions.find(({ kind }) => kind === "issued")?.id ?? "";
    const paper = await visitor.get(base);
    const [, paragraph = ""] = /id="p-([\w-]+)"/.exec(paper.body) ?? [];
    expect({ issued, paragraph }).not.toMatchObject({ issued: "" });
    for (const page of [
      "",
      "/authorship",
      `/compare/${issued}/live`,
      `/paragraphs/${paragraph}`,
      "/versions",
    ]) {
      for (const path of [`${base}${page}`, `${base}${page}.data`]) {
        const { status, body } = await visitor.get(path);
        const told = named.filter(({ id: who, name }) => body.includes(name) || body.includes(who));
        expect({ path, status, told }).toEqual({ path, status: 200, told: [] });
        const { body: inside } = await insider.get(path);
        isNamedInside ||= named.some(({ name }) => name !== delegateSeen?.name && inside.includes(name));
      }
    }
  }
  expect(isNamedInside).toBe(true);
  expect(named.length).toBeGreaterThan(3);
});
