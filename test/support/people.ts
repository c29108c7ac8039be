/** Contexts for commands, loaders and actions as different people, over a fresh database and real accounts. */
import { randomBytes } from "node:crypto";
import { onTestFinished } from "vitest";
import type { AppLoadContext, NoticeAudience } from "#app/commands/context.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import { createUploads } from "#app/server/uploads.ts";
import type { Database } from "#db/database.ts";
import { readingsInFiles } from "#db/reference/load.ts";
import { entity, person } from "#db/schema/people.ts";
import { findViewer } from "#db/stores/viewer.ts";
import { temporaryDatabase } from "./database.ts";
import { insertPeople } from "./server.ts";
import { noAccounts, noSignIn } from "./no-sign-in.ts";

type Told = { readonly audience: NoticeAudience; readonly topic: string };

export type Hall = {
  readonly db: Database;
  /** What was told to whom, in order. */
  readonly told: readonly Told[];
  /** Whose rights were said to have changed, in order. */
  readonly rights: readonly string[];
  /** What a command, loader or action gets when this person asks; null: the public. */
  as(personId: string | null): Promise<AppLoadContext>;
  /** Tells what others than commands tell. */
  tell(audience: NoticeAudience, topic: string): void;
  /** Sets the clock forward. */
  wait(ms: number): void;
};

/**
 * Session `s` of `insertPeople` (Amara chairs, Bilal heads Lemuria, Chiara drafts, Dario has no part), with Sela of the
 * installation's secretariat, Erin who was invited for Lemuria and has no part yet, and the entity `nor` outside of the session.
 */
export async function openHall(accounts?: AppLoadContext["accounts"]): Promise<Hall> {
  const db = temporaryDatabase();
  await db.write(async (tx) => {
    await insertPeople(tx);
    await tx.insert(person).values({ id: "sela", name: "Sela", secretariat: true, createdAt: 1 });
    await tx.insert(person).values({ id: "erin", name: "Erin", entityId: "lem", createdAt: 1 });
    const norland = { code: "NOR", names: { en: "Norland" }, alphabet: "norland" };
    await tx.insert(entity).values({ id: "nor", kind: "exercise-state", ...norland });
    const real = { code: "REA", names: { en: "Realia" }, alphabet: "realia" };
    await tx.insert(entity).values({ id: "rea", kind: "member-state", ...real });
  });
  const told: Told[] = [];
  const rights: string[] = [];
  let now = Date.UTC(2026, 10, 23, 12);
  const notHere = (): never => {
    throw new Error("no test of people and sessions comes this far");
  };
  const uploads = createUploads({ data: db.folder, onFull: notHere });
  const inFiles = readingsInFiles();
  onTestFinished(() => void told.splice(0));
  return {
    db,
    told,
    rights,
    wait: (ms) => void (now += ms),
    tell: (audience, topic) => void told.push({ audience, topic }),
    async as(personId) {
      const viewer: Viewer =
        personId === null ? { kind: "public" } : await findViewer(db.read, { personId, loginId: "login" });
      const rooms = new Proxy({} as AppLoadContext["rooms"], { get: notHere });
      return {
        db,
        rooms,
        viewer,
        notices: {
          tell: (audience, topic) => void told.push({ audience, topic }),
          rightsChanged: (who) => void rights.push(who),
        },
        uploads,
        accounts: accounts ?? noAccounts(notHere),
        now: () => now,
        newId: () => randomBytes(12).toString("base64url"),
        newToken: () => randomBytes(32).toString("base64url"),
        origin: "http://here",
        signIn: noSignIn(notHere),
        readImport: notHere,
        readingsInFiles: inFiles,
        report: notHere,
        nonce: "",
        mode: "exercise",
        paper: new Map(),
        theme: { theme: "system", large: false },
        language: "en",
      };
    },
  };
}

/** What was done; throws when it was refused. */
export function done<T>(result: T): Exclude<T, { readonly refused: true }> {
  if (isRefusal(result)) throw new Error(`refused: ${JSON.stringify(result)}`);
  return result as Exclude<T, { readonly refused: true }>;
}

/** The code of a refusal, or of its first field; throws when it was done. */
export function refusedFor(result: unknown): string {
  if (!isRefusal(result)) throw new Error(`done, not refused: ${JSON.stringify(result)}`);
  return Object.values(result.fields ?? {})[0] ?? result.code;
}
