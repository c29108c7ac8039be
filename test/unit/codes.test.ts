/** Authenticator codes: what is typed, what is drawn, and how many wrong ones are taken. */
import { decodeQR } from "qr/decode.js";
import { describe, expect, it } from "vitest";
import { drawQr } from "#app/routes/codes/qr.ts";
import { actsIn } from "#app/routes/account/acts.ts";
import { readCode, recoveryCode } from "#app/rules/codes.ts";
import { createCodeLimit } from "#app/server/sign-in/code-limit.ts";
import { seededRandom } from "#test/endurance/seeded-random.ts";
import { codeAt } from "#test/support/authenticator.ts";

const MINUTE = 60_000;

describe("what is typed", () => {
  it.each([
    ["123456", "code", "123456"],
    [" 123 456 ", "code", "123456"],
    ["٠١٢٣٤٥", "code", "012345"],
    ["۶۷۸۹۰۱", "code", "678901"],
    ["abcde-fgh23", "recovery", "abcde-fgh23"],
    ["ABCDE FGH23", "recovery", "abcde-fgh23"],
    ["abcdefgh23", "recovery", "abcde-fgh23"],
    ["12345", "recovery", "12345-"],
    ["", "recovery", "-"],
  ] as const)("[SI12] %s is read as a %s", (typed, kind, code) => {
    expect(readCode(typed)).toEqual({ kind, code });
  });

  it("[SI12] recovery codes have signs that are not taken for one another, and are read as they are written", () => {
    const random = seededRandom(7);
    for (let made = 0; made < 200; made += 1) {
      const code = recoveryCode((limit) => Math.floor(random() * limit));
      expect(code).toMatch(/^[2-9a-hjkmnp-z]{5}-[2-9a-hjkmnp-z]{5}$/);
      expect(readCode(code)).toEqual({ kind: "recovery", code });
    }
  });
});

describe("an authenticator app", () => {
  it("[SI12] shows what RFC 6238 says (appendix B, its last six digits)", () => {
    const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    const shown = [59, 1_111_111_109, 1_111_111_111, 1_234_567_890, 2_000_000_000].map((seconds) =>
      codeAt(secret, seconds * 1_000),
    );
    expect(shown).toEqual(["287082", "081804", "050471", "005924", "279037"]);
  });

  it("[SI14] reads the drawing", () => {
    const address =
      "otpauth://totp/Chapeau%20chapeau.example.org:noor%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBV&issuer=Chapeau+chapeau.example.org&digits=6&period=30";
    const { size, path } = drawQr(address);
    expect(decodeQR(photographOf(size, path))).toBe(address);
  });
});

/** The drawing as a camera sees it: each module eight points wide. */
function photographOf(size: number, path: string) {
  const scale = 8;
  const side = size * scale;
  const data = new Uint8Array(side * side * 4).fill(255);
  for (const [, x = "", y = "", length = ""] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      const from = (row * side + Number(x) * scale) * 4;
      for (let at = from; at < from + Number(length) * scale * 4; at += 4) data.fill(0, at, at + 3);
    }
  }
  return { width: side, height: side, data };
}

describe("wrong codes in a row", () => {
  it("[SI13] let the codes of that account rest, each time longer up to an hour, and a right one begins anew", () => {
    let now = 0;
    const limit = createCodeLimit(() => now);
    const ten = (key: string) => Array.from({ length: 10 }, () => limit.attempt(key));
    expect(ten("a")).toEqual(Array.from({ length: 10 }, () => 0));
    expect(limit.attempt("a")).toBe(15 * MINUTE);
    // Others, and the same person's known browser, are counted by themselves.
    expect(limit.attempt("b")).toBe(0);
    expect(limit.attempt("a known")).toBe(0);
    const rests: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      now += limit.attempt("a");
      expect(ten("a").every((ms) => ms === 0)).toBe(true);
      rests.push(limit.attempt("a") / MINUTE);
    }
    expect(rests).toEqual([30, 60, 60, 60]);
    now += 60 * MINUTE;
    for (let attempt = 0; attempt < 9; attempt += 1) limit.attempt("a");
    limit.succeeded("a");
    expect(ten("a").every((ms) => ms === 0)).toBe(true);
    expect(limit.attempt("a")).toBe(15 * MINUTE);
  });

  it("[SI13] count from the moment when they are sent, so that many at once are no more than ten", () => {
    const limit = createCodeLimit(() => 0);
    const sent = Array.from({ length: 50 }, () => limit.attempt("a"));
    expect(sent.filter((ms) => ms === 0)).toHaveLength(10);
  });
});

describe("acts on an account", () => {
  it("[SI14] are shown to its person, newest first, without what concerns others", () => {
    const event = (seq: number, act: string, detail: Record<string, unknown> = {}) => ({
      seq,
      act,
      at: seq,
      detail,
    });
    const shown = actsIn([
      event(1, "invitePerson"),
      event(2, "turnOnCodes"),
      event(3, "suspendPerson"),
      event(4, "useRecoveryCode", { left: 9 }),
    ]);
    expect(shown).toEqual([
      { seq: 4, act: "useRecoveryCode", at: 4, left: 9 },
      { seq: 2, act: "turnOnCodes", at: 2, left: null },
    ]);
    const many = Array.from({ length: 60 }, (_, seq) => event(seq, "followLink"));
    expect(actsIn(many)).toHaveLength(20);
  });
});
