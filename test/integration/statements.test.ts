/** Statements: written where nobody else sees it, for oneself or for a group, released by the head, never changed. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import { describe, expect, it } from "vitest";
import { discardStatementDraft } from "#app/commands/discard-statement-draft.ts";
import { correctMembership } from "#app/commands/correct-membership.ts";
import { draftPosition } from "#app/commands/draft-position.ts";
import { draftStatement } from "#app/commands/draft-statement.ts";
import { editStatementDraft } from "#app/commands/edit-statement-draft.ts";
import { releasePosition } from "#app/commands/release-position.ts";
import { releaseStatement } from "#app/commands/release-statement.ts";
import { StatementPaper } from "#app/components/record/statement-paper.tsx";
import { createTranslator } from "#app/i18n/translate.ts";
import { loader as itemLoader } from "#app/routes/agenda-item/route.tsx";
import { loader as draftsLoader } from "#app/routes/drafts/route.tsx";
import { action as draftAction, loader as draftLoader } from "#app/routes/statement-draft/route.tsx";
import { loader as positionLoader } from "#app/routes/position/route.tsx";
import { loader as statementLoader } from "#app/routes/statement/route.tsx";
import { loader as statementsLoader } from "#app/routes/statements/route.tsx";
import { maySpeakFor } from "#app/rules/spoken-for.ts";
import { paragraphsOf } from "#app/rules/statements.ts";
import { plainBlocks } from "#collab/statement-words.ts";
import { event } from "#db/schema/record.ts";
import { statement, statementDraft } from "#db/schema/session.ts";
import { insertStatement } from "#db/stores/statement.ts";
import { faultsIn, rewrite } from "#test/support/database.ts";
import {
  ask,
  openDelegations,
  openWriting,
  positionWords,
  statementWords,
} from "#test/support/delegations.ts";
import { type Hall, done, refusedFor } from "#test/support/people.ts";

const others = [null, "priya", "amara", "sela", "dario", "chiara"] as const;
const forGroup = { groupId: "lant", exceptions: ["qui"] };

async function draft(hall: Hall, change: Partial<typeof statementWords> = {}): Promise<string> {
  return done(await draftStatement(await hall.as("nadia"), { ...statementWords, ...change })).draftId;
}

async function release(hall: Hall, draftId: string): Promise<string> {
  return done(await releaseStatement(await hall.as("bilal"), { draftId, edition: 1 })).statementId;
}

const params = (more: Readonly<Record<string, string>> = {}) => ({ session: "s", item: "i", ...more });

describe("a draft statement", () => {
  it("[SM1] does not exist for anybody outside of the delegation, officers and secretariat included", async () => {
    const hall = await openDelegations();
    const draftId = await draft(hall);
    for (const personId of others) {
      const given = await ask(hall, personId, draftLoader, { params: params({ draft: draftId }) });
      const unknown = await ask(hall, personId, draftLoader, { params: params({ draft: "nothing" }) });
      expect({ personId, ...given }).toEqual({ personId, ...unknown });
      expect(given.status).toBe(404);
      for (const intent of ["save", "release", "discard"]) {
        const form = { intent, edition: "1", item: "i", title: "T", body: "B", language: "en" };
        const at = await ask(hall, personId, draftAction, { params: params({ draft: draftId }), form });
        const nowhere = await ask(hall, personId, draftAction, {
          params: params({ draft: "nothing" }),
          form,
        });
        expect({ personId, intent, ...at }).toEqual({ personId, intent, ...nowhere });
        expect(at.status).toBe(404);
      }
      const list = await ask(hall, personId, draftsLoader, { params: params() });
      expect(JSON.stringify(list.body)).not.toMatch(/acting in time|twenty-four/);
    }
    expect(await hall.db.read.select().from(statementDraft)).toMatchObject([
      { edition: 1, releasedAs: null },
    ]);
    expect(hall.told).toEqual([{ audience: { kind: "delegation", delegationId: "d-lem" }, topic: "drafts" }]);
    const acts = await hall.db.read.select().from(event);
    expect(JSON.stringify(acts)).not.toMatch(/acting in time|twenty-four/);
  });

  it("[SM2] has a title and words, and is made under an item of the session", async () => {
    const hall = await openDelegations();
    const nadia = await hall.as("nadia");
    const wrong: readonly [Partial<typeof statementWords>, Readonly<Record<string, string>>][] = [
      [{ title: " " }, { title: "title-missing" }],
      [{ title: "x".repeat(301) }, { title: "too-long" }],
      [{ body: "x".repeat(60_001) }, { body: "too-long" }],
      [{ itemId: "other" }, { item: "item-unknown" }],
      [{ meetingId: "other" }, { meeting: "meeting-unknown" }],
      [{ language: "" }, { language: "language-unknown" }],
    ];
    for (const [change, fields] of wrong) {
      const refused = await draftStatement(nadia, { ...statementWords, ...change });
      expect(refused).toMatchObject({ refused: true, kind: "invalid", fields });
    }
    expect(await hall.db.read.$count(statementDraft)).toBe(0);
    // Its words may come later, and none is released without.
    const empty = await draft(hall, { body: "\n\n" });
    expect(refusedFor(await releaseStatement(await hall.as("bilal"), { draftId: empty, edition: 1 }))).toBe(
      "body-missing",
    );
    const form = new URLSearchParams({
      intent: "save",
      item: "",
      title: "Ours",
      body: "Words.",
      language: "en",
      group: "lant",
    });
    form.append("exceptions", "nor");
    form.append("exceptions", "qui");
    const answer = await ask(hall, "nadia", draftAction, { params: params({ draft: "new" }), form });
    expect(answer).toMatchObject({
      status: 422,
      body: {
        refusal: { fields: { item: "item-unknown" } },
        typed: { title: "Ours", body: "Words.", group: "lant" },
        exceptions: ["nor", "qui"],
      },
    });
  });

  it("[SM3] is made for a group only by its members of the day, and for no group of the other kind", async () => {
    const hall = await openDelegations();
    const nadia = await hall.as("nadia");
    const fresh = await ask(hall, "nadia", draftLoader, { params: params({ draft: "new" }) });
    expect(fresh.body).toMatchObject({ groups: [{ id: "lant", others: [{ id: "nor" }, { id: "qui" }] }] });
    for (const groupId of ["none", "true"]) {
      expect(await draftStatement(nadia, { ...statementWords, groupId })).toMatchObject({
        fields: { group: "group-unknown" },
      });
    }
    const compact = { code: "LANT" };
    const members = [
      { id: "lem", role: null },
      { id: "ost", role: "observer" },
      { id: "sus", role: "suspended" },
    ];
    const speaks = (id: string, kind = "member-state", code = id) =>
      maySpeakFor({ id, kind, code }, compact, members);
    expect(["lem", "ost", "sus", "nor"].map((id) => speaks(id))).toEqual([true, false, false, false]);
    expect(speaks("union", "union", "LANT")).toBe(true);
    expect(speaks("state", "member-state", "LANT")).toBe(false);
  });

  it("[SM4] excepts members of the group alone, and never the speaker", async () => {
    const hall = await openDelegations();
    const nadia = await hall.as("nadia");
    for (const [exceptions, code] of [
      [["ost"], "exception-unknown"],
      [["nothing"], "exception-unknown"],
      [["nor", "lem"], "exception-self"],
    ] as const) {
      const refused = await draftStatement(nadia, { ...statementWords, groupId: "lant", exceptions });
      expect(refusedFor(refused)).toBe(code);
    }
    await draft(hall, { groupId: "lant", exceptions: ["qui", "nor", "qui"] });
    await draft(hall, { groupId: null, exceptions: ["qui"] });
    const rows = await hall.db.read.select().from(statementDraft);
    expect(rows.map(({ exceptions }) => exceptions)).toEqual([["nor", "qui"], []]);
    // Membership is that of the day of release: what was right when it was drafted is looked at again.
    const late = await draft(hall, forGroup);
    hall.wait(3 * 86_400_000);
    expect(refusedFor(await releaseStatement(await hall.as("bilal"), { draftId: late, edition: 1 }))).toBe(
      "exception-unknown",
    );
  });

  it("[SM6] is not overwritten by a form made from an older edition, and readers do not write", async () => {
    const hall = await openWriting();
    const draftId = await draft(hall, forGroup);
    const edit = { ...statementWords, draftId };
    const bilal = await hall.as("bilal");
    expect(refusedFor(await editStatementDraft(await hall.as("omar"), { ...edit, edition: 1 }))).toBe(
      "draft-not-allowed",
    );
    done(await editStatementDraft(bilal, { ...edit, edition: 1, title: "Bilal’s title" }));
    const form = new URLSearchParams({
      intent: "save",
      edition: "1",
      item: "i",
      title: "Nadia’s title",
      language: "en",
      group: "lant",
      exceptions: "nor",
    });
    const where = { params: params({ draft: draftId }) };
    expect(await ask(hall, "nadia", draftAction, { ...where, form })).toMatchObject({
      status: 409,
      body: {
        refusal: { code: "draft-changed", values: { edition: 2 } },
        typed: { title: "Nadia’s title" },
        exceptions: ["nor"],
      },
    });
    expect(await ask(hall, "nadia", draftLoader, where)).toMatchObject({
      body: { values: { title: "Bilal’s title", group: "" }, draft: { edition: 2 } },
    });
    done(await discardStatementDraft(bilal, { draftId, edition: 2 }));
    expect(refusedFor(await editStatementDraft(bilal, { ...edit, edition: 2 }))).toBe("draft-discarded");
    expect(await hall.db.read.select().from(statementDraft)).toMatchObject([{ body: "", title: "" }]);
  });
});

describe("a released statement", () => {
  it("[SM7] is released by the head alone, seen by everybody from then on, and not a moment earlier", async () => {
    const hall = await openDelegations();
    const draftId = await draft(hall);
    expect(refusedFor(await releaseStatement(await hall.as("nadia"), { draftId, edition: 1 }))).toBe(
      "release-not-allowed",
    );
    expect(refusedFor(await releaseStatement(await hall.as("bilal"), { draftId, edition: 2 }))).toBe(
      "draft-changed",
    );
    const lists = async (personId: string | null) => [
      await ask(hall, personId, statementsLoader, { params: params() }),
      await ask(hall, personId, itemLoader, { params: params() }),
    ];
    for (const personId of [...others, "bilal"]) {
      expect(JSON.stringify(await lists(personId))).not.toContain("acting in time");
    }
    const statementId = await release(hall, draftId);
    expect(hall.told.slice(-2)).toEqual([
      { audience: { kind: "session", sessionId: "s" }, topic: "statements" },
      { audience: { kind: "session", sessionId: "s" }, topic: "agenda" },
    ]);
    for (const personId of others) {
      const [list, item] = await lists(personId);
      const line = { id: statementId, entityCode: "LEM", title: "On acting in time", meetingNumber: 1 };
      expect(list?.body).toMatchObject({ items: [{ id: "i", count: 1, statements: [line] }] });
      expect(item?.body).toMatchObject({ statements: [line] });
      const page = await ask(hall, personId, statementLoader, { params: params({ statement: statementId }) });
      expect(page.body).toMatchObject({
        statement: {
          blocks: [
            { pieces: [{ words: "Thank you, Chair." }] },
            { pieces: [{ words: "We ask for twenty-four hours." }] },
          ],
        },
        alignment: null,
      });
    }
    expect(refusedFor(await releaseStatement(await hall.as("bilal"), { draftId, edition: 1 }))).toBe(
      "draft-released",
    );
  });

  it("[SM8] never changes, and the record proves it", async () => {
    const hall = await openDelegations();
    const statementId = await release(hall, await draft(hall, forGroup));
    await expect(
      hall.db.write(async (tx) => void (await tx.update(statement).set({ body: "Other words." }))),
    ).rejects.toThrow(/released statement never changes/);
    await expect(hall.db.write(async (tx) => void (await tx.delete(statement)))).rejects.toThrow(
      /released statement never goes away/,
    );
    const [row] = await hall.db.read.select().from(statement);
    const anchor = (await hall.db.read.select().from(event)).find(({ act }) => act === "releaseStatement");
    expect(anchor).toMatchObject({
      thingId: statementId,
      personId: "bilal",
      delegationId: "d-lem",
      sessionId: "s",
      detail: { sha256: row?.contentHash },
    });
    expect(faultsIn(hall.db.folder)).toEqual([]);
    rewrite(hall.db.folder, "statement", "UPDATE statement SET body = 'Other words.'");
    expect(faultsIn(hall.db.folder).join(" ")).toContain(statementId);
  });

  it("[SM5] says who aligned: the members on the day of release without speaker and exceptions", async () => {
    const hall = await openDelegations();
    const statementId = await release(hall, await draft(hall, forGroup));
    // Quill leaves the group two days later; the statement stays as it was made.
    hall.wait(5 * 86_400_000);
    const page = await ask(hall, null, statementLoader, { params: params({ statement: statementId }) });
    expect(page.body).toMatchObject({
      alignment: {
        group: { code: "LANT" },
        aligned: [{ id: "nor", name: "Norland" }],
        exceptions: [{ id: "qui", name: "Quill" }],
      },
    });
    const list = await ask(hall, null, statementsLoader, { params: params(), search: "?item=i" });
    expect(list.body).toMatchObject({
      items: [{ statements: [{ groupCode: "LANT", exceptionCodes: ["QUI"] }] }],
    });
    const all = await release(hall, await draft(hall, { groupId: "lant" }));
    const whole = await ask(hall, null, statementLoader, { params: params({ statement: all }) });
    // Quill is no member any more.
    expect(whole.body).toMatchObject({ alignment: { aligned: [{ id: "nor" }], exceptions: [] } });
  });

  it("[SM22] keeps who aligned at release when the group's list is corrected, and says that it was", async () => {
    const hall = await openDelegations();
    const statementId = await release(hall, await draft(hall, forGroup));
    const made = await draftPosition(await hall.as("bilal"), { ...positionWords, groupId: "lant" });
    const { draftId } = done(made);
    const { positionId } = done(await releasePosition(await hall.as("bilal"), { draftId, edition: 1 }));
    const shown = async () => [
      (await ask(hall, null, statementLoader, { params: params({ statement: statementId }) })).body,
      (await ask(hall, null, positionLoader, { params: params({ position: positionId }) })).body,
    ];
    const before = { group: { code: "LANT" }, corrected: false };
    expect(await shown()).toMatchObject([
      { alignment: { ...before, aligned: [{ id: "nor" }] } },
      { position: { alignment: { ...before, aligned: [{ id: "nor" }, { id: "qui" }] } } },
    ]);
    const nor = { groupId: "lant", entityId: "nor", was: "", role: null, from: "", to: "2026-01-05" };
    done(await correctMembership(await hall.as("sela"), { ...nor, reason: "It left in January." }));
    const after = { ...before, corrected: true };
    expect(await shown()).toMatchObject([
      { alignment: { ...after, aligned: [{ id: "nor" }] } },
      { position: { alignment: { ...after, aligned: [{ id: "nor" }, { id: "qui" }] } } },
    ]);
    const alignment = {
      group: { code: "LANT", name: "Lantern Compact" },
      aligned: [],
      exceptions: [],
      corrected: true,
    };
    const line = "The list of Lantern Compact for that day was corrected since";
    const says = (of: typeof alignment) =>
      renderToStaticMarkup(
        createElement(
          I18nextProvider,
          { i18n: createTranslator("en") },
          createElement(StatementPaper, { language: "en", blocks: [], alignment: of }),
        ),
      );
    expect(says(alignment)).toContain(line);
    expect(says({ ...alignment, corrected: false })).not.toContain(line);
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  it("[SM10] of one moment are all reached by reading on, each once, newest first", async () => {
    const hall = await openDelegations();
    const older = await release(hall, await draft(hall));
    hall.wait(1);
    const first = await release(hall, await draft(hall));
    const [row] = (await hall.db.read.select().from(statement)).filter(({ id }) => id === first);
    if (!row) throw new Error("nothing was released");
    const { contentHash: _hash, ...facts } = row;
    await hall.db.write(async (tx) => {
      for (let at = 0; at < 250; at += 1) await insertStatement(tx, { ...facts, id: `copy-${at}` });
    });
    const seen: string[] = [];
    for (let search = ""; ;) {
      const { body } = await ask(hall, null, statementsLoader, { params: params(), search });
      const page = body as { items: { statements: { id: string }[] }[]; older: string | null };
      seen.push(...page.items.flatMap(({ statements }) => statements.map(({ id }) => id)));
      if (page.older === null) break;
      search = `?before=${page.older}`;
      expect(seen.length, "reading on comes to an end").toBeLessThan(252);
    }
    expect(seen).toHaveLength(252);
    expect(new Set(seen).size).toBe(252);
    expect(seen.at(-1)).toBe(older);
  });

  it("[SM9] is read in its own language and direction, paragraph by paragraph, with its alignment in words", async () => {
    const alignment = {
      group: { code: "LANT", name: "Lantern Compact" },
      aligned: [{ id: "nor", code: "NOR", name: "Norland" }],
      exceptions: [{ id: "qui", code: "QUI", name: "Quill" }],
      corrected: false,
    };
    const body = "شكرا\nسيدي الرئيس\n\n<b>نص</b>";
    const blocks = plainBlocks(paragraphsOf(body));
    const paper = createElement(StatementPaper, { language: "ar", blocks, alignment });
    const shown = renderToStaticMarkup(
      createElement(I18nextProvider, { i18n: createTranslator("en") }, paper),
    );
    expect(shown).toContain('<div class="statement-body" lang="ar" dir="rtl">');
    expect(shown.match(/<p>[^<]*(شكرا|&lt;b&gt;)/g)).toHaveLength(2);
    expect(shown).toContain("1 other member of Lantern Compact aligned: Norland.");
    expect(shown).toContain("Not aligned: Quill.");
    expect(paragraphsOf("one\ntwo\n \n\nthree\n")).toEqual(["one\ntwo", "three"]);
  });
});
