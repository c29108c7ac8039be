/** Positions: drafted where nobody else sees it, released by the head, shown with their source, never changed. */
import { eq } from "drizzle-orm";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import { describe, expect, it } from "vitest";
import { discardPositionDraft } from "#app/commands/discard-position-draft.ts";
import { draftPosition } from "#app/commands/draft-position.ts";
import { editPositionDraft } from "#app/commands/edit-position-draft.ts";
import { releasePosition } from "#app/commands/release-position.ts";
import { withdrawPosition } from "#app/commands/withdraw-position.ts";
import { type Newer, NewerLink } from "#app/components/record/newer-link.tsx";
import { PositionSheet, type SheetPosition } from "#app/components/record/position-sheet.tsx";
import { createTranslator } from "#app/i18n/translate.ts";
import { loader as itemLoader } from "#app/routes/agenda-item/route.tsx";
import { loader as draftsLoader } from "#app/routes/drafts/route.tsx";
import { loader as entityLoader } from "#app/routes/entity/route.tsx";
import { action as draftAction, loader as draftLoader } from "#app/routes/position-draft/route.tsx";
import { loader as positionLoader } from "#app/routes/position/route.tsx";
import { loader as positionsLoader } from "#app/routes/positions/route.tsx";
import { loader as topicLoader } from "#app/routes/topic/route.tsx";
import { plainWords } from "#app/rules/fields.ts";
import { event } from "#db/schema/record.ts";
import { position, positionDraft, session } from "#db/schema/session.ts";
import { faultsIn, rewrite } from "#test/support/database.ts";
import { ask, openDelegations, positionWords } from "#test/support/delegations.ts";
import { tableFor } from "#test/support/position-table.ts";
import { publishReading } from "#test/support/reading.ts";
import { type Hall, done, refusedFor } from "#test/support/people.ts";

/** Everybody who is not of Lemuria: the public, another delegation, the chair, the secretariat, somebody without a part. */
const others = [null, "priya", "amara", "sela", "dario", "chiara"] as const;

async function draft(hall: Hall, change: Partial<typeof positionWords> = {}): Promise<string> {
  return done(await draftPosition(await hall.as("nadia"), { ...positionWords, ...change })).draftId;
}

async function release(hall: Hall, draftId: string, edition = 1): Promise<string> {
  return done(await releasePosition(await hall.as("bilal"), { draftId, edition })).positionId;
}

const params = (more: Readonly<Record<string, string>> = {}) => ({ session: "s", item: "i", ...more });

const sheetPosition: SheetPosition = {
  ...positionWords,
  id: "p",
  meetingNumber: null,
  via: null,
  alignment: null,
  withdraws: false,
  takenDownBy: null,
  answers: null,
  entityId: "lem",
  entityName: "Lemuria",
  entityCode: "LEM",
  topicTitle: "Due care",
  question: "Must it act?",
  scale: [{ id: "duty", label: "Legal duty" }],
  standing: "own",
  confidence: null,
  releasedAt: 1,
  contentHash: null,
};

/** The sheet of a position as the server writes it. */
function render(shown: SheetPosition): string {
  const sheet = createElement(PositionSheet, {
    position: shown,
    history: [],
    zone: "UTC",
    base: null,
    level: 2,
  });
  return renderToStaticMarkup(createElement(I18nextProvider, { i18n: createTranslator("en") }, sheet));
}

