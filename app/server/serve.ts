/** Puts the process together and takes it apart: database → notices → rooms → pages → socket → listen, and back. */
import { randomBytes } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { AppLoadContext } from "#app/commands/context.ts";
import { refuseWhenFull } from "#app/commands/full-disk.ts";
import { keepVersion } from "#app/commands/keep-version.ts";
import { may } from "#app/rules/permissions.ts";
import type { Rooms } from "#collab/server/room.ts";
import { createRooms } from "#collab/server/rooms.ts";
import { type Timers, systemTimers } from "#collab/server/timers.ts";
import type { Database } from "#db/database.ts";
import { readingsInFiles } from "#db/reference/load.ts";
import { findSessionNow } from "#db/stores/session-now.ts";
import { findTextDoor } from "#db/stores/text-audience.ts";
import { prepareViewers } from "#db/stores/viewer.ts";
import { createCodeDoor } from "./code-door.ts";
import { type Env, isLoopback } from "./env.ts";
import { createFront, type Front } from "./front.ts";
import { originOf } from "./guards.ts";
import { createHttp } from "./http.ts";
import { languageOf } from "./language.ts";
import { createLive } from "./live.ts";
import { createLog, type Log } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { createNotices, type NoticeStreams } from "./notices.ts";
import { openFolder } from "./open-folder.ts";
import { createPages } from "./pages.ts";
import { paced } from "./paced.ts";
import { createReading } from "./reading.ts";
import { fillFolder, indexFolder, prepareFolder } from "./prepare.ts";
import { createSearchTexts, type SearchTexts } from "./search-texts.ts";
import { secretOf } from "./secret.ts";
import { openSignIn, type SignInDesk } from "./sign-in/open.ts";
import { signInPeople } from "./sign-in/people.ts";
import { createSockets } from "./socket.ts";
import { createTextDoors } from "./text-doors.ts";
import { themeOf } from "./theme.ts";
import { createUploads } from "./uploads.ts";
import { warmUp } from "./warm-up.ts";

export type RunningServer = {
  /** `http://127.0.0.1:3000`, without a slash at the end. */
  readonly url: string;
  /** What a browser must enter once, when an exercise is open to a network. */
  readonly code: string | null;
  /** In production, while nobody of the secretariat has an account: where the first one makes it. */
  readonly firstLink: string | null;
  readonly db: Database;
  readonly rooms: Rooms;
  readonly notices: NoticeStreams;
  readonly signIn: SignInDesk;
  readonly search: SearchTexts;
  /** Stops accepting, sends pages away for a moment, flushes, closes. */
  close(): Promise<void>;
};

export type ServeOptions = {
  readonly env: Env;
  /** Pages from source by Vite. */
  readonly development?: boolean;
  readonly log?: Log;
  /** Milliseconds. */
  readonly now?: () => number;
  /** By which sign-in waits; real ones unless a test brings its own. */
  readonly timers?: Timers;
  /** Play the exercise into an empty folder: true unless a test brings its own people. */
  readonly playExercise?: boolean;
  /** Hears what the start is doing, when it takes a while. */
  readonly onProgress?: (line: string) => void;
};

const newId = (): string => randomBytes(12).toString("base64url");
const newToken = (): string => randomBytes(32).toString("base64url");

/** Throws with a sentence when it cannot start; then nothing is left open. */
export async function startServer(options: ServeOptions): Promise<RunningServer> {
  // Taken back in reverse order, at the end or when the start fails halfway.
  const undo: (() => unknown)[] = [];
  try {
    return await putTogether(options, undo);
  } catch (error) {
    for (const step of undo.toReversed()) await step();
    throw error;
  }
}

