/** A small but real record: acts, two texts with logs typed by three people, versions, a position, a statement. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as Y from "yjs";
import { rowHash, sha256 } from "#db/canonical.ts";
import type { Database, WriteTx } from "#db/database.ts";
import { delegation, entity, person, referenceCorrection } from "#db/schema/people.ts";
import { proposal, proposalSponsor, proposalWithdrawal } from "#db/schema/proposal.ts";
import {
  agendaChange,
  agendaItem,
  meeting,
  position,
  session,
  statement,
  statementDelivery,
  topic,
  topicChange,
  upload,
} from "#db/schema/session.ts";
import { bracketStance, text, textVersion } from "#db/schema/text.ts";
import { appendEvent } from "#db/stores/event.ts";
import { insertTextAudience } from "#db/stores/text-audience.ts";
import { insertCheckpoint } from "#db/stores/text-checkpoint.ts";
import { claimClient } from "#db/stores/text-client.ts";
import { type NewUpdate, appendUpdates, findTextHead } from "#db/stores/text-log.ts";
import { lockAndUnlock, seatPeople } from "./standing.ts";

/** The same numbers for the same seed (mulberry32); `next(n)` is a whole number from 0 to n − 1. */
export function seededRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

export const PEOPLE = ["amara", "bilal", "chiara"] as const;
export const TEXTS = ["resolution", "report"] as const;
const AT = Date.UTC(2026, 10, 23, 9);

/** Persons, a delegation, an agenda item and two empty texts. */
export async function insertRoom(tx: WriteTx): Promise<void> {
  await tx.insert(person).values(PEOPLE.map((id) => ({ id, name: id, createdAt: AT })));
  await tx.insert(entity).values({
    id: "lem",
    kind: "exercise-state",
    code: "LEM",
    names: { en: "Lemuria" },
    alphabet: "lemuria",
  });
  await tx
    .insert(delegation)
    .values({ id: "d-lem", sessionId: "s", entityId: "lem", capacity: "participant", createdAt: AT });
  await tx.insert(session).values({
    id: "s",
    title: "First session",
    body: "Standing Group",
    kind: "plenary",
    from: "2026-11-23",
    to: "2026-11-27",
    venue: "Conference room 1",
    timeZone: "America/New_York",
    createdAt: AT,
  });
  await tx.insert(agendaItem).values({
    id: "i",
    sessionId: "s",
    order: 1,
    number: "1",
    title: "Sovereignty",
    status: "open",
    statusAt: AT,
    createdAt: AT,
  });
  await tx
    .insert(topic)
    .values({ id: "sovereignty", title: "Sovereignty", question: "?", scale: [], order: 0 });
  for (const id of TEXTS) {
    await tx.insert(text).values({
      id,
      sessionId: "s",
      itemId: "i",
      kind: id,
      title: `The ${id}`,
      symbol: "A/1",
      createdBy: PEOPLE[0],
      createdAt: AT,
    });
    const sha256 = await insertTextAudience(tx, {
      id: `audience-${id}`,
      textId: id,
      audience: "bureau",
      delegationIds: [],
      shows: "live",
      fromSeq: 0,
      setBy: PEOPLE[0],
      setAt: AT,
    });
    await appendEvent(tx, {
      at: AT,
      by: { personId: PEOPLE[0] },
      act: "createText",
      thing: "text",
      thingId: id,
      sessionId: "s",
      detail: { sha256 },
    });
  }
}

/** People who type into one text, each with a Yjs client of their own; `type` makes the next row of the log. */
export function typists(textId: string): {
  readonly clients: readonly { readonly personId: string; readonly client: number }[];
  type(random: (below: number) => number): NewUpdate;
  state(): Uint8Array;
} {
  const shared = new Y.Doc();
  const clients = PEOPLE.map((personId, index) => ({
    personId,
    client: 1_000 + index * 7 + textId.length * 100,
  }));
  let typed = 0;
  return {
    clients,
    state: () => Y.encodeStateAsUpdate(shared),
    type(random) {
      const who = clients[random(clients.length)];
      if (who === undefined) throw new Error("nobody types");
      typed += 1;
      shared.clientID = who.client;
      const before = Y.encodeStateVector(shared);
      const words = shared.getText("words");
      if (words.length > 20 && random(4) === 0) words.delete(random(words.length - 3), 1 + random(3));
      words.insert(random(words.length + 1), `word${typed} `);
      return {
        personId: who.personId,
        delegationId: "d-lem",
        loginId: `login-${who.personId}`,
        at: AT + typed * 100,
        kind: "edit",
        update: Y.encodeStateAsUpdate(shared, before),
      };
    },
  };
}

