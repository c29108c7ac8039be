/** The exercise, played once through the real commands, queue, gate and log: what a newcomer finds. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AppLoadContext } from "#app/commands/context.ts";
import { loader as draftsLoader } from "#app/routes/drafts/route.tsx";
import { loader as positionsLoader } from "#app/routes/positions/route.tsx";
import { loader as statementsLoader } from "#app/routes/statements/route.tsx";
import type { Viewer } from "#app/rules/viewer.ts";
import { playExercise } from "#app/server/exercise-play.ts";
import { prepareFolder } from "#app/server/prepare.ts";
import { authorshipOf } from "#collab/authorship.ts";
import { createRooms } from "#collab/server/rooms.ts";
import type { Rooms } from "#collab/server/room.ts";
import { type Database, openDatabase } from "#db/database.ts";
import { exercisePositions, exerciseStatements } from "#db/exercise/record.ts";
import { exercisePeople, exerciseTopics } from "#db/exercise/room.ts";
import {
  agendaDocument,
  meeting,
  position,
  session,
  statement,
  statementDelivery,
} from "#db/schema/session.ts";
import { text, textUpdate } from "#db/schema/text.ts";
import { listAgenda } from "#db/stores/agenda.ts";
import { listVersions } from "#db/stores/text-version.ts";
import { findViewer } from "#db/stores/viewer.ts";
import { faultsIn } from "#test/support/database.ts";
import { noAccounts, noSignIn } from "#test/support/no-sign-in.ts";

let folder: string;
let db: Database;
let rooms: Rooms;
let sessionId: string;
const progress: string[] = [];

const notHere = (): never => {
  throw new Error("nobody asks for this in the exercise");
};

function parts() {
  return {
    db,
    rooms,
    notices: { tell: () => undefined, rightsChanged: () => undefined },
    uploads: { take: notHere, open: notHere, letGo: notHere },
    accounts: noAccounts(notHere),
    now: Date.now,
    newId: () => randomBytes(12).toString("base64url"),
    newToken: notHere,
  };
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "chapeau-exercise-"));
  db = openDatabase({ folder });
  await prepareFolder({ db, mode: "exercise", now: Date.now });
  rooms = createRooms({ db, now: Date.now, log: () => undefined });
  const startedAt = performance.now();
  ({ sessionId } = await playExercise(parts(), { onProgress: (line) => progress.push(line) }));
  process.stdout.write(`The exercise was played in ${Math.round(performance.now() - startedAt)} ms.\n`);
}, 240_000);

afterAll(async () => {
  await rooms.close();
  await db.settled();
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** One of the two texts, by its kind, with its versions and the log rows of people. */
async function textOf(kind: "resolution" | "report") {
  const rows = await db.read.select().from(text);
  const [row, ...more] = rows.filter((one) => one.kind === kind);
  if (!row || more.length > 0) throw new Error(`there is not one ${kind}`);
  const versions = (await listVersions(db.read, row.id)).filter((one) => one.kind === "issued");
  const log = (await db.read.select().from(textUpdate)).filter(({ textId }) => textId === row.id);
  const seqOf = (label: string) => versions.find((one) => one.label === label)?.seq ?? 0;
  const typed = log.filter((one) => one.kind === "edit" && one.personId !== null);
  const authors = (from: number, to: number) =>
    new Set(typed.filter(({ seq }) => seq > from && seq <= to).map(({ personId }) => personId));
  const wording = await rooms.inside(row.id);
  return { textId: row.id, versions, seqOf, authors, wording };
}

async function contextOf(personId: string | null): Promise<AppLoadContext> {
  const viewer: Viewer =
    personId === null ? { kind: "public" } : await findViewer(db.read, { personId, loginId: "test" });
  return {
    ...parts(),
    viewer,
    origin: "http://here",
    signIn: noSignIn(notHere),
    readImport: notHere,
    readingsInFiles: notHere,
    report: notHere,
    nonce: "",
    mode: "exercise",
    paper: new Map(),
    theme: { theme: "system", large: false },
    language: "en",
  };
}

