import { expect, test } from "vitest";
import * as Y from "yjs";
import { isRefusal } from "#app/rules/refusal.ts";
import { paragraphsOf, wordsOf } from "#collab/model.ts";
import { listClients } from "#db/stores/text-client.ts";
import { listUpdates } from "#db/stores/text-log.ts";
import { clientsIn } from "#db/verify/clients.ts";
import { faultsIn } from "#test/support/database.ts";
import { seededRandom } from "#test/support/record.ts";
import { TEXT, testRooms } from "#test/support/room.ts";

test("[RC5] a record that the room itself wrote, edits and commands, is whole and of its owners", async () => {
  const { db, enter, settle, rooms } = await testRooms();
  const amara = await enter("amara");
  const bilal = await enter("bilal");
  amara.write("p1", "Recalling its resolution");
  bilal.write("p2", "Noting 😀 — the report");
  await settle();
  amara.type("p2", 7, "with concern ");
  bilal.type("p1", 0, "PP: ");
  await settle();
  const changed = await rooms.hold(TEXT, (turn) =>
    turn.change({
      act: "restore",
      by: { personId: "bilal", delegationId: null, loginId: null },
      change: (doc) => {
        const paragraph = paragraphsOf(doc).get("p1");
        const words = paragraph && wordsOf(paragraph);
        words?.insert(0, "Restored: ", {});
        words?.delete(12, 3);
      },
    }),
  );
  expect(isRefusal(changed)).toBe(false);
  await settle();
  await rooms.close();
  const log = await listUpdates(db.read, TEXT);
  expect(log.map((row) => row.kind)).toEqual(["edit", "edit", "edit", "edit", "command"]);
  expect((await listClients(db.read, TEXT)).length).toBeGreaterThanOrEqual(3);
  expect(faultsIn(db.folder)).toEqual([]);
});

test("[RC5] characters under somebody else's client number are found", async () => {
  const { db, enter, settle } = await testRooms();
  const amara = await enter("amara");
  amara.write("p1", "Recalling");
  await settle();
  const [owner] = await listClients(db.read, TEXT);
  await db.write(async (tx) => {
    tx.$client.exec("DROP TRIGGER text_client_no_update");
    tx.$client.exec("UPDATE text_client SET person_id = 'bilal'");
  });
  expect(faultsIn(db.folder)).toEqual(
    expect.arrayContaining([
      expect.stringContaining(`client number ${owner?.client}, which belongs to another person.`),
    ]),
  );
});

test("[RC5] the verifier reads client numbers from updates as Yjs does, whatever they hold", () => {
  const random = seededRandom(5);
  const doc = new Y.Doc();
  const values = [
    null,
    undefined,
    true,
    -1,
    4_000_000_000,
    0.5,
    10n,
    "é😀",
    [1, { a: [] }],
    { b: "c" },
    new Uint8Array(300),
  ];
  for (let round = 0; round < 400; round += 1) {
    doc.clientID = 1 + random(2 ** 31);
    const before = Y.encodeStateVector(doc);
    const words = doc.getText("words");
    const map = doc.getMap("map");
    doc.transact(() => {
      words.insert(random(words.length + 1), `w${round}😀`, random(2) === 0 ? { em: true } : {});
      if (random(3) === 0) words.insertEmbed(random(words.length), { footnote: `f${round}` });
      if (random(3) === 0) words.format(0, 1 + random(words.length - 1), { strong: "yes" });
      if (random(3) === 0) words.delete(random(words.length - 2), 2);
      map.set(`k${random(9)}`, values[random(values.length)]);
      if (random(4) === 0) map.set(`n${random(9)}`, new Y.Map([["text", new Y.Text("new")]]));
      if (random(5) === 0) map.set("xml", new Y.XmlElement("p"));
      if (random(9) === 0) map.set("doc", new Y.Doc());
    });
    for (const update of [
      Y.encodeStateAsUpdate(doc, before),
      ...(round % 40 === 0 ? [Y.encodeStateAsUpdate(doc)] : []),
    ]) {
      const { structs } = Y.decodeUpdate(update);
      expect(clientsIn(update), `seed 5, round ${round}`).toEqual(
        new Set(structs.map((one) => one.id.client)),
      );
    }
  }
  expect(() => clientsIn(Buffer.from("no update at all"))).toThrow(RangeError);
  expect(() => clientsIn(Buffer.of())).toThrow(RangeError);
});