describe("a draft position", () => {
  it("[PS1] does not exist for anybody outside of the delegation, officers and secretariat included", async () => {
    const hall = await openDelegations();
    const draftId = await draft(hall);
    for (const personId of others) {
      const given = await ask(hall, personId, draftLoader, { params: params({ draft: draftId }) });
      const unknown = await ask(hall, personId, draftLoader, { params: params({ draft: "nothing" }) });
      expect({ personId, ...given }).toEqual({ personId, ...unknown });
      expect(given.status).toBe(404);
      for (const intent of ["save", "release", "discard"]) {
        const { meetingId: _in, groupId: _for, exceptions: _but, itemId: _on, ...words } = positionWords;
        const sent = { form: { ...words, intent, edition: "1", explicit: "yes", topic: "care", item: "i" } };
        const at = await ask(hall, personId, draftAction, { params: params({ draft: draftId }), ...sent });
        const nowhere = await ask(hall, personId, draftAction, {
          params: params({ draft: "nothing" }),
          ...sent,
        });
        expect({ personId, intent, ...at }).toEqual({ personId, intent, ...nowhere });
        expect(at.status).toBe(404);
      }
    }
    const [row] = await hall.db.read.select().from(positionDraft);
    expect(row).toMatchObject({ edition: 1, releasedAs: null, summary: positionWords.summary });
  });

  it("[PS1] is listed for its own people alone, and only they are told", async () => {
    const hall = await openDelegations();
    const draftId = await draft(hall);
    for (const personId of ["bilal", "nadia", "omar"]) {
      const { body } = await ask(hall, personId, draftsLoader, { params: params() });
      expect(JSON.stringify(body)).toContain(draftId);
    }
    const own = await ask(hall, "priya", draftsLoader, { params: params() });
    expect(own.status).toBe(200);
    expect(JSON.stringify(own.body)).not.toContain("must act");
    for (const personId of [null, "amara", "sela", "dario"]) {
      expect(await ask(hall, personId, draftsLoader, { params: params() })).toMatchObject({ status: 404 });
    }
    expect(hall.told).toEqual([{ audience: { kind: "delegation", delegationId: "d-lem" }, topic: "drafts" }]);
  });

  it("[PS1] leaves nothing of its words in the record of acts", async () => {
    const hall = await openDelegations();
    const draftId = await draft(hall);
    done(
      await editPositionDraft(await hall.as("bilal"), {
        ...positionWords,
        draftId,
        edition: 1,
        summary: "Quite secret.",
      }),
    );
    done(await discardPositionDraft(await hall.as("nadia"), { draftId, edition: 2 }));
    const acts = await hall.db.read.select().from(event);
    expect(acts.slice(1).map(({ act, sessionId }) => ({ act, sessionId }))).toEqual([
      { act: "draftPosition", sessionId: null },
      { act: "editPositionDraft", sessionId: null },
      { act: "discardPositionDraft", sessionId: null },
    ]);
    expect(JSON.stringify(acts)).not.toMatch(/must act|quite secret|duty/i);
    const [row] = await hall.db.read.select().from(positionDraft);
    expect(JSON.stringify(row)).not.toMatch(/must act|secret|duty|WP\.1/i);
  });

  it("[PS2] names a source with its day, and is on the topic's own scale", async () => {
    const hall = await openDelegations();
    const nadia = await hall.as("nadia");
    const wrong: readonly [Partial<typeof positionWords>, Readonly<Record<string, string>>][] = [
      [{ stance: "no-such" }, { stance: "stance-unknown" }],
      [{ stance: "" }, { stance: "stance-unknown" }],
      [{ summary: "  " }, { summary: "summary-missing" }],
      [{ summary: "x".repeat(601) }, { summary: "too-long" }],
      [{ excerpt: "x".repeat(4_001) }, { excerpt: "too-long" }],
      [{ sourceTitle: "" }, { sourceTitle: "source-missing" }],
      [{ sourceDate: "2026-02-30" }, { sourceDate: "date-wrong" }],
      [{ sourceDate: "" }, { sourceDate: "date-wrong" }],
      [{ sourceUrl: "javascript:alert(1)" }, { sourceUrl: "url-wrong" }],
      [{ sourceUrl: "https://exa mple.org" }, { sourceUrl: "url-wrong" }],
      [{ language: "tlh" }, { language: "language-unknown" }],
      [{ itemId: "of another session" }, { item: "item-unknown" }],
      [{ topicId: "none" }, { topic: "topic-unknown" }],
    ];
    for (const [change, fields] of wrong) {
      const refused = await draftPosition(nadia, { ...positionWords, ...change });
      expect(refused).toMatchObject({ refused: true, kind: "invalid", fields });
    }
    expect(await hall.db.read.$count(positionDraft)).toBe(0);
  });

  it("[PS3] has a source of today at the venue at the latest", async () => {
    const hall = await openDelegations();
    // 12:00 UTC on the 23rd; in New York it is the 23rd until 05:00 UTC of the 24th.
    expect(
      await draftPosition(await hall.as("nadia"), { ...positionWords, sourceDate: "2026-11-24" }),
    ).toMatchObject({ fields: { sourceDate: "date-future" } });
    await draft(hall, { sourceDate: "2026-11-23" });
    hall.wait(16 * 3_600_000);
    expect(
      await draftPosition(await hall.as("nadia"), { ...positionWords, sourceDate: "2026-11-24" }),
    ).toMatchObject({ fields: { sourceDate: "date-future" } });
    hall.wait(3_600_000);
    await draft(hall, { sourceDate: "2026-11-24" });
  });

  it("[PS4] is written by editors and head, and read by the delegation's readers", async () => {
    const hall = await openDelegations();
    const draftId = await draft(hall);
    const omar = await hall.as("omar");
    expect(refusedFor(await draftPosition(omar, positionWords))).toBe("draft-not-allowed");
    expect(refusedFor(await editPositionDraft(omar, { ...positionWords, draftId, edition: 1 }))).toBe(
      "draft-not-allowed",
    );
    expect(refusedFor(await discardPositionDraft(omar, { draftId, edition: 1 }))).toBe("draft-not-allowed");
    expect(await ask(hall, "omar", draftLoader, { params: params({ draft: draftId }) })).toMatchObject({
      status: 200,
      body: { seat: { mayDraft: false, mayRelease: false } },
    });
    done(await editPositionDraft(await hall.as("bilal"), { ...positionWords, draftId, edition: 1 }));
  });

  it("[PS5] is not overwritten by a form made from an older edition, which keeps what was typed beside what was saved", async () => {
    const hall = await openDelegations();
    const draftId = await draft(hall);
    const bilal = await hall.as("bilal");
    done(
      await editPositionDraft(bilal, { ...positionWords, draftId, edition: 1, summary: "Bilal’s wording." }),
    );
    const form = {
      intent: "save",
      edition: "1",
      stance: "duty",
      summary: "Nadia’s wording.",
      language: "en",
      sourceTitle: "Working paper of Lemuria",
      sourceDate: "2026-11-20",
      explicit: "yes",
      item: "",
    };
    const where = { params: params({ draft: draftId }) };
    const answer = await ask(hall, "nadia", draftAction, { ...where, form });
    expect(answer).toMatchObject({
      status: 409,
      body: {
        refusal: { kind: "conflict", code: "draft-changed", values: { edition: 2 } },
        typed: { summary: "Nadia’s wording." },
      },
    });
    expect(await ask(hall, "nadia", draftLoader, where)).toMatchObject({
      body: {
        values: { summary: "Bilal’s wording." },
        draft: { edition: 2, editedByName: "bilal of the tests" },
      },
    });
    expect(
      await ask(hall, "nadia", draftAction, { ...where, form: { ...form, edition: "2" } }),
    ).toMatchObject({
      status: 302,
      to: `/sessions/s/drafts/positions/${draftId}?saved=3`,
    });
    // A draft that is released or discarded takes no more wording.
    await release(hall, draftId, 3);
    expect(refusedFor(await editPositionDraft(bilal, { ...positionWords, draftId, edition: 3 }))).toBe(
      "draft-released",
    );
    const another = await draft(hall);
    done(await discardPositionDraft(bilal, { draftId: another, edition: 1 }));
    expect(
      refusedFor(await editPositionDraft(bilal, { ...positionWords, draftId: another, edition: 1 })),
    ).toBe("draft-discarded");
    expect(refusedFor(await releasePosition(bilal, { draftId: another, edition: 1 }))).toBe(
      "draft-discarded",
    );
  });

  it("[PS2] keeps what was typed when a field is wrong", async () => {
    const hall = await openDelegations();
    const form = {
      intent: "save",
      topic: "care",
      stance: "duty",
      summary: "Ours.",
      explicit: "yes",
      language: "en",
    };
    const answer = await ask(hall, "nadia", draftAction, { params: params({ draft: "new" }), form });
    expect(answer).toMatchObject({
      status: 422,
      body: {
        typed: { summary: "Ours.", stance: "duty" },
        refusal: { fields: { sourceTitle: "source-missing", sourceDate: "date-wrong" } },
      },
    });
    expect(await hall.db.read.$count(positionDraft)).toBe(0);
  });

  it("[PS2] is kept without what nobody can see", async () => {
    const hall = await openDelegations();
    expect(plainWords(" a\r\nb\u202Ec\u0000\uD800 ")).toBe("a\nbc\uFFFD");
    await draft(hall, { summary: "Ours\u202E reversed." });
    const [row] = await hall.db.read.select().from(positionDraft);
    expect(row?.summary).toBe("Ours reversed.");
  });
});

