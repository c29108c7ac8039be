/**
 * Whose characters an update brings: the client numbers in a Yjs update (its first encoding), read without Yjs.
 * Everything between two client numbers is only measured, to find the next one.
 */

const GC = 0;
const SKIP = 10;

class Bytes {
  private at = 0;
  private readonly data: Uint8Array;

  constructor(data: Uint8Array) {
    this.data = data;
  }

  byte(): number {
    const value = this.data[this.at];
    if (value === undefined) throw new RangeError("The update ends too early.");
    this.at += 1;
    return value;
  }

  number(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      if (factor > 2 ** 53) throw new RangeError("A number in the update is too long.");
    }
  }

  pass(length: number): void {
    this.at += length;
    if (this.at > this.data.length) throw new RangeError("The update ends too early.");
  }

  /** A string or bytes, both with their length before them. */
  passCounted(): void {
    this.pass(this.number());
  }
}

/**
 * The client numbers that wrote something in this update.
 * Throws RangeError for bytes that are not an update.
 */
export function clientsIn(update: Uint8Array): Set<number> {
  const bytes = new Bytes(update);
  const clients = new Set<number>();
  for (let sections = bytes.number(); sections > 0; sections -= 1) {
    const structs = bytes.number();
    const client = bytes.number();
    bytes.number();
    for (let left = structs; left > 0; left -= 1) {
      if (passStruct(bytes) !== SKIP) clients.add(client);
    }
  }
  return clients;
}

function passStruct(bytes: Bytes): number {
  const info = bytes.byte();
  const kind = info & 31;
  if (kind === GC || kind === SKIP) {
    bytes.number();
    return kind;
  }
  const hasLeft = (info & 128) !== 0;
  const hasRight = (info & 64) !== 0;
  if (hasLeft) passId(bytes);
  if (hasRight) passId(bytes);
  if (!hasLeft && !hasRight) {
    if (bytes.number() === 1) bytes.passCounted();
    else passId(bytes);
    if ((info & 32) !== 0) bytes.passCounted();
  }
  passContent(bytes, kind);
  return kind;
}

function passId(bytes: Bytes): void {
  bytes.number();
  bytes.number();
}

function passContent(bytes: Bytes, kind: number): void {
  switch (kind) {
    case 1: // deleted
      bytes.number();
      return;
    case 2: // JSON values
      for (let left = bytes.number(); left > 0; left -= 1) bytes.passCounted();
      return;
    case 3: // bytes
    case 4: // characters
    case 5: // an embed
      bytes.passCounted();
      return;
    case 6: // formatting: key and value
      bytes.passCounted();
      bytes.passCounted();
      return;
    case 7: {
      // a shared type; two kinds have a name
      const type = bytes.number();
      if (type === 3 || type === 5) bytes.passCounted();
      return;
    }
    case 8: // plain values
      for (let left = bytes.number(); left > 0; left -= 1) passValue(bytes);
      return;
    case 9: // a document
      bytes.passCounted();
      passValue(bytes);
      return;
    default:
      throw new RangeError(`The update has content of an unknown kind, ${kind}.`);
  }
}

function passValue(bytes: Bytes): void {
  const kind = bytes.byte();
  switch (kind) {
    case 127: // undefined
    case 126: // null
    case 121: // false
    case 120: // true
      return;
    case 125: // an integer, with its sign
      bytes.number();
      return;
    case 124:
      bytes.pass(4);
      return;
    case 123:
    case 122:
      bytes.pass(8);
      return;
    case 119: // a string
    case 116: // bytes
      bytes.passCounted();
      return;
    case 118: // an object
      for (let left = bytes.number(); left > 0; left -= 1) {
        bytes.passCounted();
        passValue(bytes);
      }
      return;
    case 117: // a list
      for (let left = bytes.number(); left > 0; left -= 1) passValue(bytes);
      return;
    default:
      throw new RangeError(`The update has a value of an unknown kind, ${kind}.`);
  }
}
