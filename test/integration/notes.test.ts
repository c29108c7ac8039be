/** A delegation's own notes: written and read by its people, and for everybody else not there. */
import { describe, expect, it } from "vitest";
import { deleteNote } from "#app/commands/delete-note.ts";
import { writeNote } from "#app/commands/write-note.ts";
import { loader as itemLoader } from "#app/routes/agenda-item/route.tsx";
import { action, loader } from "#app/routes/note/route.tsx";
import { loader as listLoader } from "#app/routes/notes/route.tsx";
import { loader as homeLoader } from "#app/routes/session-home/route.tsx";
import { loader as topicLoader } from "#app/routes/topic/route.tsx";
import { mayHear } from "#app/server/hearing.ts";
import { delegate } from "#db/schema/people.ts";
import { event } from "#db/schema/record.ts";
import { delegationNote } from "#db/schema/session.ts";
import { eq } from "drizzle-orm";
import { draftStatement } from "#app/commands/draft-statement.ts";
import { releaseStatement } from "#app/commands/release-statement.ts";
import { type WritingHall, ask, openWriting, statementWords } from "#test/support/delegations.ts";
import { faultsIn } from "#test/support/database.ts";
import { type Hall, done, refusedFor } from "#test/support/people.ts";
import { TEXT } from "#test/support/room.ts";
import { setAudience } from "#test/support/server.ts";

const OURS = ["bilal", "nadia", "omar"];
const OTHERS = ["priya", "amara", "sela", "chiara", "dario", null];
const SECRET = "Our red line is the register";
const onItem = { thing: "item", thingId: "i" } as const;
const params = { session: "s", item: "i", topic: "care", thing: "item", id: "i" };

async function write(hall: Hall, who: string, body: string, edition = 0, about: object = onItem) {
  return writeNote(await hall.as(who), { ...onItem, ...about, delegationId: "d-lem", body, edition });
}

/** Every page that shows notes, as one person gets it. */
async function pagesFor(hall: Hall, who: string | null): Promise<string> {
  const pages = [];
  for (const page of [listLoader, loader, itemLoader, topicLoader, homeLoader]) {
    pages.push(await ask(hall, who, page, { params }));
  }
  return JSON.stringify(pages);
}

