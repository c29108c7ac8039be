/** Words typed into a paragraph while somebody else deletes it or merges it into another. */
import type { Transaction } from "prosemirror-state";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { loader as textLoader } from "#app/routes/text/route.tsx";
import { bindText } from "#collab/client/binding/bind-text.ts";
import { paragraphsOf, wordsOf } from "#collab/model.ts";
import type { Rooms } from "#collab/server/room.ts";
import { deleteCheckpoints } from "#db/stores/text-checkpoint.ts";
import { type Page, TEXT, type TestRooms, testRooms } from "#test/support/room.ts";
import { startTestServer } from "#test/support/server.ts";
import { BASE, type House, openHouse } from "./house.ts";

type Editing = { readonly tr: Transaction; readonly pos: number; readonly size: number };

/** Changes a page's text as its editor does; `pos` is in front of the paragraph. */
function editAt(page: Page, id: string, work: (editing: Editing) => Transaction): void {
  const binding = bindText({ doc: page.doc, isLocked: () => false, captureTimeoutMs: 0 });
  const editing: Editing[] = [];
  binding.state.doc.descendants((node, pos) => {
    if (node.attrs["id"] === id) editing.push({ tr: binding.state.tr, pos, size: node.nodeSize });
  });
  for (const each of editing) binding.apply(work(each));
  binding.destroy();
}

/** Joins a paragraph to the one before it, as Backspace at its start does. */
const merge = (page: Page, id: string): void => editAt(page, id, ({ tr, pos }) => tr.join(pos));

const remove = (page: Page, id: string): void =>
  editAt(page, id, ({ tr, pos, size }) => tr.delete(pos, pos + size));

/** What a page does while nothing reaches it; then it comes back. */
async function behind(
  page: Page,
  room: Pick<TestRooms, "rooms" | "settle">,
  work: () => unknown,
): Promise<void> {
  page.isOffline = true;
  page.leave();
  await work();
  await room.settle();
  page.isOffline = false;
  await page.join(room.rooms);
  await room.settle();
  await room.settle();
}

async function deletedIn(house: House) {
  const request = new Request(`http://localhost${BASE}`);
  const context = await house.as("amara");
  const { deleted } = await textLoader({ context, params: { session: "s", text: TEXT }, request });
  return deleted?.map(({ id, late }) => ({ id, late: late.map(({ words, by }) => [words, by]) }));
}

