/** The real server in a process of its own, with questions that the bench asks it about a text. */
import { randomBytes } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as Y from "yjs";
import type { CommandContext } from "#app/commands/context.ts";
import { importText } from "#app/commands/import-text.ts";
import { issueVersion } from "#app/commands/issue-version.ts";
import { restoreVersion } from "#app/commands/restore-version.ts";
import { takeUpItem } from "#app/commands/take-up-item.ts";
import { documentOf } from "#app/commands/version-row.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { readEnv } from "#app/server/env.ts";
import { createReading } from "#app/server/reading.ts";
import { startServer } from "#app/server/serve.ts";
import { createUploads } from "#app/server/uploads.ts";
import { compareDocuments } from "#collab/compare.ts";
import { encodeClientFrame } from "#collab/frames.ts";
import { SCHEMA_VERSION, createTextDoc, paragraphsOf, wordsOf } from "#collab/model.ts";
import { findVersionDocument, listVersions } from "#db/stores/text-version.ts";
import { findViewer } from "#db/stores/viewer.ts";
import { CHAIR } from "#test/bench/folder.ts";
import { report, takeOrder } from "./orders.ts";

export type ServerOrder = {
  readonly folder: string;
  /** 0 for any. */
  readonly port: number;
};

export type Question =
  | { readonly what: "cookies"; readonly persons: readonly string[] }
  | { readonly what: "open" | "memory" | "versions"; readonly textId: string }
  | { readonly what: "take-up"; readonly sessionId: string; readonly itemId: string | null }
  | { readonly what: "issue"; readonly textId: string; readonly label: string }
  | { readonly what: "compare"; readonly textId: string; readonly times: number }
  | { readonly what: "restore"; readonly textId: string; readonly versionId: string }
  | { readonly what: "import"; readonly textId: string; readonly html: string };