/** Claims the clients of the typists; call before their rows are appended. */
export async function claimAll(tx: WriteTx, textId: string, who: ReturnType<typeof typists>): Promise<void> {
  for (const { personId, client } of who.clients) {
    await claimClient(tx, {
      textId,
      client,
      personId,
      delegationId: "d-lem",
      loginId: `login-${personId}`,
      at: AT,
    });
  }
}

/** Fills an empty database with a record of `rows` log rows per text and some sixty acts. */
export async function buildRecord(db: Database, options: { readonly rows: number }): Promise<void> {
  const random = seededRandom(7);
  await db.write(insertRoom);
  for (const textId of TEXTS) {
    const who = typists(textId);
    await db.write((tx) => claimAll(tx, textId, who));
    for (let row = 0, version = 0; row < options.rows; row += 10) {
      const updates = Array.from({ length: 10 }, () => who.type(random));
      const state = who.state();
      await db.write(
        async (tx) => {
          const { seq } = await appendUpdates(tx, textId, updates);
          if (row % 50 === 0) await insertCheckpoint(tx, { textId, seq, state, attribution: state, at: AT });
        },
        { log: true },
      );
      if (row % 60 === 50) {
        version += 1;
        await issue(db, { textId, number: version, state });
      }
      await lockAndUnlock(db, { textId, row });
    }
  }
  await seatPeople(db);
  await release(db);
  await changeThings(db);
}

async function issue(
  db: Database,
  which: { readonly textId: string; readonly number: number; readonly state: Uint8Array },
): Promise<void> {
  const { textId, number } = which;
  await db.write(async (tx) => {
    const head = await findTextHead(tx, textId);
    const row = {
      id: `${textId}-v${number}`,
      textId,
      number,
      kind: "issued" as const,
      label: `Rev.${number}`,
      seq: head.seq,
      state: Buffer.from(which.state),
      document: Buffer.from(`{"paragraphs":${number}}`),
      wordsHash: "00",
      chainHead: head.hash,
      wordsAdded: 3,
      wordsRemoved: 1,
      wordCount: 40,
      issuedBy: PEOPLE[0],
      issuedAt: AT,
    };
    await tx.insert(textVersion).values(row);
    await appendEvent(tx, {
      at: AT,
      by: { personId: PEOPLE[0] },
      act: "issueVersion",
      thing: "text",
      thingId: textId,
      sessionId: "s",
      detail: { version: row.id, sha256: rowHash("text_version", row) },
    });
  });
}

async function release(db: Database): Promise<void> {
  for (let number = 1; number <= 5; number += 1) {
    await db.write(async (tx) => {
      const released = {
        id: `position-${number}`,
        entityId: "lem",
        sessionId: "s",
        delegationId: "d-lem",
        topicId: "sovereignty",
        stance: "rule",
        summary: `Summary ${number}`,
        sourceTitle: "Statement",
        sourceDate: "2026-11-23",
        standing: "own" as const,
        releasedBy: PEOPLE[1],
        releasedAt: AT,
      };
      const contentHash = rowHash("position", released);
      await tx.insert(position).values({ ...released, contentHash });
      const by = { personId: PEOPLE[1], delegationId: "d-lem" };
      await appendEvent(tx, {
        at: AT,
        by,
        act: "releasePosition",
        thing: "position",
        thingId: released.id,
        detail: { sha256: contentHash },
      });
      const made = {
        id: `statement-${number}`,
        sessionId: "s",
        delegationId: "d-lem",
        entityId: "lem",
        itemId: "i",
        title: "On item 1",
        body: `We take the floor for the ${number}th time.`,
        exceptions: [],
        releasedBy: PEOPLE[1],
        releasedAt: AT,
      };
      const statementHash = rowHash("statement", made);
      await tx.insert(statement).values({ ...made, contentHash: statementHash });
      await appendEvent(tx, {
        at: AT,
        by,
        act: "releaseStatement",
        thing: "statement",
        thingId: made.id,
        detail: { sha256: statementHash },
      });
    });
  }
}