describe("late words", () => {
  it("[RM21] typed into a merged paragraph come first among the deleted words, with who typed them", async () => {
    const house = await openHouse();
    const bilal = await house.drafting();
    bilal.write("a", "Decides to meet", { order: "B" });
    bilal.write("b", " and to part;", { order: "C" });
    bilal.write("c", "Requests nothing;", { order: "D" });
    await house.settle();
    const amara = await house.drafting("amara");
    amara.isOffline = true;
    merge(amara, "b");
    // In one minute with what Bilal had typed before, and before the room hears of the merger.
    bilal.type("b", 4, " never");
    await house.settle();
    amara.leave();
    amara.isOffline = false;
    await amara.join(house.rooms);
    await house.settle();
    await house.settle();
    bilal.set("c", "deleted", true);
    await house.settle();
    expect(await deletedIn(house)).toEqual([
      { id: "b", late: [[" never", "bilal"]] },
      { id: "c", late: [] },
    ]);
  });

  it("[RM21] typed after a deletion are told from those that their author had typed within the same minute", async () => {
    const told: string[] = [];
    const house = await openHouse();
    const rooms = await testRooms({
      db: house.db,
      clock: house.clock,
      onLateWords: (textId) => told.push(textId),
    });
    const [bilal, amara] = [await rooms.enter("bilal"), await rooms.enter("amara")];
    bilal.write("a", "Decides");
    amara.write("b", "Requests;");
    await rooms.settle();
    bilal.isOffline = true;
    bilal.type("a", 7, " late");
    amara.set("a", "deleted", true);
    amara.set("b", "deleted", true);
    await rooms.settle();
    expect(told).toEqual([]);
    bilal.isOffline = false;
    bilal.leave();
    await bilal.join(rooms.rooms);
    await rooms.settle();
    await rooms.settle();
    expect(told).toEqual([TEXT]);
    const late = await deletedIn({ ...house, as: async (who) => ({ ...(await house.as(who)), ...rooms }) });
    expect(late).toEqual([
      { id: "a", late: [[" late", "bilal"]] },
      { id: "b", late: [] },
    ]);
  });

  it("[RM24] saved before the deletion, and not received by the page that deleted, are told with the deletion", async () => {
    const told: string[] = [];
    const house = await openHouse();
    const room = await testRooms({
      db: house.db,
      clock: house.clock,
      onLateWords: (textId) => told.push(textId),
    });
    const [bilal, amara] = [await room.enter("bilal"), await room.enter("amara")];
    bilal.write("a", "Decides");
    bilal.write("b", "Requests");
    bilal.write("c", "Notes");
    await room.settle();
    await behind(amara, room, async () => {
      bilal.type("a", 7, " soon");
      bilal.type("b", 8, " firmly");
      await room.settle();
      expect(bilal.saved).toBe(5);
      for (const id of ["a", "b", "c"]) remove(amara, id);
    });
    expect(told).toEqual([TEXT]);
    const late = [
      { id: "a", late: [[" soon", "bilal"]] },
      { id: "b", late: [[" firmly", "bilal"]] },
      { id: "c", late: [] },
    ];
    const as = (rooms: Rooms): House => ({
      ...house,
      as: async (who) => ({ ...(await house.as(who)), rooms }),
    });
    expect(await deletedIn(as(room.rooms))).toEqual(late);
    // From a checkpoint, and from the log alone.
    await room.rooms.close();
    const again = await testRooms({ db: house.db, clock: house.clock });
    expect(await deletedIn(as(again.rooms))).toEqual(late);
    await again.rooms.close();
    await house.db.write((tx) => deleteCheckpoints(tx, TEXT));
    const third = await testRooms({ db: house.db, clock: house.clock });
    expect(await deletedIn(as(third.rooms))).toEqual(late);
  });

  it("[RM24] of another page of the same person count as not seen, those of the very page do not", async () => {
    const house = await openHouse();
    const first = await house.drafting();
    const second = await house.drafting();
    first.write("a", "Decides");
    await house.settle();
    await behind(second, house, async () => {
      first.type("a", 7, " soon");
      await house.settle();
      second.type("a", 0, "Solemnly ");
      remove(second, "a");
    });
    expect(await deletedIn(house)).toEqual([{ id: "a", late: [[" soon", "bilal"]] }]);
  });

  it("[RM24] of a merged paragraph are those that the page had not received, not those that it deleted with the join", async () => {
    const house = await openHouse();
    const bilal = await house.drafting();
    bilal.write("a", "Decides to meet", { order: "B" });
    bilal.write("b", "and to part;", { order: "C" });
    bilal.write("c", "", { order: "D" });
    await house.settle();
    const amara = await house.drafting("amara");
    await behind(amara, house, async () => {
      bilal.type("b", 12, " at once");
      bilal.type("c", 0, "Requests;");
      await house.settle();
      merge(amara, "c");
      // From behind "Decides" to behind "and": the rest of the second is carried to the first.
      editAt(amara, "b", ({ tr, pos }) => tr.delete(pos - 1 - " to meet".length, pos + 1 + "and".length));
    });
    expect(bilal.words("a")).toBe("Decides to part;");
    expect(await deletedIn(house)).toEqual([
      { id: "b", late: [[" at once", "bilal"]] },
      { id: "c", late: [["Requests;", "bilal"]] },
    ]);
  });

  it("[BD21] are none where one of two pages that deleted it at the same time had seen them", async () => {
    const house = await openHouse();
    const bilal = await house.drafting();
    bilal.write("a", "Decides");
    await house.settle();
    const amara = await house.drafting("amara");
    const dina = await house.drafting("dina");
    await behind(amara, house, async () => {
      bilal.type("a", 7, " soon");
      await house.settle();
      remove(amara, "a");
      await behind(dina, house, async () => {
        bilal.type("a", 12, ", and again");
        remove(dina, "a");
      });
    });
    expect(await deletedIn(house)).toEqual([{ id: "a", late: [[", and again", "bilal"]] }]);
  });

  it("[RM21] the open pages of the bureau hear of them at once, and nobody else", async () => {
    const server = await startTestServer();
    const by = { personId: "chiara", delegationId: null, loginId: "login" };
    const change = (work: (doc: Y.Doc) => void) =>
      server.rooms.hold("resolution", (turn) => turn.change({ act: "import", by, change: work }));
    await change((doc) => {
      const map = new Y.Map<unknown>();
      paragraphsOf(doc).set("p1", map);
      const fields = { order: "V", role: "op", level: 0, relation: null, dir: "auto", deleted: false };
      for (const [key, value] of Object.entries(fields)) map.set(key, value);
      map.set("text", new Y.Text("Decides;"));
    });
    await change((doc) => void paragraphsOf(doc).get("p1")?.set("deleted", true));
    const drafter = await (await server.as("chiara")).listen();
    const reader = await (await server.as("bilal")).listen();
    await change((doc) => {
      const map = paragraphsOf(doc).get("p1");
      if (map) wordsOf(map)?.insert(0, "Solemnly ", {});
    });
    await drafter.hears("late:resolution");
    server.notices.tell({ kind: "session", sessionId: "s" }, "agenda");
    await reader.hears("agenda");
    expect(reader.heard).not.toContain("late:resolution");
  });
});
