import { expect, test } from "vitest";
import * as Y from "yjs";
import { createTextDoc, paragraphsOf, wordsOf } from "#collab/model.ts";
import { person } from "#db/schema/people.ts";
import { TEXT, testRooms } from "#test/support/room.ts";
import { checkCharacters } from "./convergence-checks.ts";
import { DrafterPage } from "./drafter-page.ts";
import { firstDraft } from "./first-draft.ts";
import { Letters } from "./letters.ts";
import { seededRandom } from "./seeded-random.ts";

const by = { personId: "amara", delegationId: null, loginId: "chair-login" };

/** A drafter's page over a room, with everything on its way in the test's hands. */
async function drafting() {
  const { db, rooms, clock, settle } = await testRooms();
  await db.write(async (tx) => {
    await tx.insert(person).values({ id: "p0", name: "p0", createdAt: 1 });
  });
  const random = seededRandom(7);
  const letters = new Letters(random);
  const first = firstDraft(letters);
  await rooms.hold(TEXT, (turn) =>
    turn.change({ act: "import", by, change: (doc) => Y.applyUpdate(doc, first) }),
  );
  const page = new DrafterPage({ number: 0, rooms: () => rooms, textId: TEXT, clock, random, letters });
  const pass = async (): Promise<void> => {
    for (let turn = 0; turn < 4; turn += 1) {
      page.wire.takeUp(Number.POSITIVE_INFINITY);
      await settle();
      page.wire.takeDown(Number.POSITIVE_INFINITY);
      await settle();
      clock.advance(600);
    }
  };
  return { page, pass, rooms, clock, settle, letters };
}

/** The place behind the words of a paragraph. */
function endOf({ binding }: DrafterPage, id: string): number {
  let end = -1;
  binding?.state.doc.forEach((node, offset) => {
    if (node.attrs["id"] === id) end = offset + 1 + node.content.size;
  });
  if (end < 0) throw new Error(`the page shows no paragraph ${id}`);
  return end;
}

function type(page: DrafterPage, id: string, words: string): void {
  page.binding?.apply(page.binding.state.tr.insertText(words, endOf(page, id)));
}

/** The last so many letters of a paragraph become one of their own, whose id this returns. */
function split(page: DrafterPage, id: string, letters: number): string {
  const { binding } = page;
  if (!binding) throw new Error("the page is not open");
  const known = new Set(paragraphsOf(binding.doc).keys());
  binding.apply(binding.state.tr.split(endOf(page, id) - letters));
  return [...paragraphsOf(binding.doc).keys()].find((each) => !known.has(each)) ?? "";
}

/** The paragraphs in which a letter stands. */
function placesOf(doc: Y.Doc | undefined, letter: string): string[] {
  const found: string[] = [];
  if (doc)
    paragraphsOf(doc).forEach((map, id) => {
      if (wordsOf(map)?.toString().includes(letter)) found.push(id);
    });
  return found;
}

test("[SS11] [SS13] after a kill words are done again where the device had them, whatever the tab did later", async () => {
  const { page, pass, rooms, settle, letters } = await drafting();
  await page.open();
  await pass();
  const letter = letters.next(0, "b4");
  // Two letters go into a second paragraph; the edit that waits before that is refused.
  type(page, "b1", letters.next(0, "b1"));
  type(page, "b4", letter);
  const second = split(page, "b4", 2);
  await rooms.hold(TEXT, (turn) => Promise.resolve(turn.setLocked("b1", true)));
  page.wire.takeUp(Number.POSITIVE_INFINITY);
  await settle();
  page.wire.takeDown(Number.POSITIVE_INFINITY);
  await settle();
  // The refused copy is on the device now, and what is written in it goes there only after a moment.
  const third = split(page, second, 1);
  expect(placesOf(page.binding?.doc, letter)).toEqual([third]);
  page.kill();
  await page.open();
  await pass();

  const doc = createTextDoc();
  Y.applyUpdate(doc, await rooms.hold(TEXT, (turn) => Promise.resolve(turn.state())));
  expect(placesOf(doc, letter)).toEqual([second]);
  expect(checkCharacters(doc, letters)).toEqual([]);
});
