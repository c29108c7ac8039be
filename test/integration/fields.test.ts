/** Every field that somebody types: cleaned of what nobody sees, and no longer than the one table of fields says. */
import { describe, expect, it } from "vitest";
import { addMembership } from "#app/commands/add-membership.ts";
import { addTopic } from "#app/commands/add-topic.ts";
import { addStance } from "#app/commands/change-scale.ts";
import { correctCalendarEntry } from "#app/commands/correct-calendar-entry.ts";
import { correctEntity } from "#app/commands/correct-entity.ts";
import { correctGroup } from "#app/commands/correct-group.ts";
import { correctReading } from "#app/commands/correct-reading.ts";
import { correctOutline } from "#app/commands/correct-outline.ts";
import { correctMembership } from "#app/commands/correct-membership.ts";
import { answerStance } from "#app/commands/answer-stance.ts";
import { recordStance } from "#app/commands/record-stance.ts";
import { setStance } from "#app/commands/set-stance.ts";
import { addAgendaItem } from "#app/commands/add-agenda-item.ts";
import { addDocument } from "#app/commands/add-document.ts";
import { removeDocument } from "#app/commands/remove-document.ts";
import { adoptAgenda } from "#app/commands/adopt-agenda.ts";
import type { CommandContext } from "#app/commands/context.ts";
import { correctStatement } from "#app/commands/correct-statement.ts";
import { createSession } from "#app/commands/create-session.ts";
import { createText } from "#app/commands/create-text.ts";
import { draftProposal } from "#app/commands/draft-proposal.ts";
import { editProposalDraft } from "#app/commands/edit-proposal-draft.ts";
import { releaseProposal } from "#app/commands/release-proposal.ts";
import { reviewProposal } from "#app/commands/review-proposal.ts";
import { withdrawProposal } from "#app/commands/withdraw-proposal.ts";
import { draftPosition } from "#app/commands/draft-position.ts";
import { draftStatement } from "#app/commands/draft-statement.ts";
import { editMeeting } from "#app/commands/edit-meeting.ts";
import { editAgendaItem } from "#app/commands/edit-agenda-item.ts";
import { editPositionDraft } from "#app/commands/edit-position-draft.ts";
import { editStatementDraft } from "#app/commands/edit-statement-draft.ts";
import { editSession, factsOf } from "#app/commands/edit-session.ts";
import { inviteDelegate } from "#app/commands/invite-delegate.ts";
import { invitePerson } from "#app/commands/invite-person.ts";
import { issueVersion } from "#app/commands/issue-version.ts";
import { lockParagraph } from "#app/commands/lock-paragraph.ts";
import { releaseStatement } from "#app/commands/release-statement.ts";
import { scheduleMeeting } from "#app/commands/schedule-meeting.ts";
import { unlockParagraph } from "#app/commands/unlock-paragraph.ts";
import { writeNote } from "#app/commands/write-note.ts";
import { releasePosition } from "#app/commands/release-position.ts";
import { withdrawDelegation } from "#app/commands/withdraw-delegation.ts";
import { withdrawPosition } from "#app/commands/withdraw-position.ts";
import { FIELDS } from "#app/rules/fields.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { action as agendaAction } from "#app/routes/agenda/route.tsx";
import { loader as downloadLoader } from "#app/routes/version-download/route.ts";
import { action as versionsAction, loader as versionsLoader } from "#app/routes/versions/route.tsx";
import type { Database } from "#db/database.ts";
import { agendaItem, session } from "#db/schema/session.ts";
import { textVersion } from "#db/schema/text.ts";
import { findSession } from "#db/stores/session.ts";
import { openDelegations, positionWords, statementWords } from "#test/support/delegations.ts";
import type { Hall } from "#test/support/people.ts";
import { publishReading } from "#test/support/reading.ts";
import { submit } from "#test/support/reception.ts";
import { TEXT } from "#test/support/room.ts";
import { bracketed } from "./texts/bracketed.ts";
import { done, written } from "./texts/house.ts";

type Form = keyof typeof FIELDS;
type Values = Readonly<Record<string, string>>;
type Attempt = { readonly act: (values: Values) => Promise<unknown>; readonly db: Database };

/** What a word looks like with everything that nobody sees, and what is kept of it. */
const DIRTY = " Rev\u202E.2\u0000 \n\r\n\u2028 \u200B\u2066b\uFEFF\u00AD ";
const KEPT = "Rev.2 b";

