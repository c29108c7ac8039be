/**
 * A production server with a session of three delegations and one that is withdrawn, officers, an observer, drafters and
 * people from outside. All of it is made by the real commands; every name and address of a person is a mark.
 */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Writable } from "node:stream";
import { addAgendaItem } from "#app/commands/add-agenda-item.ts";
import { addDelegate } from "#app/commands/add-delegate.ts";
import { addDelegation } from "#app/commands/add-delegation.ts";
import { addTopic } from "#app/commands/add-topic.ts";
import { appointOfficer } from "#app/commands/appoint-officer.ts";
import type { CommandContext } from "#app/commands/context.ts";
import { createSession } from "#app/commands/create-session.ts";
import { followLink } from "#app/commands/follow-link.ts";
import { invitePerson } from "#app/commands/invite-person.ts";
import { nameForDelegation } from "#app/commands/name-for-delegation.ts";
import { removeDelegate } from "#app/commands/remove-delegate.ts";
import { scheduleMeeting } from "#app/commands/schedule-meeting.ts";
import { seatFirstHead } from "#app/commands/seat-first-head.ts";
import { suspendPerson } from "#app/commands/suspend-person.ts";
import { may } from "#app/rules/permissions.ts";
import type { Office, Viewer } from "#app/rules/viewer.ts";
import { readEnv } from "#app/server/env.ts";
import { createLog } from "#app/server/log.ts";
import { type RunningServer, startServer } from "#app/server/serve.ts";
import { createUploads } from "#app/server/uploads.ts";
import { putEntity } from "#db/stores/entity.ts";
import { putGroup } from "#db/stores/group.ts";
import { listPeople } from "#db/stores/person.ts";
import { findTopic } from "#db/stores/topic.ts";
import { findViewer } from "#db/stores/viewer.ts";
import { codeAt } from "#test/support/authenticator.ts";
import { done } from "#test/support/people.ts";
import { cookiesOf, SECRET } from "#test/support/server.ts";
import type { Role, Site } from "./browser.ts";
import { createMarks, type Marks } from "./marks.ts";

export const PASSWORD = "an ordinary river bends twice";
const HOST = "localhost:3000";

/** The delegations by the letter that they have here. */
export const LETTERS = ["a", "b", "c", "d"] as const;
export type Letter = (typeof LETTERS)[number];

/** It has a head alone, and is withdrawn before anybody looks. */
export const WITHDRAWN = "d";

/** Who writes in a delegation's name. */
export function writerOf(letter: Letter): string {
  return letter === WITHDRAWN ? `${letter}-head` : `${letter}-editor`;
}

export type House = {
  readonly server: RunningServer;
  readonly site: Site;
  readonly marks: Marks;
  readonly sessionId: string;
  readonly otherSessionId: string;
  readonly itemId: string;
  readonly topicId: string;
  readonly stanceIds: readonly string[];
  readonly groupId: string;
  readonly meetingId: string;
  readonly delegations: Readonly<Record<Letter | "observer", string>>;
  /** Ids of persons by what they are called here: "a-head", "chair", "former". */
  readonly people: ReadonlyMap<string, string>;
  /** Of authenticator apps, and recovery codes. */
  readonly secrets: readonly string[];
  /** Of one-time links; the last was not followed yet. */
  readonly tokens: readonly string[];
  /** What a command gets when this person acts; `newId` may bring ids that are marks. */
  as(who: string, newId?: () => string): Promise<CommandContext>;
  viewerOf(who: string): Promise<Viewer>;
  /** Every browser there is; made anew, since rights are read when it is made. */
  roles(): Promise<readonly Role[]>;
  /** The log so far. */
  log(): string;
  close(): Promise<void>;
};

const newId = (): string => randomBytes(12).toString("base64url");

const OFFICERS: readonly (readonly [string, Office])[] = [
  ["chair", "chair"],
  ["vice-chair", "vice-chair"],
  ["facilitator", "facilitator"],
  ["office", "secretariat"],
];
const SEATS = ["head", "editor", "reader"] as const;
const seatsOf = (letter: Letter) => (letter === WITHDRAWN ? SEATS.slice(0, 1) : SEATS);

