/**
 * Fractional order keys: strings over 0-9A-Za-z that sort as fractions, so a paragraph gets a place between two others
 * without their keys changing (a neighbour may be locked).
 *
 * Every key carries some 20 random bits, so that two persons who insert at the same place at the same moment do not
 * get the same key. Keys grow by one digit for about 14 insertions that each follow the one before.
 */
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE = 62n;
/** Four digits: the least room in which a random key is taken. */
const ROOM = BASE ** 4n;
const SHORTEST = 6;
const LONGEST = 200;

/** The order of a paragraph whose key has not arrived yet. */
export const DEFAULT_ORDER = "V";

export function compareOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function digitOf(key: string, place: number): bigint {
  return BigInt(Math.max(0, DIGITS.indexOf(key[place] ?? "0")));
}

function keyOf(value: bigint, length: number): string {
  let key = "";
  for (let rest = value, i = 0; i < length; i++, rest /= BASE)
    key = (DIGITS[Number(rest % BASE)] ?? "0") + key;
  return key;
}

function scaled(range: bigint, random: () => number): bigint {
  return (range * BigInt(Math.floor(random() * 2 ** 30))) / BigInt(2 ** 30);
}

/** A place in the open room (low, high): near the end that the next insertion is likely to leave free. */
function pick(low: bigint, high: bigint, before: string, after: string, random: () => number): bigint {
  const room = high - low - 1n;
  if (before === "" && after === "") return low + room / 2n + scaled(room / 16n, random);
  if (after === "") return low + 1n + scaled(ROOM, random);
  if (before === "") return high - 1n - scaled(ROOM, random);
  return low + 1n + room / 4n + scaled(room / 8n, random);
}

function sharedStart(a: string, b: string): number {
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return shared;
}

/**
 * A key strictly between `before` and `after`; "" means no neighbour on that side. When nothing fits between them
 * (equal keys, which only a foreign client makes), the key comes after `before`.
 */
export function orderBetween(before: string, after: string, random: () => number = Math.random): string {
  if (after !== "" && after <= before) return orderBetween(before, "", random);
  const shared = sharedStart(before, after);
  const left = before.slice(shared);
  const right = after.slice(shared);
  // The two as numbers of `length` digits; without a neighbour after it, the room ends at 1.
  let low = 0n;
  let high = right === "" ? 1n : 0n;
  for (let length = 1; length <= LONGEST - shared; length++) {
    low = low * BASE + digitOf(left, length - 1);
    high = high * BASE + digitOf(right, length - 1);
    if (length + shared < SHORTEST || high - low - 1n < ROOM * 2n) continue;
    const value = pick(low, high, left, right, random);
    return before.slice(0, shared) + keyOf(value % BASE === 0n ? value + 1n : value, length);
  }
  return after === "" ? `${before}V` : orderBetween(before, "", random);
}
