import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeAttribution, encodeAttribution, sameAttribution } from "#collab/attribution-bytes.ts";
import {
  actsOn,
  createAttribution,
  deletedBy,
  eachStamp,
  insertedBy,
  noteRow,
  STAMP_MS,
} from "#collab/attribution.ts";
import type { AttributedRow, Attribution } from "#collab/attribution.ts";
import type { IdRange } from "#collab/model.ts";

function rowOf(seq: number, person: string, at: number, done: Partial<AttributedRow>): AttributedRow {
  return { inserted: [], deleted: [], ...done, stamp: { seq, person, delegation: "LMR", at } };
}

function attributionOf(rows: readonly AttributedRow[]): Attribution {
  const attribution = createAttribution();
  for (const row of rows) noteRow(attribution, row);
  return attribution;
}

describe("the index of who typed and who deleted", () => {
  it("[AU1] names who inserted and who deleted a character, and nobody for what the log does not say", () => {
    const attribution = attributionOf([
      rowOf(1, "ana", 0, { inserted: [[7, 0, 10]] }),
      rowOf(2, "ben", 1_000, { inserted: [[8, 0, 5]], deleted: [[7, 3, 2]] }),
    ]);
    expect(insertedBy(attribution, 7, 9)?.person).toBe("ana");
    expect(insertedBy(attribution, 7, 10)).toBeNull();
    expect(insertedBy(attribution, 8, 0)).toEqual({ seq: 2, person: "ben", delegation: "LMR", at: 1_000 });
    expect([2, 3, 4, 5].map((clock) => deletedBy(attribution, 7, clock)?.person ?? null)).toEqual([
      null,
      "ben",
      "ben",
      null,
    ]);
  });

  it("[AU2] joins neighbours of one person within a minute, and no others", () => {
    const attribution = attributionOf([
      rowOf(1, "ana", 0, { inserted: [[7, 0, 1]] }),
      rowOf(2, "ana", STAMP_MS, { inserted: [[7, 1, 1]] }),
      rowOf(3, "ana", STAMP_MS + 1, { inserted: [[7, 2, 1]] }),
      rowOf(4, "ben", STAMP_MS + 2, { inserted: [[7, 3, 1]] }),
    ]);
    expect([0, 1, 2, 3].map((clock) => insertedBy(attribution, 7, clock)?.seq)).toEqual([1, 1, 3, 4]);
    expect(attribution.inserted.get(7)?.length).toBe(9);
  });

  it("[AU2] keeps who was first when a range is told again", () => {
    const attribution = attributionOf([
      rowOf(1, "ana", 0, { deleted: [[7, 2, 2]] }),
      rowOf(2, "ben", 1, { deleted: [[7, 0, 6]] }),
    ]);
    const people = [0, 1, 2, 3, 4, 5].map((clock) => deletedBy(attribution, 7, clock)?.person);
    expect(people).toEqual(["ben", "ben", "ana", "ana", "ben", "ben"]);
  });

  it("[AU2] begins a new stamp for who comes back to a paragraph in which another has acted meanwhile", () => {
    const acts = ["ana", "ben", "ana", "ana"] as const;
    const typed = (seq: number, person: string, paragraph: string, clock: number) => ({
      ...rowOf(seq, person, seq, { inserted: [[1, clock, 1]] }),
      touched: [paragraph],
    });
    const same = attributionOf(acts.map((person, at) => typed(at + 1, person, "p1", at * 2)));
    expect([0, 2, 4, 6].map((clock) => insertedBy(same, 1, clock)?.seq)).toEqual([1, 2, 3, 3]);
    const apart = attributionOf(acts.map((person, at) => typed(at + 1, person, `of ${person}`, at * 2)));
    expect([0, 2, 4, 6].map((clock) => insertedBy(apart, 1, clock)?.seq)).toEqual([1, 2, 1, 1]);
    expect(sameAttribution(decodeAttribution(encodeAttribution(same)), same)).toBe(true);
  });

  it("[AU3] tells what was done to a paragraph itself", () => {
    const attribution = attributionOf([
      rowOf(1, "ana", 0, { acts: [{ paragraph: "p1", act: "created" }] }),
      rowOf(2, "ben", 1, { acts: [{ paragraph: "p1", act: "moved" }] }),
    ]);
    expect(actsOn(attribution, "p1").map(({ act, stamp }) => [act, stamp.person])).toEqual([
      ["created", "ana"],
      ["moved", "ben"],
    ]);
  });

  it("[AU4] keeps 90,000 rows of typing in less than 300 kB and reads them back the same", () => {
    const attribution = createAttribution();
    let seq = 0;
    for (let burst = 0; burst < 2_250; burst += 1) {
      const client = burst % 12;
      for (let key = 0; key < 40; key += 1) {
        seq += 1;
        const clock = Math.floor(burst / 12) * 40 + key;
        noteRow(attribution, rowOf(seq, `person-${client}`, seq * 180, { inserted: [[client, clock, 1]] }));
        if (key % 9 === 0)
          noteRow(attribution, rowOf(seq, `person-${client}`, seq * 180, { deleted: [[client, clock, 1]] }));
      }
    }
    const bytes = encodeAttribution(attribution);
    expect(bytes.length).toBeLessThan(300_000);
    expect(sameAttribution(decodeAttribution(bytes), attribution)).toBe(true);
  });

  it("[AU4] refuses bytes of another format with a sentence", () => {
    expect(() => decodeAttribution(new Uint8Array([99, 0]))).toThrow("Attribution has format 99");
  });

  const range = fc
    .tuple(fc.nat(2), fc.nat(60), fc.integer({ min: 1, max: 12 }))
    .map((parts): IdRange => parts);
  const row = fc.record({
    person: fc.constantFrom("ana", "ben", null),
    wait: fc.nat(70_000),
    inserted: fc.array(range, { maxLength: 2 }),
    deleted: fc.array(range, { maxLength: 3 }),
  });

  it("[AU4] says the same of every character as a list of rows does, before and after a checkpoint", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), fc.nat(40), (rows, cut) => {
        let attribution = createAttribution();
        const whole = createAttribution();
        const first = {
          inserted: new Map<string, string | null>(),
          deleted: new Map<string, string | null>(),
        };
        let at = 0;
        for (const [index, { person, wait, inserted, deleted }] of rows.entries()) {
          at += wait;
          const noted = { inserted, deleted, stamp: { seq: index + 1, person, delegation: null, at } };
          noteRow(attribution, noted);
          noteRow(whole, noted);
          for (const which of ["inserted", "deleted"] as const) {
            for (const [client, clock, length] of noted[which]) {
              for (let step = 0; step < length; step += 1) {
                const key = `${client}:${clock + step}`;
                if (!first[which].has(key)) first[which].set(key, person);
              }
            }
          }
          if (index === cut) attribution = decodeAttribution(encodeAttribution(attribution));
        }
        expect(sameAttribution(attribution, whole)).toBe(true);
        for (const [which, find] of [
          ["inserted", insertedBy],
          ["deleted", deletedBy],
        ] as const) {
          for (let client = 0; client < 3; client += 1) {
            const told: (string | null | undefined)[] = [];
            let covered = 0;
            eachStamp(attribution, which, [client, 0, 80], (clock, length, stamp) => {
              expect(clock).toBe(covered);
              covered += length;
              for (let step = 0; step < length; step += 1) told.push(stamp ? stamp.person : undefined);
            });
            expect(covered).toBe(80);
            for (let clock = 0; clock < 80; clock += 1) {
              const expected = first[which].get(`${client}:${clock}`);
              const found = find(attribution, client, clock);
              expect(found ? found.person : undefined).toBe(expected);
              expect(told[clock]).toBe(expected);
            }
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