const item = { sessionId: "s", parentId: null, number: "9", title: "T", note: "", topicIds: [] };
const link = {
  sessionId: "s",
  itemId: "i",
  symbol: "",
  title: "T",
  url: "https://example.org/1",
  file: null,
} as const;
const meeting = {
  sessionId: "s",
  mode: "formal",
  startsAt: Date.UTC(2026, 10, 24, 15),
  endsAt: Date.UTC(2026, 10, 24, 18),
  room: "",
} as const;
const days = { from: "2027-05-10", to: "2027-05-14", timeZone: "America/New_York" };
const aSession = {
  title: "T",
  body: "B",
  symbol: "",
  venue: "V",
  kind: "plenary",
  exercise: true,
  ...days,
} as const;
const aText = {
  sessionId: "s",
  itemId: "i",
  kind: "resolution",
  title: "T",
  symbol: "",
  organ: "",
  note: "",
  language: "en",
} as const;

async function inHall(act: (hall: Hall) => Promise<(values: Values) => Promise<unknown>>): Promise<Attempt> {
  const hall = await openDelegations();
  return { act: await act(hall), db: hall.db };
}

async function inText(
  act: (chair: CommandContext) => Promise<(values: Values) => Promise<unknown>>,
): Promise<Attempt> {
  const house = await written();
  return { act: await act(await house.as("amara")), db: house.db };
}

const aStance = {
  textId: TEXT,
  bracketId: "k",
  asks: true,
  view: "none",
  reason: "",
  over: null,
  groupId: null,
  exceptions: [],
} as const;

type AStance = Omit<typeof aStance, "reason"> & { readonly reason: string };
type StanceAct = (context: CommandContext, input: AStance) => Promise<unknown>;

async function inBracket(
  begin: (
    house: Awaited<ReturnType<typeof bracketed>>,
  ) => Promise<{ readonly act: StanceAct; readonly context: CommandContext }>,
): Promise<Attempt> {
  const house = await bracketed();
  const { act, context } = await begin(house);
  return { act: (values) => act(context, { ...aStance, reason: values["reason"] ?? "" }), db: house.db };
}

const aProposal = {
  delegationId: "d-lem",
  textId: TEXT,
  kind: "modify",
  paragraphId: "a",
  afterId: null,
  bridges: [],
  wording: "W",
  reason: "R",
  sponsorIds: [],
  groupId: null,
  exceptions: [],
  versionId: null,
} as const;

/** Of the head of a delegation, on a text that is open to it. */
async function inProposals(
  act: (head: CommandContext) => Promise<(values: Values) => Promise<unknown>>,
): Promise<Attempt> {
  const house = await bracketed();
  await house.db.write((tx) => tx.update(session).set({ exercise: true }));
  return { act: await act(await house.as("chiara")), db: house.db };
}

let addresses = 0;
const named = { en: "E", fr: "", es: "", ru: "", zh: "", ar: "" };
const aCode = () => `C${(addresses += 1)}`;
const anAddress = () => `new${(addresses += 1)}@example.org`;

