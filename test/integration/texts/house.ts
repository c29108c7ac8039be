/** A session with a chair, a drafter, delegates, an observer and people from outside, over real rooms. */
import type { AppLoadContext, NoticeAudience } from "#app/commands/context.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import { plainWords } from "#collab/document.ts";
import { readHtmlFile } from "#collab/read-html-parse5.ts";
import { readPlain } from "#collab/read-plain.ts";
import type { Database, WriteTx } from "#db/database.ts";
import { delegate, delegation, entity, officer, person } from "#db/schema/people.ts";
import { drafter } from "#db/schema/text.ts";
import { findViewer } from "#db/stores/viewer.ts";
import { type Page, TEXT, type TestRooms, testRooms } from "#test/support/room.ts";
import { noAccounts, noSignIn } from "#test/support/no-sign-in.ts";

/** Chair; drafter; delegates of LEM and NOR; delegate of an observer; somebody who has no part; nobody. */
export const CAST = ["amara", "bilal", "chiara", "dina", "omar", "eve", "public"] as const;
export type Who = (typeof CAST)[number];

export const BASE = `/sessions/s/texts/${TEXT}`;

async function insertCast(tx: WriteTx, at: number): Promise<void> {
  const others = ["dina", "omar", "eve"].map((id) => ({ id, name: id, createdAt: at }));
  await tx.insert(person).values(others);
  for (const [id, code, capacity] of [
    ["nor", "NOR", "participant"],
    ["obs", "OBS", "observer"],
  ] as const) {
    await tx.insert(entity).values({ id, kind: "exercise-state", code, names: { en: code }, alphabet: id });
    await tx
      .insert(delegation)
      .values({ id: `d-${id}`, sessionId: "s", entityId: id, capacity, createdAt: at });
  }
  const seats = [
    ["bilal", "d-lem"],
    ["chiara", "d-lem"],
    ["dina", "d-nor"],
    ["omar", "d-obs"],
  ] as const;
  for (const [personId, delegationId] of seats) {
    await tx
      .insert(delegate)
      .values({ id: `seat-${personId}`, delegationId, personId, role: "editor", fromAt: at });
  }
  await tx
    .insert(officer)
    .values({ id: "office-amara", sessionId: "s", personId: "amara", office: "chair", fromAt: at });
  await tx
    .insert(drafter)
    .values({ id: "pen-bilal", textId: TEXT, personId: "bilal", appointedBy: "amara", fromAt: at });
}

export type House = TestRooms & {
  readonly told: { readonly audience: NoticeAudience; readonly topic: string }[];
  /** What a command, loader or action gets for this person. */
  as(who: Who): Promise<AppLoadContext>;
  /** Opens the drafter's page. */
  drafting(who?: Who): Promise<Page>;
};

let ids = 0;

export async function openHouse(): Promise<House> {
  const desk = await testRooms();
  const { db, rooms, clock } = desk;
  await db.write((tx) => insertCast(tx, clock.now()));
  const told: House["told"] = [];
  const nobody = (): never => {
    throw new Error("no test asks for accounts here");
  };
  return {
    ...desk,
    told,
    drafting: (who = "bilal") => desk.enter(who, { delegationId: who === "bilal" ? "d-lem" : null }),
    async as(who) {
      return {
        db,
        rooms,
        notices: {
          tell: (audience, topic) => void told.push({ audience, topic }),
          rightsChanged: (personId) =>
            void told.push({ audience: { kind: "person", personId }, topic: "rights" }),
        },
        uploads: { take: nobody, open: nobody, letGo: nobody },
        accounts: noAccounts(nobody),
        viewer: await viewerOf(db, who),
        now: () => clock.now(),
        newId: () => `id${String((ids += 1)).padStart(14, "0")}`,
        newToken: nobody,
        origin: "http://localhost",
        signIn: noSignIn(nobody),
        readImport: ({ source, format, kind }) =>
          Promise.resolve(format === "html" ? readHtmlFile(source, kind) : readPlain(source, kind)),
        readingsInFiles: nobody,
        nonce: "",
        mode: "exercise",
        paper: new Map(),
        theme: { theme: "system", large: false },
        language: "en",
        report: nobody,
      };
    },
  };
}

async function viewerOf(db: Database, who: Who): Promise<Viewer> {
  if (who === "public") return { kind: "public" };
  return findViewer(db.read, { personId: who, loginId: `${who}-login` });
}

/** Throws unless it was no refusal. */
export function done<T>(result: T): Exclude<T, { readonly refused: true }> {
  if (typeof result === "object" && result !== null && "refused" in result) {
    throw new Error(`refused: ${JSON.stringify(result)}`);
  }
  return result as Exclude<T, { readonly refused: true }>;
}

/** The live paragraphs as they read. */
export const words = async (house: House): Promise<string[]> => {
  const { document } = await house.rooms.wording(TEXT);
  return document.paragraphs.map(plainWords);
};

/** A house with two paragraphs written by the drafter, whose page stays open. */
export async function written(): Promise<House & { page: Awaited<ReturnType<House["drafting"]>> }> {
  const house = await openHouse();
  const page = await house.drafting();
  page.write("a", "Decides to establish a register;");
  page.write("b", "Requests the Secretariat to maintain it;");
  await house.settle();
  return { ...house, page };
}