describe("a released position", () => {
  it("[PS6] is released by the head alone, exactly as the head has read it", async () => {
    const hall = await openDelegations();
    const draftId = await draft(hall);
    expect(refusedFor(await releasePosition(await hall.as("nadia"), { draftId, edition: 1 }))).toBe(
      "release-not-allowed",
    );
    done(await editPositionDraft(await hall.as("nadia"), { ...positionWords, draftId, edition: 1 }));
    expect(refusedFor(await releasePosition(await hall.as("bilal"), { draftId, edition: 1 }))).toBe(
      "draft-changed",
    );
    expect(await hall.db.read.$count(position)).toBe(0);
    const answer = await ask(hall, "bilal", draftAction, {
      params: params({ draft: draftId }),
      form: { intent: "release", edition: "2" },
    });
    const [row] = await hall.db.read.select().from(position);
    expect(answer).toMatchObject({ status: 302, to: `/sessions/s/positions/${row?.id}` });
    expect(row).toMatchObject({
      entityId: "lem",
      standing: "own",
      releasedBy: "bilal",
      summary: positionWords.summary,
    });
    expect(refusedFor(await releasePosition(await hall.as("bilal"), { draftId, edition: 2 }))).toBe(
      "draft-released",
    );
  });

  it("[PS6] is seen by everybody from then on, with its source, and not a moment earlier", async () => {
    const hall = await openDelegations();
    const draftId = await draft(hall);
    const pages = async (personId: string | null) =>
      JSON.stringify([
        await ask(hall, personId, positionsLoader, { params: params() }),
        await ask(hall, personId, itemLoader, { params: params() }),
        await ask(hall, personId, topicLoader, { params: { topic: "care" } }),
        await ask(hall, personId, entityLoader, { params: { entity: "lem" } }),
      ]);
    for (const personId of [...others, "bilal"]) expect(await pages(personId)).not.toMatch(/must act|WP\.1/);
    const positionId = await release(hall, draftId);
    expect(hall.told.at(-1)).toEqual({ audience: { kind: "session", sessionId: "s" }, topic: "positions" });
    for (const personId of others) {
      const page = await ask(hall, personId, positionLoader, { params: params({ position: positionId }) });
      expect(page).toMatchObject({
        status: 200,
        body: {
          position: {
            summary: positionWords.summary,
            sourceTitle: "Working paper of Lemuria",
            standing: "own",
          },
        },
      });
      expect(await tableFor(hall, personId)).toEqual([
        ["Lemuria LEM", "Legal duty SIM/WP.1, 20 Nov 2026"],
        ["Norland NOR", "not recorded"],
      ]);
      const topic = await ask(hall, personId, topicLoader, { params: { topic: "care" } });
      expect(JSON.stringify(topic.body)).toContain("Working paper of Lemuria");
    }
  });

  it("[PS7] never changes, and the record proves it", async () => {
    const hall = await openDelegations();
    const positionId = await release(hall, await draft(hall));
    const change = { stance: "voluntary" };
    await expect(hall.db.write(async (tx) => void (await tx.update(position).set(change)))).rejects.toThrow(
      /released position never changes/,
    );
    await expect(hall.db.write(async (tx) => void (await tx.delete(position)))).rejects.toThrow(
      /released position never goes away/,
    );
    const [row] = await hall.db.read.select().from(position);
    const anchor = (await hall.db.read.select().from(event)).find(({ act }) => act === "releasePosition");
    expect(anchor).toMatchObject({
      thingId: positionId,
      personId: "bilal",
      delegationId: "d-lem",
      sessionId: "s",
      detail: { sha256: row?.contentHash },
    });
    expect(faultsIn(hall.db.folder)).toEqual([]);
    // Whoever gets around the database's own refusal is found out.
    rewrite(hall.db.folder, "position", "UPDATE position SET stance = 'voluntary'");
    expect(faultsIn(hall.db.folder).join(" ")).toContain(positionId);
  });

  it("[PS7] [PS16] says in the link from what was said before what it leads to", async () => {
    const hall = await openDelegations();
    const first = await release(hall, await draft(hall));
    hall.wait(60_000);
    const second = await release(hall, await draft(hall, { sourceTitle: "Second <paper>" }));
    hall.wait(60_000);
    const why = { sessionId: "s", reason: "Replaced", language: "en" };
    done(await withdrawPosition(await hall.as("bilal"), { ...why, positionId: second }));
    const linkFrom = async (id: string, language: "en" | "ar" = "en") => {
      const { body } = await ask(hall, null, positionLoader, { params: params({ position: id }) });
      const { newer } = body as { newer: Newer };
      const link = createElement(NewerLink, { newer, base: "/positions" });
      const html = renderToStaticMarkup(
        createElement(I18nextProvider, { i18n: createTranslator(language) }, link),
      );
      const [, to, words = ""] = /^<a href="([^"]*)"[^>]*>(.*)<\/a>$/.exec(html) ?? [];
      return { to, words: words.replace(/<[^>]*>/g, "") };
    };
    expect(await linkFrom(first)).toEqual({
      to: `/positions/${second}`,
      words: "A newer position stands: Second &lt;paper&gt;, 20 Nov 2026",
    });
    expect((await linkFrom(first, "ar")).words).toMatch(/^هناك موقف أحدث: Second &lt;paper&gt;، .*2026/);
    // Nothing newer stands where it was withdrawn.
    expect((await linkFrom(second)).words).toBe("This was withdrawn since: First session, 23 Nov 2026");
  });

  it("[PS7] supersedes what the same entity said on the topic before, which stays on record", async () => {
    const hall = await openDelegations();
    const first = await release(hall, await draft(hall));
    hall.wait(60_000);
    const second = await release(hall, await draft(hall, { stance: "voluntary" }));
    const page = await ask(hall, null, positionLoader, { params: params({ position: second }) });
    expect(page.body).toMatchObject({
      newer: null,
      history: [
        { id: second, state: "stands" },
        { id: first, state: "superseded" },
      ],
    });
    const old = await ask(hall, null, positionLoader, { params: params({ position: first }) });
    expect(old.body).toMatchObject({ newer: { id: second }, position: { stance: "duty" } });
    expect((await tableFor(hall, null))[0]).toEqual(["Lemuria LEM", "Voluntary SIM/WP.1, 20 Nov 2026"]);
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  it("[PS8] is told apart from an editors' reading, which gives way to own words and keeps its confidence", async () => {
    const hall = await openDelegations();
    await publishReading(hall, "lem");
    await publishReading(hall, "qui");
    const positionId = await release(hall, await draft(hall));
    const [own] = await hall.db.read.select().from(position).where(eq(position.id, positionId));
    expect(own?.supersedes).toBeNull();
    const topic = await ask(hall, null, topicLoader, { params: { topic: "care" } });
    expect(topic.body).toMatchObject({
      positions: [
        { entityId: "lem", standing: "own", stance: "duty", confidence: null },
        { entityId: "qui", standing: "editors", stance: "voluntary", confidence: "known" },
      ],
      notRecorded: [{ id: "nor" }, { id: "ost" }],
    });
    const entity = await ask(hall, null, entityLoader, { params: { entity: "lem" } });
    expect(entity.body).toMatchObject({
      topics: [{ own: { standing: "own" }, history: [{ standing: "own" }, { standing: "editors" }] }],
    });
  });

  it("[PS8] an editors' reading carries its label and never a quotation, in the page itself", async () => {
    const reading = { ...sheetPosition, standing: "editors" as const, confidence: "known" };
    const shown = render(reading);
    expect(shown).toContain(
      "Editors&#x27; reading of published documents. Not validated by any State or organization.",
    );
    expect(shown).toContain("not read again");
    expect(shown).not.toContain("own words");
    expect(shown).not.toContain("<blockquote");
    expect(shown).not.toContain("Whoever knows must act.");
    const own = render({ ...sheetPosition, standing: "own", confidence: null });
    expect(own).toContain("<blockquote");
    expect(own).not.toContain("Not validated");
    for (const page of [shown, own]) expect(page).toContain("Working paper of Lemuria");
  });

  it("[PS21] has the excerpt and the summary each in its own language and direction", () => {
    const said = {
      ...sheetPosition,
      standing: "own" as const,
      confidence: null,
      language: "ar",
      excerpt: "من يعلم وجب عليه التصرف.",
      summary: "Whoever knows must act.",
    };
    const [quote, summary] = [/<blockquote[^>]*>/, /<p class="say-it"[^>]*>/];
    const tags = (position: SheetPosition) => [
      quote.exec(render(position))?.[0],
      summary.exec(render(position))?.[0],
    ];
    expect(tags(said)).toEqual([
      expect.stringMatching(/lang="ar" dir="rtl"/),
      expect.stringMatching(/lang="" dir="ltr"/),
    ]);
    expect(tags({ ...said, language: "en", summary: "واجب التصرف." })).toEqual([
      expect.stringMatching(/lang="en" dir="ltr"/),
      expect.stringMatching(/lang="ar" dir="rtl"/),
    ]);
    const reading = { ...said, standing: "editors" as const, confidence: "known" };
    expect(tags(reading)).toEqual([undefined, expect.stringMatching(/lang="en" dir="ltr"/)]);
  });

  it("[PS9] keeps invented and real entities and topics apart", async () => {
    const hall = await openDelegations();
    const nadia = await hall.as("nadia");
    expect(await draftPosition(nadia, { ...positionWords, topicId: "real" })).toMatchObject({
      fields: { topic: "topic-unknown" },
    });
    const fresh = await ask(hall, "nadia", draftLoader, { params: params({ draft: "new" }) });
    expect(fresh.body).toMatchObject({ topics: [{ id: "care" }] });
    // On an installation for exercises real States and topics have no page.
    expect(await ask(hall, null, entityLoader, { params: { entity: "rea" } })).toMatchObject({ status: 404 });
    expect(await ask(hall, null, topicLoader, { params: { topic: "real" } })).toMatchObject({ status: 404 });
    const positionId = await release(hall, await draft(hall));
    await hall.db.write(async (tx) => void (await tx.update(session).set({ exercise: false })));
    expect(refusedFor(await draftPosition(nadia, { ...positionWords, topicId: "real" }))).toBe(
      "exercise-mixed",
    );
    expect(await ask(hall, null, positionLoader, { params: params({ position: positionId }) })).toMatchObject(
      {
        status: 404,
      },
    );
    expect(await tableFor(hall, null)).toEqual([["Realia REA", "not recorded"]]);
  });
});
