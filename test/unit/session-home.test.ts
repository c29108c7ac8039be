/** What is next on an agenda, and which texts move. */
import { describe, expect, it } from "vitest";
import { mayDelete, noteThing, paragraphNoteId, paragraphOfNote } from "#app/rules/notes.ts";
import { MOVES_FOR_MS, moving, nextItems } from "#app/rules/session-home.ts";

const item = (id: string, order: number, parentId: string | null = null, status = "not-yet") => ({
  id,
  parentId,
  order,
  number: id,
  title: `Item ${id}`,
  status,
});

const agenda = [
  item("3", 3),
  item("1", 1, null, "concluded"),
  item("2", 2),
  item("2b", 2, "2"),
  item("2a", 1, "2", "open"),
  item("4", 4, null, "concluded"),
  item("5", 5, null, "suspended"),
];

const numbers = (now: string | null, most = 9) => nextItems(agenda, now, most).map(({ id }) => id);

describe("what is next", () => {
  it("[HM3] are the items behind the one under discussion, without headings and what is concluded", () => {
    expect(numbers(null)).toEqual(["2a", "2b", "3", "5"]);
    expect(numbers("2a")).toEqual(["2b", "3", "5"]);
    expect(numbers("2a", 2)).toEqual(["2b", "3"]);
    expect(numbers("5")).toEqual([]);
    // An item that is gone from the agenda: as if none were taken up.
    expect(numbers("none")).toEqual(numbers(null));
    expect(nextItems(agenda, "2a", 1)).toEqual([{ id: "2b", number: "2 2b", title: "Item 2b" }]);
  });
});

describe("texts", () => {
  it("[HM4] move for a day, the last first", () => {
    const now = MOVES_FOR_MS * 3;
    const texts = [0, now - MOVES_FOR_MS, now - 5, now - MOVES_FOR_MS + 1, now - 1].map((movedAt) => ({
      movedAt,
    }));
    expect(moving(texts, now).map(({ movedAt }) => now - movedAt)).toEqual([1, 5, MOVES_FOR_MS - 1]);
  });
});

describe("a note", () => {
  it("[NT3] is the head's and its first writer's to delete", () => {
    const note = { writtenBy: "nadia" };
    expect(mayDelete(note, { personId: "nadia", isHead: false })).toBe(true);
    expect(mayDelete(note, { personId: "bilal", isHead: true })).toBe(true);
    expect(mayDelete(note, { personId: "bilal", isHead: false })).toBe(false);
    expect(mayDelete({ writtenBy: null }, { personId: "nadia", isHead: false })).toBe(false);
  });

  it("[NT2] on a paragraph names its text", () => {
    const paragraph = { textId: "t_1", paragraphId: "p-2" };
    expect(paragraphOfNote(paragraphNoteId(paragraph))).toEqual(paragraph);
    for (const wrong of ["", ".", "t", "t.", ".p", "a.b.c"]) expect(paragraphOfNote(wrong)).toBe(null);
    expect([noteThing("item"), noteThing("session")]).toEqual(["item", null]);
  });
});
