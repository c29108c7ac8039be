import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { splitAt, stitched } from "#app/server/stitched.ts";
import { seededRandom } from "#test/endurance/seeded-random.ts";

describe("a body with places for a word", () => {
  test("is the same in plain and compressed, whatever stands around the places", () => {
    const random = seededRandom(7);
    const piece = (): string =>
      Array.from({ length: Math.floor(random() * 400) }, () =>
        ["a", "nonce", "<p>", "ü", "中文", "\u{1f600}"].at(Math.floor(random() * 6)),
      ).join("");
    for (let turn = 0; turn < 200; turn += 1) {
      const pieces = Array.from({ length: 1 + Math.floor(random() * 6) }, piece);
      const word = `w${turn}`.repeat(Math.floor(random() * 30));
      const body = stitched(pieces);
      expect(body.plain(word).toString()).toBe(pieces.join(word));
      expect(gunzipSync(body.gzip(word)).toString()).toBe(pieces.join(word));
      const whole = splitAt(Buffer.from(pieces.join("#place#")), "#place#");
      expect(whole.map(String)).toEqual(pieces);
      expect(gunzipSync(stitched(whole).gzip(word)).toString()).toBe(pieces.join(word));
    }
  });

  test("may be empty, and is compressed once for all words", () => {
    expect(gunzipSync(stitched([""]).gzip("word")).toString()).toBe("");
    expect(gunzipSync(stitched(["", ""]).gzip("word")).toString()).toBe("word");
    const long = stitched(["x".repeat(100_000), "y".repeat(100_000)]);
    expect(long.gzip("one").length).toBeLessThan(1_000);
    expect(long.size()).toBeGreaterThan(200_000);
  });
});
