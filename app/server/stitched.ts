/**
 * A body that is sent many times with one short word anew each time, such as the nonce of its scripts: what stands
 * between the places of the word is compressed once, and an answer is put together from it.
 */
import { constants, crc32, deflateRawSync } from "node:zlib";

export type Stitched = {
  plain(word: string): Buffer;
  /** One gzip member (RFC 1952). The word has at most 65,535 bytes. */
  gzip(word: string): Buffer;
  /** Bytes that are kept. */
  size(): number;
};

/** Deflate, any compressor, no flags, no time, system unknown. */
const GZIP_HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
/** A last block that is stored and empty. */
const END = Buffer.from([1, 0, 0, 0xff, 0xff]);
/** Pages are compressed while somebody waits. */
const LEVEL = 4;

/** `pieces` are what stands before, between and after the places of the word. */
export function stitched(pieces: readonly (string | Buffer)[]): Stitched {
  const plain = pieces.map((piece) => (typeof piece === "string" ? Buffer.from(piece) : piece));
  // Each for itself, up to a whole byte: nothing in one looks back to what was before it.
  const deflated = plain.map((piece) =>
    deflateRawSync(piece, { level: LEVEL, finishFlush: constants.Z_SYNC_FLUSH }),
  );
  const between = (parts: readonly Buffer[], word: Buffer): Buffer[] =>
    parts.flatMap((part, at) => (at === 0 ? [part] : [word, part]));
  return {
    plain: (word) => Buffer.concat(between(plain, Buffer.from(word))),
    gzip(word) {
      const stored = Buffer.from(word);
      const whole = between(plain, stored);
      const trailer = Buffer.alloc(8);
      trailer.writeUInt32LE(whole.reduce((sum, part) => crc32(part, sum), 0));
      trailer.writeUInt32LE(whole.reduce((sum, { length }) => sum + length, 0) % 2 ** 32, 4);
      return Buffer.concat([GZIP_HEAD, ...between(deflated, storedBlock(stored)), END, trailer]);
    },
    size: () => [...plain, ...deflated].reduce((sum, { length }) => sum + length, 0),
  };
}

/** What stands before, between and after the places of `word` in `bytes`. */
export function splitAt(bytes: Buffer, word: string): Buffer[] {
  const pieces: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(word); at >= 0; at = bytes.indexOf(word, from)) {
    pieces.push(bytes.subarray(from, at));
    from = at + Buffer.byteLength(word);
  }
  return [...pieces, bytes.subarray(from)];
}

/** Deflate's block for bytes as they are, not the last one (RFC 1951, 3.2.4). */
function storedBlock(bytes: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt16LE(bytes.length, 1);
  head.writeUInt16LE(bytes.length ^ 0xff_ff, 3);
  return Buffer.concat([head, bytes]);
}
