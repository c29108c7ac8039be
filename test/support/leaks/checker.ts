/** Holds what was given to whom against what the permission table allows. */
import type { Given, Role } from "./browser.ts";
import { type Marks, wordsIn } from "./marks.ts";

export type Checker = {
  /**
   * `at`: the route or other way by which it was given; `asked`: what the person sent, whose words may come back to
   * them; `isLog`: identifiers are allowed there.
   */
  look(role: Role, at: string, asked: string, given: Given | string | Uint8Array): void;
  /** What nobody may be given: a log, a figure, a file of the build. */
  lookForAnything(at: string, given: string | Uint8Array, options?: { readonly idsAllowed: boolean }): void;
  /** What was given to somebody who may not have it, in sentences. */
  leaks(): readonly string[];
  /** What somebody must be given and was not, in sentences. */
  missing(roles: readonly Role[]): readonly string[];
  /** How many answers were looked at. */
  looked(): number;
};

export function createChecker(marks: Marks): Checker {
  const leaks = new Set<string>();
  /** "role mark" → where. */
  const found = new Map<string, Set<string>>();
  let looked = 0;

  return {
    look(role, at, asked, given) {
      looked += 1;
      const own = wordsIn(asked);
      const words =
        typeof given === "string" || given instanceof Uint8Array
          ? wordsIn(given)
          : new Set([...wordsIn(given.body), ...wordsIn(JSON.stringify(given.headers))]);
      for (const word of words) {
        if (own.has(word)) continue;
        const mark = marks.named(word);
        if (!mark) continue;
        if (!mark.may(role.viewer)) {
          leaks.add(`${role.name} was given "${mark.what}" by ${at} (${asked})`);
          continue;
        }
        const key = `${role.name} ${word}`;
        const places = found.get(key) ?? new Set();
        places.add(at);
        found.set(key, places);
      }
    },
    lookForAnything(at, given, { idsAllowed } = { idsAllowed: false }) {
      looked += 1;
      for (const word of wordsIn(given)) {
        const mark = marks.named(word);
        if (mark && !(mark.isId && idsAllowed)) leaks.add(`"${mark.what}" stands in ${at}`);
      }
    },
    leaks: () => [...leaks].toSorted(),
    missing(roles) {
      const gone: string[] = [];
      for (const mark of marks.all()) {
        if (mark.isId) continue;
        for (const role of roles) {
          if (!mark.must(role.viewer)) continue;
          const places = found.get(`${role.name} ${mark.word}`) ?? new Set();
          if (places.size === 0) gone.push(`${role.name} never found "${mark.what}"`);
          for (const at of mark.at) {
            if (!places.has(at) && places.size > 0) {
              gone.push(
                `${role.name} did not find "${mark.what}" by ${at}, only by ${[...places].join(", ")}`,
              );
            }
          }
        }
      }
      return gone.toSorted();
    },
    looked: () => looked,
  };
}
