/** An authenticator app: RFC 6238 from the RFC, sharing no code with what checks it. */
import { createHmac } from "node:crypto";

const STEP_MS = 30_000;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Base32 (RFC 4648), spaces and small letters taken as they are read from a page. */
function bytesOf(secret: string): Buffer {
  let bits = "";
  for (const letter of secret.replace(/\s/g, "").toUpperCase()) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) throw new Error(`${letter} is no sign of base32`);
    bits += value.toString(2).padStart(5, "0");
  }
  const bytes = bits.match(/[01]{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

/** The six digits that the app shows at this instant (milliseconds), or `steps` half minutes later. */
export function codeAt(secret: string, at: number, steps = 0): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / STEP_MS) + steps));
  const mac = createHmac("sha1", bytesOf(secret)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  const number = (mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000;
  return String(number).padStart(6, "0");
}