const { folder, port } = await takeOrder<ServerOrder>();
const env = readEnv({ CHAPEAU_DATA: folder, CHAPEAU_PORT: String(port), CHAPEAU_LOG: "error" });
const server = await startServer({ env, playExercise: false });
const { db, rooms } = server;
const readImport = createReading();
const collect = garbageCollector();
process.once("SIGTERM", () => void server.close().then(() => process.exit(0)));
process.on("message", (question: Question) => {
  answer(question).then(
    (answered) => report({ answered }),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
await report({ url: server.url });

async function answer(question: Question): Promise<unknown> {
  switch (question.what) {
    case "cookies":
      return Promise.all(question.persons.map(cookieOf));
    case "open": {
      const startedAt = performance.now();
      await rooms.wording(question.textId);
      return performance.now() - startedAt;
    }
    case "memory":
      return memoryOf(question.textId);
    case "versions":
      return (await listVersions(db.read, question.textId)).map(({ id }) => id);
    case "take-up": {
      const at = performance.timeOrigin + performance.now();
      const taken = await takeUpItem(await asChair(), question);
      if (isRefusal(taken)) throw new Error(`the item was refused: ${taken.code}`);
      return at;
    }
    case "issue": {
      const issued = await issueVersion(await asChair(), { ...question, symbol: "", note: "" });
      if (isRefusal(issued)) throw new Error(`the version was refused: ${issued.code}`);
      return issued.versionId;
    }
    case "compare":
      return compareAll(question.textId, question.times);
    case "restore": {
      const context = await asChair();
      const startedAt = performance.now();
      const restored = await restoreVersion(context, question);
      const ms = performance.now() - startedAt;
      if (isRefusal(restored)) throw new Error(`the restore was refused: ${restored.code}`);
      return { ms, changed: restored.changed.length };
    }
    case "import": {
      const imported = await readImport({ source: question.html, format: "html", kind: "report" });
      if (imported === null) throw new Error("the file could not be read");
      const { textId } = question;
      const done = await importText(await asChair(), { textId, imported, after: null });
      if (isRefusal(done)) throw new Error(`the import was refused: ${done.code}`);
      return done.paragraphs;
    }
    default:
      throw new Error(`nobody asks ${JSON.stringify(question satisfies never)}`);
  }
}

/** The `Cookie` header of a new login, by the exercise's door. */
async function cookieOf(personId: string): Promise<string> {
  const { enter } = server.signIn.signIn("127.0.0.1");
  const entered = await enter?.(new Request(server.url), { personId, to: "/" });
  if (!(entered instanceof Response)) throw new Error(`${personId} cannot enter`);
  const cookies = entered.headers.getSetCookie();
  return cookies.map((cookie) => cookie.split(";", 1)[0] ?? "").join("; ");
}

async function asChair(): Promise<CommandContext> {
  const viewer = await findViewer(db.read, { personId: CHAIR, loginId: "bench" });
  const { notices, signIn, url: origin } = server;
  const newId = (): string => randomBytes(12).toString("base64url");
  return {
    db,
    rooms,
    notices,
    accounts: signIn.accounts,
    uploads: createUploads({ data: db.folder, onFull: () => undefined }),
    viewer,
    now: Date.now,
    newId,
    newToken: newId,
    origin,
  };
}

/** Every pair of versions, the live text among them, as the page of a comparison makes it; by pair, in ms. */
async function compareAll(textId: string, times: number): Promise<Record<string, number[]>> {
  const ids = [...(await listVersions(db.read, textId)).map(({ id }) => id), "live"];
  const wordingOf = async (id: string) => {
    if (id === "live") return rooms.wording(textId);
    const version = await findVersionDocument(db.read, { textId, versionId: id });
    if (version === null) throw new Error(`there is no version ${id}`);
    return { seq: version.seq, document: documentOf(version) };
  };
  await rooms.wording(textId);
  const taken: Record<string, number[]> = {};
  for (let time = 0; time < times; time += 1) {
    for (const [at, a] of ids.entries()) {
      for (const b of ids.slice(at + 1)) {
        const startedAt = performance.now();
        const before = await wordingOf(a);
        const after = await wordingOf(b);
        const { carries, attribution } = await rooms.inside(textId);
        const seqs = { a: before.seq, b: after.seq };
        const documents = { a: before.document, b: after.document };
        compareDocuments({ ...documents, carries, attribution, seqs });
        (taken[`${a} → ${b}`] ??= []).push(performance.now() - startedAt);
      }
    }
  }
  return taken;
}

/** Megabytes that the process holds more once a drafter has typed a letter and a reader has the paper. */
async function memoryOf(textId: string): Promise<number> {
  const before = held();
  await typeLetter(textId);
  await rooms.paper(textId);
  await new Promise((done) => {
    setTimeout(done, 500);
  });
  return (held() - before) / 1e6;
}

/** Opens the text for a drafter's page and puts one letter through the gate, whose copy is made by that. */
async function typeLetter(textId: string): Promise<void> {
  const page = createTextDoc();
  let isSaved: () => void = () => {};
  const saved = new Promise<void>((done) => {
    isSaved = done;
  });
  const author = { personId: CHAIR, delegationId: null, loginId: null };
  let frames = 0;
  const seat = await rooms.join(textId, {
    author,
    name: "The Chair",
    siglum: "Chair",
    mayWrite: true,
    close: (_code, reason) => {
      throw new Error(`the page was closed: ${reason}`);
    },
    send: () => {
      frames += 1;
      if (frames === 2) isSaved();
    },
  });
  const { document } = await rooms.wording(textId);
  const stateVector = Y.encodeStateVector(page);
  seat.receive(
    encodeClientFrame([{ type: "hello", schema: SCHEMA_VERSION, client: page.clientID, stateVector }]),
  );
  const state = await rooms.hold(textId, (turn) => Promise.resolve(turn.state()));
  Y.applyUpdate(page, state);
  const before = Y.encodeStateVector(page);
  const map = paragraphsOf(page).get(document.paragraphs[0]?.id ?? "");
  (map && wordsOf(map))?.insert(0, "x", {});
  const update = Y.encodeStateAsUpdate(page, before);
  seat.receive(encodeClientFrame([{ type: "edit", no: 1, first: true, update, caret: null }]));
  await saved;
  seat.leave();
  page.destroy();
}

function held(): number {
  for (let time = 0; time < 4; time += 1) collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function garbageCollector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
}