type Loader = (args: never) => Promise<unknown>;

/** Everything that a page of the session tells this person. */
async function shown(personId: string | null, loader: Loader, search = ""): Promise<string> {
  const args = {
    context: await contextOf(personId),
    params: { session: sessionId },
    request: new Request(`http://here/sessions/${sessionId}${search}`),
  };
  try {
    return JSON.stringify(await loader(args as never));
  } catch (thrown) {
    if (thrown instanceof Response) return `${thrown.status}`;
    throw thrown;
  }
}

describe("the exercise", () => {
  it("[SV19] says what it is doing while it is played", () => {
    expect(progress.length).toBeGreaterThanOrEqual(4);
    expect(new Set(progress).size).toBe(progress.length);
    for (const line of progress) expect(line).toMatch(/^Playing the exercise: .+ …$/);
  });

  it("[SV19] is one session with items on its five topics", async () => {
    expect((await db.read.select().from(session)).map(({ id }) => id)).toEqual([sessionId]);
    const topics = (await listAgenda(db.read, sessionId)).flatMap(({ topicIds }) => topicIds);
    expect(new Set(topics)).toEqual(new Set(exerciseTopics.map(({ id }) => id)));
    expect(exerciseTopics).toHaveLength(5);
  });

  it("[SV19] has a resolution of some twenty preambular and operative paragraphs", async () => {
    const { wording } = await textOf("resolution");
    const outer = wording.document.paragraphs.filter(({ level }) => level === 0);
    const count = (role: string) => outer.filter((one) => one.role === role).length;
    expect([count("pp"), count("op")].every((each) => each >= 7)).toBe(true);
    expect(count("pp") + count("op")).toBeGreaterThanOrEqual(16);
    expect(count("pp") + count("op")).toBeLessThanOrEqual(26);
    expect(count("footnote")).toBeGreaterThanOrEqual(1);
    expect(wording.locks.size).toBe(1);
  });

  it("[SV19] has a report of some forty numbered paragraphs with headings and an annex", async () => {
    const { wording } = await textOf("report");
    const count = (role: string) => wording.document.paragraphs.filter((one) => one.role === role).length;
    expect(count("numbered")).toBeGreaterThanOrEqual(36);
    expect(count("numbered")).toBeLessThanOrEqual(50);
    expect(count("heading")).toBeGreaterThanOrEqual(4);
    expect(count("annex")).toBeGreaterThanOrEqual(1);
  });

  it.each(["resolution", "report"] as const)(
    "[SV19] has a zero draft and Rev.1 of the %s, and three people's changes before and after Rev.1",
    async (kind) => {
      const { versions, seqOf, authors, wording } = await textOf(kind);
      expect(versions.map(({ label }) => label).toSorted()).toEqual(["Rev.1", "Zero draft"]);
      const [zero, rev1] = [seqOf("Zero draft"), seqOf("Rev.1")];
      expect([0, zero, rev1, wording.seq]).toEqual([0, zero, rev1, wording.seq].toSorted((a, b) => a - b));
      expect(authors(zero, rev1).size).toBeGreaterThanOrEqual(3);
      expect(authors(rev1, wording.seq).size).toBeGreaterThanOrEqual(3);
    },
  );

  it.each(["resolution", "report"] as const)("[SV19] knows who wrote each word of the %s", async (kind) => {
    const { wording } = await textOf(kind);
    const { document, carries, attribution } = wording;
    const known = new Set(exercisePeople.map(({ id }) => id));
    const authors = new Set<string>();
    for (const [paragraphId, runs] of authorshipOf(document, carries, attribution)) {
      for (const { person } of runs) {
        expect([paragraphId, person !== null && known.has(person)]).toEqual([paragraphId, true]);
        if (person !== null) authors.add(person);
      }
    }
    expect(authors.size).toBeGreaterThanOrEqual(4);
  });

  it("[SV19] has positions and statements of which some are not released, and those are their delegation's alone", async () => {
    const kept = [
      ...exercisePositions
        .filter(({ released }) => !released)
        .map(({ by, summary }) => ({ by, words: summary })),
      ...exerciseStatements
        .filter(({ released }) => !released)
        .map(({ by, title }) => ({ by, words: title })),
    ];
    expect(kept.length).toBeGreaterThanOrEqual(2);
    const released = (made: readonly { readonly released: boolean }[]) =>
      made.filter((one) => one.released).length;
    const ours = new Set<string>(exerciseTopics.map(({ id }) => id));
    const positions = (await db.read.select().from(position)).filter(({ topicId }) => ours.has(topicId));
    expect(positions).toHaveLength(released(exercisePositions));
    expect(await db.read.$count(statement)).toBe(released(exerciseStatements));
    const topics = `?${exerciseTopics.map(({ id }) => `topic=${id}`).join("&")}`;
    const told = async (personId: string | null) =>
      [
        await shown(personId, positionsLoader, topics),
        await shown(personId, statementsLoader),
        await shown(personId, draftsLoader),
      ].join("\n");
    const entityOf = (personId: string) => exercisePeople.find(({ id }) => id === personId)?.of;
    for (const { by, words } of kept) {
      for (const one of [null, ...exercisePeople.map(({ id }) => id)]) {
        const isOurs = one !== null && entityOf(one) === entityOf(by);
        expect([one, words, (await told(one)).includes(words)]).toEqual([one, words, isOurs]);
      }
    }
  });

  it("[SV19] has documents under its agenda, each with a symbol and an address that leads nowhere", async () => {
    const documents = await db.read.select().from(agendaDocument);
    expect(documents.length).toBeGreaterThanOrEqual(6);
    expect(new Set(documents.map(({ symbol }) => symbol)).size).toBe(documents.length);
    for (const { url, symbol } of documents) expect(url).toBe(`https://documents.example/${symbol}`);
    const cited = (await db.read.select().from(position)).map(({ sourceSymbol }) => sourceSymbol);
    expect(documents.filter(({ symbol }) => cited.includes(symbol)).length).toBeGreaterThanOrEqual(4);
  });

  it("[SV19] has a statement that was delivered in a meeting, one under embargo, one that was corrected, and one of a group without a member", async () => {
    const statements = await db.read.select().from(statement);
    const deliveries = await db.read.select().from(statementDelivery);
    const meetings = await db.read.select().from(meeting);
    expect(deliveries).toHaveLength(1);
    for (const { statementId, meetingId, mode } of deliveries) {
      const where = meetings.find(({ id }) => id === meetingId);
      expect([mode, where?.number]).toEqual([where?.mode, 1]);
      expect(where?.startsAt).toBeLessThan(Date.now());
      expect(statements.find(({ id }) => id === statementId)?.meetingId).toBe(meetingId);
    }
    expect(statements.filter(({ exceptions }) => exceptions.length === 1)).toHaveLength(1);
    const [correction, ...more] = statements.filter(({ supersedes }) => supersedes !== null);
    expect([more.length, correction?.correction]).toEqual([0, expect.stringMatching(/.{10}/)]);
    expect(statements.find(({ id }) => id === correction?.supersedes)?.title).toBe(correction?.title);

    const [kept, ...others] = statements.filter(({ embargo }) => embargo === "delivery");
    expect(others).toEqual([]);
    const reads = async (personId: string | null) =>
      (await shown(personId, statementsLoader)).includes(kept?.title ?? "nothing");
    const readers = await Promise.all(exercisePeople.map(async ({ id }) => ((await reads(id)) ? [id] : [])));
    expect(await reads(null)).toBe(false);
    // Its own delegation and the bureau.
    expect(readers.flat()).toEqual(["x-solvane", "x-brandt", "x-weir"]);
  });

  it("[SV19] leaves a record in which the verifier finds nothing", () => {
    expect(faultsIn(folder)).toEqual([]);
  });
});