async function putTogether(options: ServeOptions, undo: (() => unknown)[]): Promise<RunningServer> {
  const { env, development = false, now = Date.now } = options;
  const log = options.log ?? createLog(env.logLevel);
  const report = (err: unknown): void => log.error({ err }, "Something failed.");
  const metrics = createMetrics({ streams: () => notices.count(), rooms: () => rooms.counts() });
  undo.push(metrics.close);
  const db = await openFolder({ ...options, onSlowWrite: metrics.slowWrite, onSearchFault: report });
  undo.push(async () => {
    await db.settled();
    db.close();
  });
  await prepareFolder({ db, mode: env.mode, now });
  const secret = secretOf(env.secret, env.data);
  const doors = createTextDoors({ find: (textId) => findTextDoor(db.read, textId), now });

  const timers = options.timers ?? systemTimers(now);
  const signIn = await openSignIn({
    folder: env.data,
    mode: env.mode,
    secret,
    origin: env.origin ?? "http://localhost",
    secure: env.tls !== null || env.origin?.startsWith("https://") === true,
    people: signInPeople(db, now, (personId) => notices.tell({ kind: "person", personId }, "account")),
    findViewer: prepareViewers(db.read),
    timers,
    newId,
    ended(login) {
      notices.endLogin(login.loginId);
      sockets.endLogin(login);
    },
    counted: (what) => (what === "login" ? metrics.signedIn() : metrics.refused("sign-in")),
  });
  undo.push(signIn.close);
  const { logins, accounts } = signIn;
  const http = createHttp(env, {
    request: (req, res) => front.request(req, res),
    upgrade: (req, socket, head) => front.upgrade(req, socket, head),
  });
  undo.push(http.end);

  const notices = createNotices({
    doors,
    viewerOf: logins.viewerOf,
    onRightsChanged(personId) {
      logins.dropPerson(personId);
      sockets.rightsChanged(personId);
    },
    onTell(audience) {
      // What is kept of the thing that a notice is about is old.
      if (audience.kind === "session") live.dropSession(audience.sessionId);
      if (audience.kind !== "text") return;
      doors.drop(audience.textId);
      live.dropText(audience.textId);
      search.written();
    },
    onSent: metrics.noticeSent,
    onError: report,
  });

  const rooms = createRooms({
    db,
    now,
    log: (level, message, fields) => log[level](fields, message),
    onIdle(textId) {
      keepVersion({ db, rooms, notices, now, newId }, { textId, reason: "idle" }).catch(report);
    },
    onLateWords(textId) {
      tell("bureau", textId, `late:${textId}`).catch(report);
    },
    // Every page of the text says so by itself, readers' pages too.
    onReopened(textId) {
      tell("readers", textId, `versions:${textId}`).catch(report);
    },
  });
  rooms.onPaper((textId) => {
    live.dropText(textId);
    search.written();
    tell("readers", textId, `text:${textId}`).catch(report);
  });

  async function tell(who: "readers" | "bureau", textId: string, topic: string): Promise<void> {
    const door = await doors.find(textId);
    if (door === null) return;
    notices.tell({ kind: "text", textId, sessionId: door.sessionId, who }, topic);
  }

  const live = createLive({
    rooms,
    findDoor: doors.find,
    async findSession(viewer, sessionId) {
      if (may("readSession", viewer, { kind: "session", sessionId }) !== true) return null;
      return findSessionNow(db.read, { sessionId, now: now() });
    },
  });
  const sockets = createSockets({
    rooms,
    viewerOf: logins.viewerOf,
    findDoor: doors.find,
    onRefused: () => metrics.refused("socket"),
    onError: report,
  });
  const search = createSearchTexts({ db, rooms }, { timers, onError: report });
  undo.push(sockets.close, notices.close, rooms.close, search.close);

  const commandDb = refuseWhenFull(db, report);
  const uploads = createUploads({ data: env.data, onFull: report });
  await uploads.sweep();
  const alive = { db, rooms, notices, accounts, uploads, now, newId, newToken };
  const { firstLink } = await fillFolder(alive, options);
  await indexFolder({ db, search }, options);

  let isClosing = false;
  let pages: RequestListener = (_req, res) => void res.writeHead(503).end();
  const codeDoor = env.mode === "exercise" && !isLoopback(env.listen) ? createCodeDoor(secret) : null;
  const front: Front = createFront({
    env,
    development,
    codeDoor,
    logins,
    notices,
    live,
    sockets,
    metrics,
    log,
    pages: () => pages,
    isClosing: () => isClosing,
  });
  const readImport = createReading();
  const inFiles = readingsInFiles();
  type Asked = Pick<AppLoadContext, "viewer" | "origin" | "nonce" | "theme" | "language"> & {
    readonly address: string;
  };
  const contextFor = ({ address, ...asked }: Asked): AppLoadContext => ({
    ...alive,
    ...asked,
    db: commandDb,
    readImport,
    readingsInFiles: inFiles,
    signIn: signIn.signIn(address),
    mode: env.mode,
    paper: new Map(),
    report,
  });
  const contextOf = async (req: IncomingMessage, res: ServerResponse): Promise<AppLoadContext> => {
    const { caller, nonce } = front.passed(req);
    const context = contextFor({
      address: caller.address,
      viewer: await logins.viewerOf(req.headers.cookie),
      origin: originOf(env, caller),
      nonce,
      theme: themeOf(req.headers.cookie),
      language: languageOf(req.headers),
    });
    const open = async (sha256: string) => {
      const bytes = await uploads.open(sha256);
      return bytes && paced(bytes, res);
    };
    return { ...context, uploads: { ...uploads, open } };
  };
  const built = await createPages({ development, contextOf, onError: report });
  undo.push(built.close);
  pages = built.listener;
  if (!development) {
    const asked = { address: "127.0.0.1", viewer: await logins.viewerOf(undefined), nonce: "" };
    const origin = env.origin ?? "http://localhost";
    const unasked = { theme: themeOf(undefined), language: languageOf({}) };
    await warmUp(built.render, contextFor({ ...asked, ...unasked, origin }));
  }
  const url = await http.listen();
  undo.push(http.stopAccepting);

  const close = async (): Promise<void> => {
    isClosing = true;
    for (const step of undo.splice(0).toReversed()) await step();
  };
  const code = codeDoor?.code ?? null;
  return { url, code, firstLink, db, rooms, notices, signIn, search, close };
}
