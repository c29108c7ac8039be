/**
 * Frames as they go over a socket (RFC 6455, section 5.2): header and payload in one piece. What a turn of a text tells
 * is the same for every page, so the piece is made once and each page costs one write and no more.
 */

const FINAL_BINARY = 0x82;
const LENGTH_IN_16_BITS = 126;
const LENGTH_IN_64_BITS = 127;

/** One whole binary frame of a server, unmasked and uncompressed. */
export function binaryFrame(payload: Uint8Array): Buffer {
  const { length } = payload;
  if (length < LENGTH_IN_16_BITS) return join([FINAL_BINARY, length], payload);
  if (length <= 0xffff) {
    return join([FINAL_BINARY, LENGTH_IN_16_BITS, length >>> 8, length & 0xff], payload);
  }
  const header = Buffer.alloc(10);
  header.writeUInt8(FINAL_BINARY, 0);
  header.writeUInt8(LENGTH_IN_64_BITS, 1);
  header.writeBigUInt64BE(BigInt(length), 2);
  return join(header, payload);
}

function join(header: ArrayLike<number>, payload: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(header.length + payload.length);
  frame.set(header);
  frame.set(payload, header.length);
  return frame;
}

/** Makes `binaryFrame`s and keeps the newest: the same payload, sent to one page after the other, is wrapped once. */
export function createWire(): (payload: Uint8Array) => Buffer {
  let newest: { readonly payload: Uint8Array; readonly frame: Buffer } | null = null;
  return (payload) => {
    if (newest?.payload !== payload) newest = { payload, frame: binaryFrame(payload) };
    return newest.frame;
  };
}
