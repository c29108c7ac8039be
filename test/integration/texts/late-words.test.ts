/** Words typed into a paragraph while somebody else deletes it or merges it into another. */
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { loader as textLoader } from "#app/routes/text/route.tsx";
import { bindText } from "#collab/client/binding/bind-text.ts";
import { paragraphsOf, wordsOf } from "#collab/model.ts";
import { type Page, TEXT, testRooms } from "#test/support/room.ts";
import { startTestServer } from "#test/support/server.ts";
import { BASE, type House, openHouse } from "./house.ts";

/** Joins the second paragraph to the first, as Backspace at its start does. */
function merge(page: Page, id: string): void {
  const binding = bindText({ doc: page.doc, isLocked: () => false, captureTimeoutMs: 0 });
  let at = -1;
  binding.state.doc.descendants((node, pos) => {
    if (node.attrs["id"] === id) at = pos;
  });
  binding.apply(binding.state.tr.join(at));
  binding.destroy();
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
