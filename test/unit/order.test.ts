import { array, assert, integer, nat, property } from "fast-check";
import { expect, test } from "vitest";
import { ORDER_KEY } from "#collab/model.ts";
import { orderBetween } from "#collab/order.ts";
import { seededRandom } from "#test/endurance/seeded-random.ts";

test("[BD18] a key between two others sorts between them, again and again at any place", () => {
  assert(
    property(array(nat(), { maxLength: 150 }), integer(), (places, seed) => {
      const random = seededRandom(seed);
      const keys: string[] = [];
      for (const place of places) {
        const at = place % (keys.length + 1);
        const key = orderBetween(keys[at - 1] ?? "", keys[at] ?? "", random);
        expect(key).toMatch(ORDER_KEY);
        keys.splice(at, 0, key);
      }
      expect(keys.toSorted()).toEqual(keys);
      expect(new Set(keys).size).toBe(keys.length);
    }),
    { numRuns: 60 },
  );
});

test("[BD18] typing a long text paragraph by paragraph keeps the keys short", () => {
  const random = seededRandom(7);
  let last = "";
  for (let i = 0; i < 5_000; i++) {
    const next = orderBetween(last, "", random);
    expect(next > last).toBe(true);
    last = next;
  }
  expect(last.length).toBeLessThan(15);
});

test("[BD18] paragraphs put one after the other, or one before the other, into the same gap fit", () => {
  const random = seededRandom(8);
  const low = orderBetween("", "", random);
  const high = orderBetween(low, "", random);
  let after = low;
  for (let i = 0; i < 1_500; i++) {
    const next = orderBetween(after, high, random);
    expect(next > after && next < high).toBe(true);
    after = next;
  }
  let before = high;
  for (let i = 0; i < 400; i++) {
    const next = orderBetween(low, before, random);
    expect(next > low && next < before).toBe(true);
    before = next;
  }
  expect(after).toMatch(ORDER_KEY);
  expect(before).toMatch(ORDER_KEY);
});

test("[BD18] two people who insert at the same place at once get different keys", () => {
  const keys = Array.from({ length: 500 }, (_, seed) => orderBetween("V00001", "V00002", seededRandom(seed)));
  expect(new Set(keys).size).toBe(keys.length);
});

test("[BD18] between equal keys nothing fits, and the new one comes after them", () => {
  expect(orderBetween("V1", "V1") > "V1").toBe(true);
});