/** Every act that takes words, by the form that it takes them with. */
const acts: Readonly<Record<string, { readonly form: Form; readonly open: () => Promise<Attempt> }>> = {
  createSession: {
    form: "session",
    open: () =>
      inHall(async (hall) => {
        const sela = await hall.as("sela");
        return (values) => createSession(sela, { ...aSession, ...values });
      }),
  },
  scheduleMeeting: {
    form: "meeting",
    open: () =>
      inHall(async (hall) => {
        const amara = await hall.as("amara");
        return (values) => scheduleMeeting(amara, { ...meeting, ...values });
      }),
  },
  editMeeting: {
    form: "meeting",
    open: () =>
      inHall(async (hall) => {
        const amara = await hall.as("amara");
        const { meetingId } = done(await scheduleMeeting(amara, meeting));
        return (values) => editMeeting(amara, { ...meeting, meetingId, ...values });
      }),
  },
  withdrawDelegation: {
    form: "delegationWithdrawal",
    open: () =>
      inHall(async (hall) => {
        const sela = await hall.as("sela");
        const which = { sessionId: "s", delegationId: "d-nor", reason: "R" };
        return (values) => withdrawDelegation(sela, { ...which, ...values });
      }),
  },
  addAgendaItem: {
    form: "item",
    open: () =>
      inHall(async (hall) => {
        const amara = await hall.as("amara");
        return (values) => addAgendaItem(amara, { ...item, ...values });
      }),
  },
  adoptAgenda: {
    form: "agenda",
    open: () =>
      inHall(async (hall) => {
        const amara = await hall.as("amara");
        return (values) => adoptAgenda(amara, { sessionId: "s", symbol: "A/1", ...values });
      }),
  },
  changeAdoptedAgenda: {
    form: "agendaChange",
    open: () =>
      inHall(async (hall) => {
        const amara = await hall.as("amara");
        done(await adoptAgenda(amara, { sessionId: "s", symbol: "A/1" }));
        return (values) => addAgendaItem(amara, { ...item, ...values });
      }),
  },
  addDocumentToAdopted: {
    form: "agendaChange",
    open: () =>
      inHall(async (hall) => {
        const amara = await hall.as("amara");
        done(await adoptAgenda(amara, { sessionId: "s", symbol: "A/1" }));
        return (values) => addDocument(amara, { ...link, ...values });
      }),
  },
  removeDocument: {
    form: "agendaChange",
    open: () =>
      inHall(async (hall) => {
        const amara = await hall.as("amara");
        const { documentId } = done(await addDocument(amara, link));
        done(await adoptAgenda(amara, { sessionId: "s", symbol: "A/1" }));
        return (values) => removeDocument(amara, { sessionId: "s", itemId: "i", documentId, ...values });
      }),
  },
  addDocument: {
    form: "document",
    open: () =>
      inHall(async (hall) => {
        const amara = await hall.as("amara");
        return (values) => addDocument(amara, { ...link, ...values });
      }),
  },
  editAgendaItem: {
    form: "item",
    open: () =>
      inHall(async (hall) => {
        const amara = await hall.as("amara");
        return (values) => editAgendaItem(amara, { ...item, itemId: "i", ...values });
      }),
  },
  invitePerson: {
    form: "person",
    open: () =>
      inHall(async (hall) => {
        const sela = await hall.as("sela");
        return (values) =>
          invitePerson(sela, { name: "N", email: anAddress(), secretariat: false, ...values });
      }),
  },
  inviteDelegate: {
    form: "person",
    open: () =>
      inHall(async (hall) => {
        const bilal = await hall.as("bilal");
        const seat = { delegationId: "d-lem", role: "reader" } as const;
        return (values) => inviteDelegate(bilal, { ...seat, name: "N", email: anAddress(), ...values });
      }),
  },
  createText: {
    form: "text",
    open: () =>
      inHall(async (hall) => {
        const amara = await hall.as("amara");
        return (values) => createText(amara, { ...aText, ...values });
      }),
  },
  issueVersion: {
    form: "version",
    open: () =>
      inText(
        async (chair) => (values) =>
          issueVersion(chair, { textId: TEXT, label: "Rev.1", symbol: "", note: "", ...values }),
      ),
  },
  unlockParagraph: {
    form: "unlocking",
    open: () =>
      inText(async (chair) => {
        const which = { textId: TEXT, paragraphId: "a" };
        done(await lockParagraph(chair, which));
        return (values) => unlockParagraph(chair, { ...which, reason: "R", ...values });
      }),
  },
  setStance: {
    form: "bracketStance",
    open: () => inBracket(async (house) => ({ act: setStance, context: await house.as("dina") })),
  },
  recordStance: {
    form: "bracketStance",
    open: () =>
      inBracket(async (house) => {
        const party = { kind: "entity", id: "nor" } as const;
        return {
          act: (context, input) => recordStance(context, { ...input, party, meetingId: null, day: "" }),
          context: await house.as("amara"),
        };
      }),
  },
  answerStance: {
    form: "bracketStance",
    open: () =>
      inBracket(async (house) => {
        const chair = await house.as("amara");
        const party = { kind: "entity", id: "nor" } as const;
        const { stanceId } = done(await recordStance(chair, { ...aStance, party, meetingId: null, day: "" }));
        return {
          act: (context, { textId, bracketId, reason }) =>
            answerStance(context, { textId, bracketId, reason, stanceId, answer: "disputed" }),
          context: await house.as("dina"),
        };
      }),
  },
  draftPosition: {
    form: "position",
    open: () =>
      inHall(async (hall) => {
        const nadia = await hall.as("nadia");
        return (values) => draftPosition(nadia, { ...positionWords, ...values });
      }),
  },
  editPositionDraft: {
    form: "position",
    open: () =>
      inHall(async (hall) => {
        const nadia = await hall.as("nadia");
        const { draftId } = done(await draftPosition(nadia, positionWords));
        return (values) => editPositionDraft(nadia, { ...positionWords, draftId, edition: 1, ...values });
      }),
  },
  withdrawPosition: {
    form: "withdrawal",
    open: () =>
      inHall(async (hall) => {
        const bilal = await hall.as("bilal");
        const { draftId } = done(await draftPosition(bilal, positionWords));
        const { positionId } = done(await releasePosition(bilal, { draftId, edition: 1 }));
        const which = { sessionId: "s", positionId, language: "en" };
        return (values) => withdrawPosition(bilal, { ...which, reason: "R", ...values });
      }),
  },
  draftStatement: {
    form: "statement",
    open: () =>
      inHall(async (hall) => {
        const nadia = await hall.as("nadia");
        return (values) => draftStatement(nadia, { ...statementWords, ...values });
      }),
  },
  editStatementDraft: {
    form: "statement",
    open: () =>
      inHall(async (hall) => {
        const nadia = await hall.as("nadia");
        const { draftId } = done(await draftStatement(nadia, statementWords));
        return (values) => editStatementDraft(nadia, { ...statementWords, draftId, edition: 1, ...values });
      }),
  },
  draftProposal: {
    form: "proposal",
    open: () => inProposals(async (head) => (values) => draftProposal(head, { ...aProposal, ...values })),
  },
  editProposalDraft: {
    form: "proposal",
    open: () =>
      inProposals(async (head) => {
        const { draftId } = done(await draftProposal(head, aProposal));
        return (values) => editProposalDraft(head, { ...aProposal, draftId, edition: 1, ...values });
      }),
  },
  withdrawProposal: {
    form: "proposalWithdrawal",
    open: () =>
      inProposals(async (head) => {
        const which = { ...done(await draftProposal(head, aProposal)), edition: 1 };
        done(await reviewProposal(head, which));
        const { proposalId } = done(await releaseProposal(head, which));
        return (values) => withdrawProposal(head, { textId: TEXT, proposalId, reason: "R", ...values });
      }),
  },
  correctEntity: {
    form: "entity",
    open: () =>
      inHall(async (hall) => {
        const sela = await hall.as("sela");
        const lemuria = { entityId: "lem", regionalGroup: null, alphabet: "lemuria", ...named, reason: "R" };
        return (values) => correctEntity(sela, { ...lemuria, code: aCode(), ...values });
      }),
  },
  correctGroup: {
    form: "group",
    open: () =>
      inHall(async (hall) => {
        const sela = await hall.as("sela");
        const group = { groupId: "lant", ...named, source: "S", asOf: "", reason: "R" };
        let verified = false;
        return (values) => correctGroup(sela, { ...group, verified: (verified = !verified), ...values });
      }),
  },
  addMembership: {
    form: "correction",
    open: () =>
      inHall(async (hall) => {
        const sela = await hall.as("sela");
        const member = { groupId: "lant", entityId: "qui", role: null, reason: "R" };
        return (values) => addMembership(sela, { ...member, from: "2027-01-01", to: null, ...values });
      }),
  },
  correctMembership: {
    form: "correction",
    open: () =>
      inHall(async (hall) => {
        const sela = await hall.as("sela");
        const member = { groupId: "lant", entityId: "nor", was: "", from: "", to: null, reason: "R" };
        return (values) => correctMembership(sela, { ...member, role: "observer", ...values });
      }),
  },
  correctCalendarEntry: {
    form: "calendar",
    open: () =>
      inHall(async (hall) => {
        const sela = await hall.as("sela");
        const entry = { ...days, title: "T", kind: "plenary", venue: "V", note: "", reason: "R" };
        return (values) => correctCalendarEntry(sela, { ...entry, entryId: null, ...values });
      }),
  },
  correctOutline: {
    form: "outline",
    open: () =>
      inHall(async (hall) => {
        const sela = await hall.as("sela");
        return (values) => correctOutline(sela, { outline: "1 Start", reason: "R", ...values });
      }),
  },
  correctReading: {
    form: "reading",
    open: () =>
      inHall(async (hall) => {
        const sela = await hall.as("sela");
        const positionId = await publishReading(hall, "nor");
        const read = { stance: "duty", summary: "S", explicit: true, confidence: "seen", via: "" };
        const source = {
          sourceTitle: "T",
          sourceDate: "2021",
          sourceSymbol: "",
          sourceUrl: "",
          sourceForum: "",
        };
        const of = { sessionId: "s", positionId };
        return (values) => correctReading(sela, { ...of, ...read, ...source, reason: "R", ...values });
      }),
  },
  addTopic: {
    form: "topic",
    open: () =>
      inHall(async (hall) => {
        const sela = await hall.as("sela");
        const facts = { question: "Q", scale: ["A", "B"], exercise: true };
        return (values) => addTopic(sela, { ...facts, title: `T ${anAddress()}`, ...values });
      }),
  },
  addStance: {
    form: "stance",
    open: () =>
      inHall(async (hall) => {
        const sela = await hall.as("sela");
        return (values) => addStance(sela, { topicId: "care", label: "L", ...values });
      }),
  },
  writeNote: {
    form: "note",
    open: () =>
      inHall(async (hall) => {
        const bilal = await hall.as("bilal");
        const about = { delegationId: "d-lem", thing: "item", thingId: "i", edition: 0 } as const;
        return (values) => writeNote(bilal, { ...about, body: "N", ...values });
      }),
  },
  editSession: {
    form: "session",
    open: () =>
      inHall(async (hall) => {
        const sela = await hall.as("sela");
        const session = await findSession(hall.db.read, "s");
        if (session === null) throw new Error("there is no session");
        const was = factsOf(session);
        return (values) => editSession(sela, { ...was, ...values, sessionId: "s", was });
      }),
  },
  releaseStatement: {
    form: "statementCorrection",
    open: () =>
      inHall(async (hall) => {
        const bilal = await hall.as("bilal");
        const first = done(await draftStatement(bilal, statementWords));
        const { statementId } = done(await releaseStatement(bilal, { ...first, edition: 1 }));
        const { draftId } = done(await correctStatement(bilal, { sessionId: "s", statementId }));
        return (values) => releaseStatement(bilal, { draftId, edition: 1, ...values });
      }),
  },
};