export async function openHouse(): Promise<House> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "chapeau-leaks-"));
  const lines: string[] = [];
  const sink = new Writable({
    write(piece: Buffer, _encoding, written) {
      lines.push(piece.toString());
      written();
    },
  });
  const env = {
    ...readEnv({}),
    mode: "production" as const,
    origin: `http://${HOST}`,
    secret: SECRET,
    data: folder,
    port: 0,
  };
  const server = await startServer({ env, log: createLog(env.logLevel, sink) });
  const marks = createMarks();
  const { db, rooms, notices } = server;
  const uploads = createUploads({
    data: folder,
    onFull(error) {
      throw error;
    },
  });
  const people = new Map<string, string>();
  const parts = { db, rooms, notices, uploads, accounts: server.signIn.accounts, now: Date.now };
  const viewerOf = async (who: string): Promise<Viewer> => {
    const personId = people.get(who);
    return personId === undefined
      ? { kind: "public" }
      : findViewer(db.read, { personId, loginId: `command-${who}` });
  };
  const tokens: string[] = [];
  const newToken = (): string => {
    const mark = marks.plant({ what: "token of a one-time link", may: () => false });
    tokens.push(`${mark}${randomBytes(16).toString("hex")}`);
    return tokens.at(-1) ?? "";
  };
  const as = async (who: string, ids = newId): Promise<CommandContext> => ({
    ...parts,
    newId: ids,
    newToken,
    viewer: await viewerOf(who),
    origin: env.origin,
  });

  // The first of the secretariat comes in by the link that the start has printed.
  const secretary = "secretariat";
  const first = {
    token: (server.firstLink ?? "").split("/").at(-1) ?? "",
    name: "Sela",
    email: "sela@example.org",
  };
  done(await followLink(await as("public"), { ...first, password: PASSWORD }));
  const [row] = await listPeople(db.read);
  people.set(secretary, row?.id ?? "");

  const emails = new Map<string, string>([[secretary, first.email]]);
  const facts = { body: "Standing Group", kind: "plenary", symbol: "SG/1", venue: "Room 1" };
  const dayFrom = (after: number) => new Date(Date.now() + after * 86_400_000).toISOString().slice(0, 10);
  // A meeting is going on while it stands, whatever the hour at the venue.
  const days = { from: dayFrom(-2), to: dayFrom(4), timeZone: "America/New_York", exercise: true };
  const session = async (title: string) =>
    done(await createSession(await as(secretary), { title, ...facts, ...days })).sessionId;
  const sessionId = await session("First session");
  const otherSessionId = await session("Second session");

  const entities = { a: "leak-a", b: "leak-b", c: "leak-c", d: "leak-d", observer: "leak-o" } as const;

  /** Invited, and with a password. Names of delegates are for those who take part, addresses for the secretariat. */
  async function invite(who: string, entityId: string | null, isPublic = false): Promise<void> {
    const self = (viewer: Viewer) => viewer.kind === "person" && viewer.personId === people.get(who);
    const manages = (viewer: Viewer) =>
      self(viewer) || may("managePeople", viewer, { kind: "installation" }) === true;
    const named = (viewer: Viewer) =>
      manages(viewer) ||
      may("appointOfficer", viewer, { kind: "session", sessionId }) === true ||
      may("readDelegates", viewer, { kind: "session", sessionId }) === true;
    // Who has no seat is on the lists of those who give seats and offices alone.
    const must = entityId === null || entityId === entities[WITHDRAWN] ? manages : named;
    const name = isPublic ? `Officer ${who}` : marks.plant({ what: `name of ${who}`, may: named, must });
    const email = `${marks.plant({ what: `address of ${who}`, may: manages, at: ["people"], must: (viewer) => may("managePeople", viewer, { kind: "installation" }) === true })}@example.org`;
    const invited = done(
      await invitePerson(await as(secretary), { name, email, secretariat: false, entityId }),
    );
    people.set(who, invited.personId);
    const token = invited.address.split("/").at(-1) ?? "";
    done(await followLink(await as("public"), { token, password: PASSWORD }));
    emails.set(who, email);
  }

  await db.write(async (tx) => {
    for (const [letter, id] of Object.entries(entities)) {
      const kind = letter === "observer" ? "exercise-organization" : "exercise-state";
      const name = `Land of ${letter.toUpperCase()}`;
      await putEntity(tx, {
        id,
        kind,
        code: `L${letter.slice(0, 1).toUpperCase()}K`,
        names: { en: name },
        alphabet: name,
      });
    }
    // Three that do not take part, one of them of the group.
    for (const letter of ["e", "f", "g"]) {
      const name = `Land of ${letter.toUpperCase()}`;
      const code = `L${letter.toUpperCase()}K`;
      await putEntity(tx, {
        id: `leak-${letter}`,
        kind: "exercise-state",
        code,
        names: { en: name },
        alphabet: name,
      });
    }
    const group = { id: "leak-group", kind: "negotiating", code: "LKG", names: { en: "Group of lands" } };
    await putGroup(tx, { ...group, exercise: true }, [
      { entityId: entities.a },
      { entityId: entities.b },
      { entityId: "leak-e" },
    ]);
  });
  const delegations: Record<string, string> = {};
  for (const [letter, entityId] of Object.entries(entities)) {
    const capacity = letter === "observer" ? "observer" : "participant";
    const added = await addDelegation(await as(secretary), { sessionId, entityId, capacity });
    delegations[letter] = done(added).delegationId;
  }
  for (const [who, office] of OFFICERS) {
    await invite(who, null, true);
    done(await appointOfficer(await as(secretary), { sessionId, personId: people.get(who) ?? "", office }));
  }
  for (const letter of LETTERS) {
    for (const role of seatsOf(letter)) await invite(`${letter}-${role}`, entities[letter]);
  }
  await invite("observer", entities.observer);
  await invite("former", entities.a);
  await invite("suspended", entities.a);
  await invite("outsider", null);
  // A link that nobody has followed yet.
  const later = { name: "Somebody invited", email: "invited@example.org", secretariat: false };
  done(await invitePerson(await as(secretary), later));
  const seat = async (letter: Letter, who: string, role: (typeof SEATS)[number]) => {
    const personId = people.get(who) ?? "";
    return done(
      await addDelegate(await as(`${letter}-head`), {
        delegationId: delegations[letter] ?? "",
        personId,
        role,
      }),
    );
  };
  for (const [letter, delegationId] of Object.entries(delegations)) {
    const personId = people.get(letter === "observer" ? "observer" : `${letter}-head`) ?? "";
    done(await seatFirstHead(await as(secretary), { delegationId, personId }));
  }
  for (const letter of LETTERS) {
    for (const role of seatsOf(letter).slice(1)) await seat(letter, `${letter}-${role}`, role);
  }
  // Two who were of A: one is now of B, the other is kept out.
  const { delegateId } = await seat("a", "former", "editor");
  await seat("a", "suspended", "editor");

  const chair = await as("chair");
  const topic = { title: "Care", question: "Must it act?", scale: ["Duty", "Voluntary"], exercise: true };
  const { topicId } = done(await addTopic(await as(secretary), topic));
  const item = { sessionId, parentId: null, number: "1", title: "Care", note: "", topicIds: [topicId] };
  const { itemId } = done(await addAgendaItem(chair, item));
  const startsAt = Date.now() - 3_600_000;
  const hours = { mode: "formal" as const, startsAt, endsAt: startsAt + 7_200_000, room: "1" };
  const { meetingId } = done(await scheduleMeeting(chair, { sessionId, ...hours }));
  const made = await findTopic(db.read, topicId);

  const signIn = async (who: string): Promise<string> => {
    const email = emails.get(who) ?? "";
    const request = new Request(`http://${HOST}/sign-in`, { headers: { "user-agent": "a test" } });
    const answer = await server.signIn
      .signIn("127.0.0.1")
      .withPassword(request, { email, password: PASSWORD, to: "/", proven: true });
    if (!(answer instanceof Response)) throw new Error(`${who} cannot sign in: ${answer.code}`);
    return cookiesOf(answer);
  };
  const suspended = await signIn("suspended");
  const expired = await signIn("a-head");
  const cookies = new Map<string, string>();
  const secrets: string[] = [];

  return {
    server,
    site: { url: server.url, host: HOST, origin: env.origin },
    marks,
    sessionId,
    otherSessionId,
    itemId,
    topicId,
    stanceIds: (made?.scale ?? []).map(({ id }) => id),
    groupId: "leak-group",
    meetingId,
    delegations: delegations as House["delegations"],
    people,
    secrets,
    tokens,
    as,
    viewerOf,
    async roles() {
      if (cookies.size === 0) {
        await leave();
        for (const who of people.keys()) {
          if (who !== "suspended") cookies.set(who, await signIn(who));
        }
        await turnCodesOn();
      }
      const inside = [...cookies].map(async ([name, cookie]) => {
        const login = await server.signIn.logins.viewerOf(cookie);
        return { name, cookie, viewer: login };
      });
      const nobody = { kind: "public" } as const;
      return [
        { name: "anonymous", cookie: "", viewer: nobody },
        { name: "expired", cookie: expired, viewer: nobody },
        { name: "suspended", cookie: suspended, viewer: nobody },
        ...(await Promise.all(inside)),
      ];
    },
    log: () => lines.join(""),
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };

  /** Two leave A, one for B and one for good, and a login ends. */
  async function leave(): Promise<void> {
    done(await removeDelegate(await as("a-head"), { delegateId }));
    const personId = people.get("former") ?? "";
    done(await nameForDelegation(await as(secretary), { personId, entityId: entities.b }));
    await seat("b", "former", "editor");
    const out = people.get("suspended") ?? "";
    done(await suspendPerson(await as(secretary), { personId: out, suspended: true }));
    const request = new Request(`http://${HOST}/sign-out`, { headers: { cookie: expired } });
    await server.signIn.signIn("127.0.0.1").signOut(request, "/");
  }

  /** Somebody has authenticator codes on, and somebody else has begun to turn them on. */
  async function turnCodesOn(): Promise<void> {
    const { codes } = server.signIn.signIn("127.0.0.1");
    for (const who of ["outsider", "b-reader"]) {
      const cookie = cookies.get(who) ?? "";
      const request = new Request(`http://${HOST}/account/codes`, { headers: { cookie } });
      const login = await server.signIn.logins.viewerOf(cookie);
      if (login.kind !== "person") throw new Error(`${who} is not signed in`);
      const { secret } = done(await codes.begin(request, { ...login, password: PASSWORD }));
      secrets.push(secret);
      if (who !== "outsider") continue;
      const on = done(await codes.turnOn(request, { ...login, code: codeAt(secret, Date.now()) }));
      secrets.push(...on.recoveryCodes);
      cookies.set(who, on.cookies.map((one) => one.split(";", 1)[0] ?? "").join("; "));
    }
  }
}
