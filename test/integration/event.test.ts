import { expect, test } from "vitest";
import { encodeRow, rowHash, sha256 } from "#db/canonical.ts";
import { referenceCorrection } from "#db/schema/people.ts";
import { proposal, proposalSponsor, proposalWithdrawal } from "#db/schema/proposal.ts";
import {
  agendaChange,
  position,
  statement,
  statementDelivery,
  topicChange,
  upload,
} from "#db/schema/session.ts";
import { bracketStance, textAudience, textClient, textVersion } from "#db/schema/text.ts";
import { findHead } from "#db/stores/chain.ts";
import { appendEvent, listEvents, listEventsOn, listEventsOfSession } from "#db/stores/event.ts";
import { claimClient, findClient, listClients } from "#db/stores/text-client.ts";
import { appendUpdates } from "#db/stores/text-log.ts";
import { temporaryDatabase } from "#test/support/database.ts";
import { buildRecord, insertRoom } from "#test/support/record.ts";

const act = (number: number) => ({
  at: 1_000 + number,
  by: { personId: "amara", delegationId: "d-lem" },
  act: "openItem",
  thing: "item",
  thingId: `i${number % 2}`,
  sessionId: "s",
  detail: { number, words: "naïve — “so”" },
});

test("[RC2] an act is encoded as described, column by column, without NULLs and without its hash", () => {
  const columns = {
    seq: -3,
    at: 12,
    person_id: null,
    detail: '{"a":"é"}',
    update: Buffer.from("abc"),
    hash: "left out",
  };
  expect(encodeRow("event", columns)).toBe(
    'chapeau 1\nevent\nat:i12\ndetail:s10:{"a":"é"}\nseq:i-3\n' +
      "update:xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n",
  );
  expect(() => encodeRow("event", { at: 1.5 })).toThrow("at is 1.5");
});

test("[RC2] acts are numbered and chained, and the head moves with them", async () => {
  const db = temporaryDatabase();
  for (let number = 1; number <= 4; number += 1) await db.write((tx) => appendEvent(tx, act(number)));
  const rows = await listEvents(db.read);
  expect(rows.map((row) => row.seq)).toEqual([1, 2, 3, 4]);
  expect(rows.map((row) => row.previousHash)).toEqual(["", ...rows.slice(0, 3).map((row) => row.hash)]);
  expect(await findHead(db.read, "event")).toEqual({ seq: 4, hash: rows[3]?.hash });
  expect(rows[1]?.detail).toEqual({ number: 2, words: "naïve — “so”" });
  expect(await listEvents(db.read, { after: 2, limit: 1 })).toEqual([rows[2]]);
  expect((await listEventsOn(db.read, { thing: "item", thingId: "i1" })).map((row) => row.seq)).toEqual([
    1, 3,
  ]);
  expect((await listEventsOfSession(db.read, "s", 2)).map((row) => row.seq)).toEqual([4, 3]);
});

test("[RC2] an act whose transaction fails leaves no gap", async () => {
  const db = temporaryDatabase();
  await db.write((tx) => appendEvent(tx, act(1)));
  const failing = db.write(async (tx) => {
    await appendEvent(tx, act(2));
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  await db.write((tx) => appendEvent(tx, act(3)));
  expect((await listEvents(db.read)).map((row) => [row.seq, row.at])).toEqual([
    [1, 1_001],
    [2, 1_003],
  ]);
});

test("[RC8] an anchored row has the same hash from what is inserted and from what is stored", async () => {
  const db = temporaryDatabase();
  await buildRecord(db, { rows: 60 });
  const tables = {
    text_version: textVersion,
    position,
    statement,
    text_client: textClient,
    text_audience: textAudience,
    statement_delivery: statementDelivery,
    agenda_change: agendaChange,
    topic_change: topicChange,
    reference_correction: referenceCorrection,
    upload,
    bracket_stance: bracketStance,
    proposal,
    proposal_sponsor: proposalSponsor,
    proposal_withdrawal: proposalWithdrawal,
  } as const;
  const told = new Set((await listEvents(db.read)).map((row) => row.detail.sha256));
  for (const name of Object.keys(tables) as (keyof typeof tables)[]) {
    const stored = db.read.$client.prepare<[], Record<string, string>>(`SELECT * FROM ${name}`).all();
    expect(stored.length, name).toBeGreaterThan(0);
    const hashes = stored.map((row) => sha256(encodeRow(name, row)));
    for (const hash of hashes) expect(told.has(hash), name).toBe(true);
    const read = await db.read.select().from(tables[name]);
    expect(read.map((row) => rowHash(name, row)).toSorted()).toEqual(hashes.toSorted());
  }
});

test("[RC9] a client number stays with the first person and login that claimed it", async () => {
  const db = temporaryDatabase();
  await db.write(insertRoom);
  const mine = {
    textId: "report",
    client: 4_294_967_295,
    personId: "amara",
    delegationId: null,
    loginId: "l1",
    at: 5,
  };
  const head = await db.write((tx) =>
    appendUpdates(tx, "report", [
      {
        personId: "amara",
        delegationId: null,
        loginId: "l1",
        at: 1,
        kind: "command",
        act: "import",
        update: Buffer.of(0, 0),
      },
    ]),
  );
  expect(await db.write((tx) => claimClient(tx, mine))).toEqual(mine);
  expect(await db.write((tx) => claimClient(tx, { ...mine, personId: "bilal" }))).toEqual(mine);
  expect(await db.write((tx) => claimClient(tx, { ...mine, loginId: "l2" }))).toEqual(mine);
  expect(await findClient(db.read, "report", mine.client)).toEqual(mine);
  expect(await findClient(db.read, "resolution", mine.client)).toBeNull();
  expect(await listClients(db.read, "report")).toEqual([mine]);
  const claims = (await listEventsOn(db.read, { thing: "text", thingId: "report" })).filter(
    (row) => row.act === "claimClient",
  );
  expect(claims.map((row) => [row.personId, row.detail])).toEqual([
    ["amara", { client: mine.client, seq: head.seq, head: head.hash, sha256: rowHash("text_client", mine) }],
  ]);
});
