/** The agenda as a tree: values only. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { errors } from "#app/i18n/en/errors.ts";
import {
  type Branch,
  STEPS,
  type Step,
  agendaTree,
  editionOf,
  fullNumber,
  inAgendaOrder,
  itemsUnder,
  mayStandUnder,
  nextNumber,
  numberUnder,
  obstacleToDeleting,
  orderAt,
  placeProblems,
  readStanding,
  standingOf,
  targetOf,
  wasMoved,
  writeStanding,
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

  const itemOf = (id: string): Item => {
    const item = agenda.find((one) => one.id === id);
    if (!item) throw new Error(`there is no ${id}`);
    return item;
  };

  it("[AG3] moves an item one place, under the one above or out behind its parent, and not over an end", () => {
    const order = (id: string, step: Step) => {
      const target = targetOf(agenda, itemOf(id), step);
      return target && [target.parentId, orderAt(agenda, id, target)];
    };
    expect(order("a", "down")).toEqual(["five", ["b", "a"]]);
    expect(order("b", "up")).toEqual(["five", ["b", "a"]]);
    expect(order("b", "in")).toEqual(["a", ["i", "b"]]);
    expect(order("i", "out")).toEqual(["five", ["a", "i", "b"]]);
    expect(order("b", "out")).toEqual([null, ["one", "five", "b"]]);
    for (const [id, step] of [
      ["a", "up"],
      ["five", "down"],
      ["i", "up"],
      ["i", "down"],
      ["a", "in"],
      ["one", "out"],
    ] as const) {
      expect([id, step, order(id, step)]).toEqual([id, step, null]);
    }
  });

  it("[AG3] goes in front of the item that it was dropped before, or nowhere when that is gone", () => {
    expect(orderAt(agenda, "one", { parentId: "five", beforeId: "b" })).toEqual(["a", "one", "b"]);
    expect(orderAt(agenda, "one", { parentId: "one", beforeId: null })).toEqual(["one"]);
    expect(orderAt(agenda, "a", { parentId: "five", beforeId: "a" })).toEqual(["a", "b"]);
    expect(orderAt(agenda, "one", { parentId: "five", beforeId: "i" })).toBeNull();
    expect(orderAt(agenda, "one", { parentId: "gone", beforeId: null })).toBeNull();
    expect(orderAt(agenda, "one", { parentId: "five", beforeId: "one" })).toBeNull();
  });

  it("[AG10] takes an item for moved by somebody else when its parent or both its neighbours are others", () => {
    const seen = { parentId: "five", previousId: "d", nextId: "f" };
    expect(wasMoved(seen, seen)).toBe(false);
    expect(wasMoved({ ...seen, previousId: "c" }, seen)).toBe(false);
    expect(wasMoved({ ...seen, nextId: null }, seen)).toBe(false);
    expect(wasMoved({ ...seen, previousId: null, nextId: "d" }, seen)).toBe(true);
    expect(wasMoved({ ...seen, parentId: null }, seen)).toBe(true);
    const [a, b] = [itemOf("a"), itemOf("b")];
    const swapped = agenda.map((one) => ({ ...one, order: -one.order }));
    expect(wasMoved(standingOf(swapped, a), standingOf(agenda, a))).toBe(true);
    expect(wasMoved(standingOf(swapped, b), standingOf(agenda, b))).toBe(true);
  });

  it("[AG10] carries where an item stood through a form, and expects nothing of what is no such thing", () => {
    for (const item of agenda) {
      expect(readStanding(writeStanding(standingOf(agenda, item)))).toEqual(standingOf(agenda, item));
    }
    for (const nonsense of ["", "a", "a,b", "a,b,c,d"]) expect(readStanding(nonsense)).toBeNull();
  });

  it("[AG10] tells what an item says from anything else that it could say", () => {
    const item = { number: "5", title: "Norms", note: "", parentId: null, topicIds: ["b", "a"] };
    expect(editionOf({ ...item, topicIds: ["a", "b"] })).toBe(editionOf(item));
    const others = [
      { ...item, number: "6" },
      { ...item, title: "Norm" },
      { ...item, note: "s" },
      { ...item, parentId: "x" },
      { ...item, topicIds: ["a"] },
    ];
    expect(new Set([item, ...others].map(editionOf)).size).toBe(6);
  });

  it("[AG11] numbers by level: 1, (a), (i), a. and behind z aa", () => {
    expect(nextNumber(agenda, null)).toBe("6");
    expect(nextNumber(agenda, "five")).toBe("(c)");
    expect(nextNumber(agenda, "a")).toBe("(ii)");
    expect(nextNumber(agenda, "i")).toBe("a.");
    expect(nextNumber(agenda, "one")).toBe("(a)");
    expect(nextNumber([], null)).toBe("1");
    const many = (count: number, numbers: (n: number) => string, parentId: string | null): Item[] =>
      Array.from({ length: count }, (_, n) => ({ id: `m${n}`, parentId, order: n, number: numbers(n) }));
    const letter = (n: number) => `(${String.fromCharCode(97 + n)})`;
    expect(nextNumber([...agenda, ...many(26, letter, "one")], "one")).toBe("(aa)");
    const romans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"].map((one) => `(${one})`);
    expect(nextNumber([...agenda, ...many(9, (n) => romans[n] ?? "", "b")], "b")).toBe("(x)");
  });

  it("[AG11] keeps an item's number where it is of the level and free, and takes the next one else", () => {
    expect(numberUnder(agenda, itemOf("a"), "five")).toBe("(a)");
    expect(numberUnder(agenda, itemOf("b"), "one")).toBe("(b)");
    expect(numberUnder(agenda, itemOf("one"), "five")).toBe("(c)");
    expect(numberUnder(agenda, itemOf("b"), null)).toBe("6");
    const twice = [...agenda, { id: "a2", parentId: "one", order: 1, number: "(a)" }];
    expect(numberUnder(twice, itemOf("a"), "one")).toBe("(b)");
  });

  it("[AG14] names what stands in the way of taking an item off, the nearest first", () => {
    const free = { isNow: false, children: 0, texts: 0, statements: 0, positions: 0 };
    expect(obstacleToDeleting(free)).toBeNull();
    expect(obstacleToDeleting({ ...free, positions: 1 })).toBe("item-has-positions");
    expect(obstacleToDeleting({ ...free, statements: 1, positions: 1 })).toBe("item-has-statements");
    expect(obstacleToDeleting({ ...free, texts: 2, statements: 1 })).toBe("item-has-texts");
    expect(obstacleToDeleting({ ...free, children: 1, texts: 2 })).toBe("item-has-items");
    expect(obstacleToDeleting({ ...free, isNow: true, children: 1 })).toBe("item-is-now");
    for (const what of ["is-now", "has-items", "has-texts", "has-statements", "has-positions"]) {
      expect(errors.refusal).toHaveProperty([`item-${what}`]);
    }
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

  it("[AG2] [AG3] [AG11] stays a whole tree with a number once at each place, in any order of moves", () => {
    const act = fc.record({ item: fc.nat(7), step: fc.constantFrom(...STEPS) });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (moves) => {
        let items: Item[] = Array.from({ length: 8 }, (_, n) => ({
          id: `${n}`,
          parentId: null,
          order: n,
          number: `${n + 1}`,
        }));
        for (const { item: at, step } of moves) {
          const item = items.find(({ id }) => id === `${at}`);
          const target = item && targetOf(items, item, step);
          if (!item || !target || !mayStandUnder(items, item.id, target.parentId)) continue;
          const order = orderAt(items, item.id, target) ?? [];
          const number = numberUnder(items, item, target.parentId);
          items = items.map((one) => ({
            ...one,
            ...(one.id === item.id ? { parentId: target.parentId, number } : {}),
            ...(order.includes(one.id) ? { order: order.indexOf(one.id) } : {}),
          }));
        }
        expect(inOrder(agendaTree(items)).toSorted()).toEqual(items.map(({ id }) => id));
        for (const { parentId } of items) {
          const numbers = itemsUnder(items, parentId).map(({ number }) => number);
          expect(new Set(numbers).size).toBe(numbers.length);
        }
      }),
    );
  });
});
