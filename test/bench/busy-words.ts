/** What people say at length: sentences of a vocabulary in which few words are said often and most are rare. */

const OFTEN =
  "the of and to in a that is for States we as this on be with it by are not have from must all our which should or their international law cyber use infrastructure security responsible behaviour cooperation measures threat critical measure norms voluntary binding capacity building confidence".split(
    " ",
  );
const SYLLABLES = "ba ce di fo gu ka le mi no pu ra se ti vo zu cha dre fli gno pla sto tri".split(" ");
/** Words that somebody would look for, each said now and then. */
export const LOOKED_FOR = [
  "attribution",
  "ransomware",
  "diligence",
  "sovereignty",
  "neutrality",
  "healthcare",
];
const RARE = 6_000;

/** The word of that rank: 0 is the commonest. */
function wordOf(rank: number): string {
  const often = OFTEN[rank];
  if (often !== undefined) return often;
  let rest = rank;
  let word = "";
  for (; rest > 0 || word === ""; rest = Math.floor(rest / SYLLABLES.length)) {
    word += SYLLABLES[rest % SYLLABLES.length] ?? "";
  }
  return word;
}

/** The same for the same number; mulberry32. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` words in sentences of twelve. The second most common word is said half as often as the first, and so on. */
export function sentences(seed: number, count: number): string {
  const next = random(seed);
  const words = Array.from({ length: count }, (_, at) => {
    if (next() < 0.004) return LOOKED_FOR[Math.floor(next() * LOOKED_FOR.length)] ?? "";
    const word = wordOf(Math.floor(RARE ** next()) - 1);
    return at % 12 === 11 ? `${word}.` : word;
  });
  return words.join(" ");
}
