/**
 * Files that people put in: PDF and Word documents up to 25 MB, kept in the data folder under `uploads/` by the hash of
 * their bytes. A row of `upload` says what a file is called and whose it is; without one nobody can ask for it.
 */
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { Worker } from "node:worker_threads";
import type { FileToTake, TakenFile, Uploads } from "#app/commands/context.ts";
import { MOST_FILE_BYTES, cleanFileName, noRoomFor, placeOf } from "#app/rules/files.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { Seen } from "./uploads-look.ts";

/** A file that takes longer, or more memory, is made to. */
const LIMITS = { ms: 20_000, memoryBytes: 512 * 1024 * 1024 };
const WATCH_MS = 50;
/** Files that wait to be looked into: of all, and of those who put in together (a delegation, or the officers). */
const MOST_WAITING = { all: 8, ofOne: 2 };
const SHA256 = /^[0-9a-f]{64}$/;

export type UploadFolder = Uploads & {
  /** At the start: throws away what was being written when the process before was cut off. Returns how many went. */
  sweep(): Promise<number>;
};

/** `data`: the data folder. */
export function createUploads(options: {
  readonly data: string;
  readonly limits?: typeof LIMITS;
  /** Hears of a full disk. */
  readonly onFull: (error: unknown) => void;
}): UploadFolder {
  const { data, limits = LIMITS, onFull } = options;
  const folder = path.join(data, "uploads");
  let last: Promise<unknown> = Promise.resolve();
  const waiting = new Map<string, number>();
  /** Bytes, by hash, on which an act is at work. */
  const held = new Map<string, number>();
  let holds = 0;

  function hold(sha256: string): void {
    holds += 1;
    held.set(sha256, (held.get(sha256) ?? 0) + 1);
  }

  /** Whether nobody else holds it. */
  function unhold(sha256: string): boolean {
    const left = (held.get(sha256) ?? 1) - 1;
    if (left > 0) held.set(sha256, left);
    else held.delete(sha256);
    return left <= 0;
  }

  /** One file after the other. */
  function lookIn(bytes: Uint8Array<ArrayBuffer>): Promise<Seen | null> {
    const looked = last.then(() => lookInThread(bytes, limits));
    last = looked.catch(() => undefined);
    return looked;
  }

  /** Written, synced, named: under its name there is the whole file or none. One that is there is made anew. */
  async function keep(sha256: string, bytes: Uint8Array): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const part = path.join(folder, `${sha256}.${randomBytes(6).toString("hex")}.part`);
    try {
      const file = await open(part, "wx", 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(part, path.join(folder, sha256));
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
    await syncFolder(folder);
  }

  async function take(file: FileToTake, room: number): Promise<Refusal | TakenFile> {
    const bytes = await readWithin(file.stream());
    if (bytes === null) return wrong("file-too-large");
    const size = bytes.length;
    if (size === 0) return wrong("file-missing");
    if (size > room) return noRoomFor(room);
    const seen = await lookIn(bytes);
    if (seen === null) return wrong("file-bomb");
    if (seen.kind === "refused") return wrong(seen.code);
    const name = cleanFileName(file.name, seen.type);
    if (isRefusal(name)) return name;
    const { sha256, type, words } = seen;
    if (placeOf({ size, words }) > room) return noRoomFor(room);
    hold(sha256);
    try {
      await keep(sha256, bytes);
    } catch (error) {
      unhold(sha256);
      if (!isFull(error)) throw error;
      onFull(error);
      return refuse("unavailable", "storage-full");
    }
    return { sha256, size, type, name, words };
  }

  return {
    async take(file, whose) {
      const who = `${whose.sessionId} ${whose.delegationId ?? ""}`;
      const all = [...waiting.values()].reduce((sum, count) => sum + count, 0);
      if (all >= MOST_WAITING.all || (waiting.get(who) ?? 0) >= MOST_WAITING.ofOne) {
        return refuse("too-many", "files-waiting");
      }
      waiting.set(who, (waiting.get(who) ?? 0) + 1);
      try {
        return await take(file, whose.room ?? Number.POSITIVE_INFINITY);
      } finally {
        const left = (waiting.get(who) ?? 1) - 1;
        if (left > 0) waiting.set(who, left);
        else waiting.delete(who);
      }
    },
    async letGo(sha256, isOnRecord) {
      if (!unhold(sha256)) return;
      let before: number;
      let isKept: boolean;
      do {
        before = holds;
        isKept = await isOnRecord();
        // Whoever has taken a file meanwhile may have put just this one on record.
      } while (holds !== before);
      // Nobody can come between: what is taken after this is written after it.
      if (!isKept && !held.has(sha256)) rmSync(path.join(folder, sha256), { force: true });
    },
    async open(sha256) {
      if (!SHA256.test(sha256)) return null;
      const file = await open(path.join(folder, sha256), "r").catch(() => null);
      if (file === null) return null;
      return Readable.toWeb(file.createReadStream()) as ReadableStream<Uint8Array>;
    },
    async sweep() {
      const names = await readdir(folder).catch(() => []);
      const halves = names.filter((name) => name.endsWith(".part"));
      for (const name of halves) await rm(path.join(folder, name), { force: true });
      return halves.length;
    },
  };
}

const wrong = (code: string) => refuse("invalid", "check-fields", { fields: { file: code } });

/** Null when it is more than is taken. */
async function readWithin(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer> | null> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of stream) {
    size += piece.length;
    if (size > MOST_FILE_BYTES) return null;
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}

/** Null when it takes more time or memory than any honest file. */
function lookInThread(bytes: Uint8Array, limits: typeof LIMITS): Promise<Seen | null> {
  const copy = new Uint8Array(bytes);
  const worker = new Worker(new URL("./uploads-thread.ts", import.meta.url), {
    workerData: copy,
    transferList: [copy.buffer],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 256 },
    stdout: true,
    stderr: true,
  });
  const before = process.memoryUsage.rss();
  return new Promise<Seen | null>((resolve) => {
    const timer = setTimeout(() => resolve(null), limits.ms);
    // A thread's own limit does not count the bytes that it unpacks.
    const watch = setInterval(() => {
      if (process.memoryUsage.rss() - before > limits.memoryBytes) resolve(null);
    }, WATCH_MS);
    worker.once("message", (seen: Seen) => resolve(seen));
    worker.once("error", () => resolve(null));
    worker.once("exit", () => {
      clearTimeout(timer);
      clearInterval(watch);
      resolve(null);
    });
  }).finally(() => worker.terminate());
}

function isFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