describe("a note", () => {
  it("[PE14] that was begun for a delegation which its author has left becomes no note of the next one", async () => {
    const hall = await openWriting();
    const page = await ask(hall, "nadia", loader, { params });
    expect(page.body).toMatchObject({ delegationId: "d-lem" });
    await hall.db.write((tx) =>
      tx.update(delegate).set({ delegationId: "d-nor" }).where(eq(delegate.personId, "nadia")),
    );
    for (const fields of [
      { intent: "save", body: SECRET },
      { intent: "delete", body: "" },
    ]) {
      const form = new URLSearchParams({ ...fields, delegation: "d-lem", edition: "0" });
      const request = new Request("http://here/", { method: "POST", body: form });
      expect(await action({ request, context: await hall.as("nadia"), params })).toMatchObject({
        data: { refusal: { code: "draft-delegation-left" }, typed: fields },
        init: { status: 409 },
      });
    }
    expect(await hall.db.read.$count(delegationNote)).toBe(0);
  });

  it("[NT1] is on its delegation's pages, and nowhere for officers, the secretariat and everybody else", async () => {
    const hall = await openWriting();
    const before = new Map<string | null, string>();
    for (const who of OTHERS) before.set(who, await pagesFor(hall, who));
    done(await write(hall, "nadia", SECRET));
    done(await write(hall, "bilal", `${SECRET} too`, 0, { thing: "topic", thingId: "care" }));
    for (const who of OTHERS) {
      expect({ who, pages: await pagesFor(hall, who) }).toEqual({ who, pages: before.get(who) });
      const list = await ask(hall, who, listLoader, { params });
      // Norland has a list of its own, and nothing in it.
      if (who === "priya") expect(list.body).toMatchObject({ code: "NOR", notes: [] });
      else {
        expect({ who, ...list }).toMatchObject({ status: 404, body: { code: "not-there" } });
        const nothing = await ask(hall, who, loader, { params: { ...params, id: "none" } });
        expect(await ask(hall, who, loader, { params })).toEqual(nothing);
      }
    }
    for (const who of OURS) {
      // The list holds both; the note, the item and the topic one each.
      expect((await pagesFor(hall, who)).split(SECRET).length - 1, who).toBe(5);
    }
  });

  it("[NT1] is told to its own people alone, and the record has no word of it", async () => {
    const hall = await openWriting();
    const { noteId, edition } = done(await write(hall, "nadia", SECRET));
    done(await write(hall, "bilal", `${SECRET}!`, edition));
    done(await deleteNote(await hall.as("bilal"), { noteId, edition: 2 }));
    expect(hall.told).toHaveLength(3);
    for (const { audience, topic } of hall.told) {
      for (const who of [...OURS, ...OTHERS]) {
        const { viewer } = await hall.as(who);
        expect(mayHear(viewer, { audience, topic, door: null }), `${who}`).toBe(OURS.includes(who ?? ""));
      }
    }
    const acts = (await hall.db.read.select().from(event)).filter((one) => one.thing === "delegation_note");
    expect(acts.map(({ act, sessionId }) => [act, sessionId])).toEqual([
      ["writeNote", null],
      ["editNote", null],
      ["deleteNote", null],
    ]);
    expect(JSON.stringify(acts)).not.toContain("red line");
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  it("[NT1] is not there for a member who has left, whoever wrote it", async () => {
    const hall = await openWriting();
    done(await write(hall, "nadia", SECRET));
    await hall.db.write((tx) =>
      tx.update(delegate).set({ untilAt: 2 }).where(eq(delegate.personId, "nadia")),
    );
    expect(await pagesFor(hall, "nadia")).not.toContain("red line");
    expect(refusedFor(await write(hall, "nadia", "mine", 1))).toBe("not-there");
  });

  it("[NT2] is written by head and editors; readers are told so, and others that there is nothing", async () => {
    const hall = await openWriting();
    done(await write(hall, "bilal", "Ask the capital."));
    done(await write(hall, "nadia", "The capital agrees.", 1));
    expect(refusedFor(await write(hall, "omar", "I too", 2))).toBe("note-not-yours");
    for (const who of OTHERS) expect(refusedFor(await write(hall, who ?? "dario", "x", 2))).toBe("not-there");
    const page = await ask(hall, "omar", loader, { params });
    expect(page.body).toMatchObject({
      mayWrite: false,
      mayDelete: false,
      note: { body: "The capital agrees.", edition: 2, editedByName: "nadia of the tests" },
    });
    const sent = await ask(hall, "omar", action, {
      params,
      form: { intent: "save", body: "x", edition: "2" },
    });
    expect(sent.status).toBe(403);
    expect(await hall.db.read.$count(delegationNote)).toBe(1);
  });

  it("[NT2] is on what its writer may see: an item, a topic, a paragraph, a statement, a position", async () => {
    const hall = await openWriting();
    const pen = await hall.enter("chiara");
    pen.write("p1", "Recalling its mandate,");
    await hall.settle();
    const paragraph = { thing: "paragraph", thingId: `${TEXT}.p1` };
    // The text is the bureau's: for Lemuria there is no such paragraph.
    expect(refusedFor(await write(hall, "bilal", "x", 0, paragraph))).toBe("not-there");
    await openText(hall);
    done(await write(hall, "bilal", "Keep this.", 0, paragraph));
    expect(refusedFor(await write(hall, "bilal", "x", 0, { ...paragraph, thingId: `${TEXT}.p2` }))).toBe(
      "not-there",
    );
    // Norland's statement under embargo is not there for Lemuria, and what Norland says aloud is.
    const priya = await hall.as("priya");
    const embargoed = { ...statementWords, delegationId: "d-nor", embargo: "delivery" as const };
    const hidden = done(
      await releaseStatement(priya, { ...done(await draftStatement(priya, embargoed)), edition: 1 }),
    );
    const on = { thing: "statement", thingId: hidden.statementId };
    expect(refusedFor(await write(hall, "bilal", "x", 0, on))).toBe("not-there");
    const open = { ...statementWords, delegationId: "d-nor" };
    const said = done(
      await releaseStatement(priya, { ...done(await draftStatement(priya, open)), edition: 1 }),
    );
    done(await write(hall, "bilal", "They moved.", 0, { thing: "statement", thingId: said.statementId }));
    for (const about of [
      { thing: "topic", thingId: "real" },
      { thing: "item", thingId: "none" },
      { thing: "position", thingId: "none" },
    ]) {
      expect(refusedFor(await write(hall, "bilal", "x", 0, about)), about.thing).toBe("not-there");
    }
    const { body } = await ask(hall, "omar", listLoader, { params });
    const { notes } = body as { readonly notes: readonly { readonly thing: string }[] };
    expect(notes.toSorted((one, other) => (one.thing < other.thing ? -1 : 1))).toMatchObject([
      { thing: "paragraph", subject: { title: expect.stringContaining("Recalling its mandate") } },
      { thing: "statement", subject: { label: "NOR", title: "On acting in time" } },
    ]);
  });

  it("[NT2] stays when its thing is gone from its writer's sight, without a word of that thing", async () => {
    const hall = await openWriting();
    const pen = await hall.enter("chiara");
    pen.write("p1", "Recalling its mandate,");
    await hall.settle();
    await openText(hall);
    done(await write(hall, "bilal", "Keep this.", 0, { thing: "paragraph", thingId: `${TEXT}.p1` }));
    await hall.db.write((tx) => setAudience(tx, TEXT, { audience: "bureau", shows: "versions" }));
    const { body } = await ask(hall, "bilal", listLoader, { params });
    expect(body).toMatchObject({ notes: [{ body: "Keep this.", subject: null }] });
    expect(JSON.stringify(body)).not.toContain("Recalling");
    const at = { ...params, thing: "paragraph", id: `${TEXT}.p1` };
    const form = { intent: "save", body: "Kept still.", edition: "1" };
    expect(await ask(hall, "bilal", action, { params: at, form })).toMatchObject({ to: "/sessions/s/notes" });
  });

  it("[NT3] is deleted by the head or by who first wrote it, and its words are gone", async () => {
    const hall = await openWriting();
    const { noteId } = done(await write(hall, "bilal", SECRET));
    done(await write(hall, "nadia", `${SECRET}, says Nadia`, 1));
    expect((await ask(hall, "nadia", loader, { params })).body).toMatchObject({ mayDelete: false });
    const which = { noteId, edition: 2 };
    expect(refusedFor(await deleteNote(await hall.as("nadia"), which))).toBe("note-not-to-delete");
    expect(refusedFor(await deleteNote(await hall.as("omar"), which))).toBe("note-not-yours");
    for (const who of OTHERS) {
      expect(refusedFor(await deleteNote(await hall.as(who), which)), `${who}`).toBe("not-there");
    }
    const form = { intent: "delete", edition: "2" };
    expect(await ask(hall, "bilal", action, { params, form })).toMatchObject({ to: "/sessions/s/notes" });
    expect(await hall.db.read.$count(delegationNote)).toBe(0);
    // What Nadia first wrote she deletes herself.
    const own = done(await write(hall, "nadia", "mine"));
    done(await deleteNote(await hall.as("nadia"), own));
    expect(await hall.db.read.$count(delegationNote)).toBe(0);
  });

  it("[NT4] [PE9] that a colleague changed or deleted meanwhile is not overwritten unseen", async () => {
    const hall = await openWriting();
    const { noteId } = done(await write(hall, "bilal", "first"));
    done(await write(hall, "nadia", "second", 1));
    const form = { intent: "save", body: "mine", edition: "1" };
    const late = await ask(hall, "bilal", action, { params, form });
    expect(late).toMatchObject({
      status: 409,
      body: { refusal: { code: "note-changed", values: { edition: 2 } }, typed: { body: "mine" } },
    });
    expect((await ask(hall, "bilal", loader, { params })).body).toMatchObject({ note: { body: "second" } });
    expect(refusedFor(await deleteNote(await hall.as("bilal"), { noteId, edition: 1 }))).toBe("note-changed");
    done(await deleteNote(await hall.as("bilal"), { noteId, edition: 2 }));
    const gone = await ask(hall, "nadia", action, { params, form: { ...form, edition: "2" } });
    expect(gone.body).toMatchObject({ refusal: { code: "note-gone", values: { edition: 0 } } });
    const empty = await ask(hall, "nadia", action, {
      params,
      form: { ...form, body: " \u200B ", edition: "0" },
    });
    expect(empty).toMatchObject({ status: 422, body: { refusal: { fields: { body: "note-empty" } } } });
    const again = await ask(hall, "nadia", action, { params, form: { ...form, edition: "0" } });
    expect(again).toMatchObject({ to: "/sessions/s/agenda/i#our-note" });
  });
});

/** Everybody who takes part sees the resolution as it is written. */
async function openText(hall: WritingHall): Promise<void> {
  await hall.db.write((tx) => setAudience(tx, TEXT, { audience: "all", shows: "live" }));
}
