/** When wordings of texts come into the index of search. */
import { expect, it } from "vitest";
import { createSearchTexts } from "#app/server/search-texts.ts";
import { listWaitingWordings } from "#db/stores/search-text.ts";
import { HandClock } from "#test/support/hand-clock.ts";
import { TEXT, testRooms } from "#test/support/room.ts";

async function open() {
  const room = await testRooms();
  const clock = new HandClock();
  const faults: unknown[] = [];
  const texts = createSearchTexts(room, { timers: clock, onError: (error) => faults.push(error) });
  const { db } = room;
  const found = (): unknown[] =>
    db.read.$client
      .prepare("SELECT words FROM search_entry WHERE kind = 'passage' ORDER BY id")
      .pluck()
      .all();
  /** What the clock has set off is done. */
  const turn = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await texts.idle();
  };
  return { ...room, texts, found, faults, turn };
}

it("[SE10] after two seconds without a keystroke, and after ten while people go on", async () => {
  const room = await open();
  const page = await room.enter("amara");
  page.write("a", "Decides;");
  await room.settle();
  room.texts.written();
  await room.turn(1_999);
  expect(room.found()).toEqual([]);
  await room.turn(1);
  expect(room.found()).toEqual(["Decides;"]);

  for (let second = 1; second <= 9; second += 1) {
    page.type("a", 0, "x");
    await room.settle();
    room.texts.written();
    await room.turn(1_000);
    expect(room.found(), `${second} s`).toEqual(["Decides;"]);
  }
  room.texts.written();
  await room.turn(1_000);
  expect(room.found()).toEqual(["xxxxxxxxxDecides;"]);
});

it("[SE10] what was written before a restart waits in the file and comes in after it", async () => {
  const room = await open();
  const page = await room.enter("amara");
  page.write("a", "Decides;");
  await room.settle();
  expect(await listWaitingWordings(room.db.read)).toEqual([{ textId: TEXT, version: null }]);
  const again = createSearchTexts(room, {
    timers: new HandClock(),
    onError: (error) => room.faults.push(error),
  });
  await again.settled();
  expect(room.found()).toEqual(["Decides;"]);
  expect(await listWaitingWordings(room.db.read)).toEqual([]);
  expect(room.faults).toEqual([]);
});

it("[SE10] a text that cannot be read holds up no other, and waits", async () => {
  const room = await open();
  const page = await room.enter("amara");
  page.write("a", "Decides;");
  await room.settle();
  await room
    .enter("amara", { textId: "report" })
    .then((report) => report.write("b", "Reports;", { role: "plain" }));
  await room.settle("report");
  const rooms = {
    wording: (textId: string) =>
      textId === TEXT ? Promise.reject(new Error("damaged")) : room.rooms.wording(textId),
  };
  const faults: unknown[] = [];
  const texts = createSearchTexts(
    { db: room.db, rooms },
    { timers: new HandClock(), onError: (error) => faults.push(error) },
  );
  await texts.settled();
  expect(room.found()).toEqual(["Reports;"]);
  expect(faults).toHaveLength(1);
  expect(await listWaitingWordings(room.db.read)).toEqual([{ textId: TEXT, version: null }]);
});
