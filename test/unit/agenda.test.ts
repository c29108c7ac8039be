/** The agenda as a tree: values only. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Branch,
  agendaTree,
  fullNumber,
  inAgendaOrder,
  mayStandUnder,
  movedAmongSiblings,
  placeProblems,
} from "#app/rules/agenda.ts";

type Item = { id: string; parentId: string | null; order: number; number: string };

/** 1, 5 with (a) and (b), of which (a) has (i); in no order. */
const agenda: readonly Item[] = [
  { id: "b", parentId: "five", order: 2, number: "(b)" },
  { id: "i", parentId: "a", order: 1, number: "(i)" },
  { id: "five", parentId: null, order: 2, number: "5" },
  { id: "one", parentId: null, order: 1, number: "1" },
  { id: "a", parentId: "five", order: 1, number: "(a)" },
];

const inOrder = (branches: readonly Branch<Item>[]): string[] =>
  branches.flatMap(({ item, children }) => [item.id, ...inOrder(children)]);

describe("the agenda", () => {
  it("[AG3] is read from top to bottom, sub-items behind their item", () => {
    expect(inOrder(agendaTree(agenda))).toEqual(["one", "five", "a", "i", "b"]);
    expect(inAgendaOrder(agenda).map(({ id }) => id)).toEqual(["one", "five", "a", "i", "b"]);
  });

  it("[AG2] shows an item whose parent is gone at the top, and loses none", () => {
    const orphan = { id: "c", parentId: "gone", order: 0, number: "9" };
    expect(inOrder(agendaTree([...agenda, orphan]))).toEqual(["c", "one", "five", "a", "i", "b"]);
  });

  it("[AG1] calls an item by its number behind those above it", () => {
    expect(["one", "five", "a", "i", "gone"].map((id) => fullNumber(agenda, id))).toEqual([
      "1",
      "5",
      "5 (a)",
      "5 (a) (i)",
      "",
    ]);
  });

  it("[AG2] lets an item stand anywhere but under itself and below", () => {
    const under = (id: string) =>
      [null, "one", "five", "a", "i", "b"].filter((parentId) => mayStandUnder(agenda, id, parentId));
    expect(under("five")).toEqual([null, "one"]);
    expect(under("a")).toEqual([null, "one", "five", "b"]);
    expect(under("i")).toEqual([null, "one", "five", "a", "b"]);
  });

  it("[AG3] moves an item one place, and not over an end", () => {
    expect(movedAmongSiblings(agenda, "a", "down")).toEqual(["b", "a"]);
    expect(movedAmongSiblings(agenda, "b", "up")).toEqual(["b", "a"]);
    expect(movedAmongSiblings(agenda, "a", "up")).toBeNull();
    expect(movedAmongSiblings(agenda, "five", "down")).toBeNull();
    expect(movedAmongSiblings(agenda, "i", "up")).toBeNull();
    expect(movedAmongSiblings(agenda, "gone", "up")).toBeNull();
  });

  it("[AG1] [AG2] says at which field a place is wrong", () => {
    const at = (itemId: string | null, parentId: string | null, number: string) =>
      placeProblems(agenda, { itemId, parentId, number });
    expect(at(null, "five", "(a)")).toEqual({ number: "number-taken" });
    expect(at("a", "five", "(a)")).toEqual({});
    expect(at("a", "five", "(b)")).toEqual({ number: "number-taken" });
    expect(at(null, null, "(a)")).toEqual({});
    expect(at(null, "gone", "1")).toEqual({ parent: "parent-not-there" });
    expect(at("five", "i", "7")).toEqual({ parent: "parent-below" });
  });

  it("[AG2] [AG3] stays a whole tree in any order of allowed moves", () => {
    const act = fc.record({
      item: fc.nat(7),
      parent: fc.option(fc.nat(7)),
      direction: fc.constantFrom("up", "down", "under"),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (moves) => {
        let items: Item[] = Array.from({ length: 8 }, (_, n) => ({
          id: `${n}`,
          parentId: null,
          order: n,
          number: `${n}`,
        }));
        for (const { item, parent, direction } of moves) {
          const id = `${item}`;
          if (direction === "under") {
            const parentId = parent === null ? null : `${parent}`;
            if (!mayStandUnder(items, id, parentId)) continue;
            items = items.map((one) => (one.id === id ? { ...one, parentId, order: 99 } : one));
          } else {
            const order = movedAmongSiblings(items, id, direction) ?? [];
            items = items.map((one) =>
              order.includes(one.id) ? { ...one, order: order.indexOf(one.id) } : one,
            );
          }
        }
        expect(inOrder(agendaTree(items)).toSorted()).toEqual(items.map(({ id }) => id));
        for (const { id } of items) expect(fullNumber(items, id).split(" ").at(-1)).toBe(id);
      }),
    );
  });
});