/** Deliveries, changes of the agenda and of a topic, corrections and files, each anchored by its act. */
async function changeThings(db: Database): Promise<void> {
  await db.write((tx) =>
    tx.insert(meeting).values({
      id: "m",
      sessionId: "s",
      number: 1,
      mode: "formal",
      startsAt: AT,
      endsAt: AT + 1,
    }),
  );
  for (let number = 1; number <= 4; number += 1) {
    await db.write(async (tx) => {
      const by = PEOPLE[0];
      const anchor = (act: string, thing: string, hash: string) =>
        appendEvent(tx, {
          at: AT,
          by: { personId: by },
          act,
          thing,
          thingId: `${thing}-${number}`,
          detail: { sha256: hash },
        });
      const delivery = {
        statementId: `statement-${number}`,
        meetingId: "m",
        mode: "formal" as const,
        deliveredAt: AT,
        recordedBy: by,
      };
      await tx.insert(statementDelivery).values(delivery);
      await anchor("deliverStatement", "statement", rowHash("statement_delivery", delivery));
      const moved = {
        id: `change-${number}`,
        sessionId: "s",
        itemId: "i",
        what: "moved" as const,
        before: `${number}`,
        after: `${number + 1}`,
        reason: "As the meeting decided",
        by,
        at: AT,
      };
      await tx.insert(agendaChange).values(moved);
      await anchor("moveAgendaItem", "item", rowHash("agenda_change", moved));
      const renamed = {
        id: `topic-change-${number}`,
        topicId: "sovereignty",
        what: "renamed" as const,
        before: "Sovereignty",
        after: `Sovereignty ${number}`,
        by,
        at: AT,
      };
      await tx.insert(topicChange).values(renamed);
      await anchor("renameTopic", "topic", rowHash("topic_change", renamed));
      const correction = {
        id: `correction-${number}`,
        number,
        thing: "entity" as const,
        thingId: "lem",
        value: { "names.en": { before: "Lemuria", after: `Lemuria ${number}` } },
        reason: "The State's own letter",
        by,
        at: AT,
      };
      await tx.insert(referenceCorrection).values(correction);
      await anchor("correctReference", "entity", rowHash("reference_correction", correction));
      const bytes = Buffer.from(`%PDF-1.7 of number ${number}`);
      const file = {
        id: `upload-${number}`,
        sessionId: "s",
        name: `CRP.${number}.pdf`,
        type: "pdf" as const,
        size: bytes.length,
        sha256: sha256(bytes),
        by,
        at: AT,
      };
      mkdirSync(path.join(db.folder, "uploads"), { recursive: true });
      writeFileSync(path.join(db.folder, "uploads", file.sha256), bytes);
      await tx.insert(upload).values(file);
      await anchor("addDocument", "upload", rowHash("upload", file));
      const stance = {
        id: `stance-${number}`,
        textId: "report",
        bracketId: "k",
        number,
        paragraphIds: ["p"],
        entityId: "lem",
        groupId: null,
        exceptions: [],
        asks: true,
        view: "out" as const,
        reason: "As stated",
        meetingId: null,
        saidOn: "2027-05-11",
        kind: "recorded" as const,
        supersedes: null,
        seq: number,
        delegationId: null,
        setBy: by,
        setAt: AT,
      };
      await tx.insert(bracketStance).values(stance);
      await anchor("recordStance", "bracket", rowHash("bracket_stance", stance));
      const whose = { delegationId: "d-lem", entityId: "lem" };
      const proposed = {
        ...whose,
        id: `proposal-${number}`,
        sessionId: "s",
        textId: "report",
        kind: "modify" as const,
        paragraphId: "p",
        bridges: [],
        wording: `Wording ${number}`,
        reason: "As stated",
        sponsorIds: [],
        exceptions: [],
        basis: { seq: number, paragraph: { label: "1", words: "As it was" }, after: null },
        audienceNumber: 1,
        releasedBy: by,
        releasedAt: AT,
      };
      const contentHash = rowHash("proposal", proposed);
      await tx.insert(proposal).values({ ...proposed, contentHash });
      await anchor("releaseProposal", "proposal", contentHash);
      const proposalId = proposed.id;
      const sponsorship = { ...whose, proposalId, confirmedBy: by, confirmedAt: AT };
      await tx.insert(proposalSponsor).values(sponsorship);
      await anchor("confirmSponsorship", "proposal", rowHash("proposal_sponsor", sponsorship));
      const withdrawal = { proposalId, reason: "Overtaken", withdrawnBy: by, withdrawnAt: AT };
      await tx.insert(proposalWithdrawal).values(withdrawal);
      await anchor("withdrawProposal", "proposal", rowHash("proposal_withdrawal", withdrawal));
    });
  }
}