/** What is typed into a field so that nothing else is wrong with it, `length` long. */
function filled(field: string, length: number): string {
  if (field === "outline") return `1 ${"x".repeat(length - 2)}`;
  if (field === "email") return `${"x".repeat(length - 12)}@example.org`;
  if (/url$/i.test(field)) return `https://example.org/${"x".repeat(length - 20)}`;
  return "x".repeat(length);
}

/** Everything that stands in the database, as one string. */
function everything(db: Database): string {
  const sqlite = db.read.$client;
  const tables = sqlite
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .pluck()
    .all() as string[];
  return tables.map((name) => JSON.stringify(sqlite.prepare(`SELECT * FROM "${name}"`).all())).join("\n");
}

describe("every field of every act", () => {
  it("is in the table, and every form of the table is some act's", () => {
    const forms = new Set(Object.values(acts).map(({ form }) => form));
    expect([...forms].sort()).toEqual(Object.keys(FIELDS).sort());
  });

  for (const [name, { form, open }] of Object.entries(acts)) {
    it(`[FL2] ${name}: one sign too many is refused at its field, and the longest is taken`, async () => {
      for (const [field, { longest }] of Object.entries(FIELDS[form])) {
        const { act, db } = await open();
        const before = everything(db);
        for (const length of [longest + 1, 30_000, 900_000]) {
          if (length <= longest) continue;
          const refused = await act({ [field]: filled(field, length) });
          const fields = isRefusal(refused) ? (refused.fields ?? {}) : {};
          // A label and an address say in their own words how long they may be.
          const own = form === "version" ? { label: "version-label" }[field] : { email: "email" }[field];
          const code = own ?? "too-long";
          expect({ field, length, code: fields[field] }).toEqual({ field, length, code });
        }
        expect(everything(db)).toBe(before);
        const taken = await act({ [field]: filled(field, longest) });
        expect({ field, refused: isRefusal(taken) ? taken : null }).toEqual({ field, refused: null });
      }
    });

    it(`[FL1] ${name}: what nobody sees is not kept, and what is one line stays one`, async () => {
      const { act, db } = await open();
      const values = Object.fromEntries(
        Object.keys(FIELDS[form]).map((field) => {
          if (field === "outline") return [field, "1 Opening\u202E\u0000 \u200B"];
          if (field === "email") return [field, `\u202E${anAddress()}\n`];
          return [field, /url$/i.test(field) ? `https://example.org/\u202Ex\u0000` : DIRTY];
        }),
      );
      const taken = await act(values);
      expect(isRefusal(taken) ? taken : null).toBeNull();
      const kept = everything(db);
      // oxlint-disable-next-line no-control-regex
      expect(kept).not.toMatch(/[\u0000\u200B\u202E\u2066\u2028\uFEFF\u00AD]|\\u0000/u);
      expect(kept).toContain(
        Object.values(FIELDS[form]).some(({ lines }) => lines === "one") ? KEPT : "Rev.2",
      );
    });
  }
});

describe("at the door", () => {
  const overridden = "Other \u202Ematters";

  it("[FL1] a form's line comes in clean, whatever the act does with it", async () => {
    const hall = await openDelegations();
    const context = await hall.as("amara");
    const fields = { intent: "add", number: "7\u200B", title: `${overridden}\n<b>`, note: "" };
    const given = await submit(agendaAction, fields, { context, params: { session: "s" } });
    expect(given.status).toBe(302);
    const rows = await hall.db.read.select().from(agendaItem);
    expect(rows.find(({ number }) => number === "7")?.title).toBe("Other matters <b>");
    expect(await hall.db.read.$count(session)).toBe(1);
  });

  it("[FL2] a symbol of thirty thousand letters is refused with what was typed, and a file's header stays short", async () => {
    const house = await written();
    const context = await house.as("amara");
    const params = { session: "s", text: TEXT };
    const symbol = "A".repeat(30_000);
    const refused = await submit(
      versionsAction,
      { intent: "issue", label: "Rev.1", symbol, note: "" },
      { context, params },
    );
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({
      refusal: { fields: { symbol: "too-long" } },
      typed: { symbol, label: "Rev.1" },
    });
    const label = "Rev.\u202E2\n<b> \u4E8C\u200F\u0627";
    const issued = await submit(
      versionsAction,
      { intent: "issue", label, symbol: "", note: "" },
      { context, params },
    );
    expect(issued.status).toBe(302);
    const [row] = await house.db.read.select().from(textVersion);
    expect(row?.label).toBe("Rev.2 <b> \u4E8C\u200F\u0627");

    const named = async () => {
      const request = new Request("http://localhost/");
      const where = { ...params, version: row?.id ?? "", format: "text" };
      const { headers } = await downloadLoader({ context, params: where, request });
      return headers.get("content-disposition") ?? "";
    };
    expect(await named()).toMatch(/^attachment; filename="[\w.-]+\.txt"; filename\*=UTF-8''[\w.~%-]+\.txt$/);
    expect(decodeURIComponent((await named()).split("UTF-8''")[1] ?? "")).toContain("Rev.2 <b> \u4E8C");
    // A title of an older time may hold anything.
    house.db.read.$client.pragma("query_only = OFF");
    house.db.read.$client
      .prepare("UPDATE text SET symbol = '', title = ?")
      .run(`\u202E${"\u{1F5FA}\u4E8C\n".repeat(20_000)}`);
    expect((await named()).length).toBeLessThan(2_500);
    expect(await named()).toMatch(/^attachment; filename="[\w.-]+\.txt"; filename\*=UTF-8''[\w.~%-]+\.txt$/);
    expect(decodeURIComponent((await named()).split("UTF-8''")[1] ?? "")).not.toMatch(/[\u202E\n]/u);
  });

  it("[HS3] very many paragraphs that a restoration skipped are named in an address that is answered", async () => {
    const house = await written();
    const context = await house.as("amara");
    const ids = Array.from({ length: 150 }, (_, at) => `p${at}`);
    for (const id of ids) house.page.write(id, `Requests ${id};`);
    await house.settle();
    const label = "Rev.1";
    const { versionId } = done(await issueVersion(context, { textId: TEXT, label, symbol: "", note: "" }));
    for (const paragraphId of ids) house.page.type(paragraphId, 0, "Further ");
    await house.settle();
    for (const paragraphId of ids) done(await lockParagraph(context, { textId: TEXT, paragraphId }));
    const params = { session: "s", text: TEXT };
    const restored = await submit(
      versionsAction,
      { intent: "restore", version: versionId },
      { context, params },
    );
    expect(restored.status).toBe(302);
    const location = restored.location ?? "";
    expect(location.length).toBeLessThan(4_096);
    const request = new Request(`http://localhost${location}`);
    const page = await versionsLoader({ context, params, request });
    expect(JSON.stringify(page)).toContain(", …");
  });
});
