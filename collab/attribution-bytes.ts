/** The attribution index as bytes, for checkpoints. */
import { createDecoder, readVarString, readVarUint } from "lib0/decoding";
import { createEncoder, toUint8Array, writeVarString, writeVarUint } from "lib0/encoding";
import { createAttribution, PARAGRAPH_ACTS, personKey } from "./attribution.ts";
import type { ActNote, Attribution, Runs, Stamp } from "./attribution.ts";

/**
 * Raised when the bytes are read otherwise, and when the same log gives other notes than before: an index of another
 * format is not used, and made anew from the log.
 */
const FORMAT = 2;

/** Bytes for a checkpoint. The same notes give the same bytes, whatever order the clients came in. */
export function encodeAttribution(attribution: Attribution): Uint8Array {
  const encoder = createEncoder();
  const strings = new Map<string, number>();
  const collect = (value: string | null): number => {
    if (value === null) return 0;
    const known = strings.get(value);
    if (known !== undefined) return known;
    strings.set(value, strings.size + 1);
    return strings.size;
  };
  const stamps = attribution.stamps.map(
    (stamp) => [collect(stamp.person), collect(stamp.delegation)] as const,
  );

  writeVarUint(encoder, FORMAT);
  writeVarUint(encoder, strings.size);
  for (const value of strings.keys()) writeVarString(encoder, value);
  writeVarUint(encoder, stamps.length);
  for (const [number, [person, delegation]] of stamps.entries()) {
    const stamp = attribution.stamps[number];
    const before = attribution.stamps[number - 1];
    writeVarUint(encoder, person);
    writeVarUint(encoder, delegation);
    writeSigned(encoder, (stamp?.seq ?? 0) - (before?.seq ?? 0));
    writeSigned(encoder, (stamp?.at ?? 0) - (before?.at ?? 0));
  }
  for (const index of [attribution.inserted, attribution.deleted]) {
    writeVarUint(encoder, index.size);
    for (const client of [...index.keys()].sort((a, b) => a - b)) {
      const runs = index.get(client) ?? [];
      writeVarUint(encoder, client);
      writeVarUint(encoder, runs.length / 3);
      let clock = 0;
      for (let at = 0; at < runs.length; at += 3) {
        writeVarUint(encoder, (runs[at] ?? 0) - clock);
        writeVarUint(encoder, runs[at + 1] ?? 0);
        writeVarUint(encoder, runs[at + 2] ?? 0);
        clock = (runs[at] ?? 0) + (runs[at + 1] ?? 0);
      }
    }
  }
  writeVarUint(encoder, attribution.acts.size);
  for (const paragraph of [...attribution.acts.keys()].sort()) {
    const notes = attribution.acts.get(paragraph) ?? [];
    writeVarString(encoder, paragraph);
    writeVarUint(encoder, notes.length);
    for (const { act, stamp } of notes) {
      writeVarUint(encoder, PARAGRAPH_ACTS.indexOf(act));
      writeVarUint(encoder, stamp);
    }
  }
  writeVarUint(encoder, attribution.latestIn.size);
  for (const paragraph of [...attribution.latestIn.keys()].sort()) {
    writeVarString(encoder, paragraph);
    writeVarUint(encoder, attribution.latestIn.get(paragraph) ?? 0);
  }
  return toUint8Array(encoder);
}

function writeSigned(encoder: ReturnType<typeof createEncoder>, value: number): void {
  writeVarUint(encoder, value < 0 ? -value * 2 - 1 : value * 2);
}

function readSigned(decoder: ReturnType<typeof createDecoder>): number {
  const value = readVarUint(decoder);
  return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
}

/** Throws a sentence when the bytes are not a whole attribution: a checkpoint is then rebuilt from the log. */
export function decodeAttribution(bytes: Uint8Array): Attribution {
  const decoder = createDecoder(bytes);
  const format = readVarUint(decoder);
  if (format !== FORMAT) throw new Error(`Attribution has format ${format}, this program reads ${FORMAT}.`);
  const attribution = createAttribution();
  const strings: (string | null)[] = [null];
  for (let left = readVarUint(decoder); left > 0; left -= 1) strings.push(readVarString(decoder));
  let seq = 0;
  let at = 0;
  for (let left = readVarUint(decoder); left > 0; left -= 1) {
    const person = strings[readVarUint(decoder)] ?? null;
    const delegation = strings[readVarUint(decoder)] ?? null;
    seq += readSigned(decoder);
    at += readSigned(decoder);
    const stamp: Stamp = { seq, person, delegation, at };
    attribution.latest.set(personKey(stamp), attribution.stamps.push(stamp) - 1);
  }
  for (const index of [attribution.inserted, attribution.deleted]) {
    for (let left = readVarUint(decoder); left > 0; left -= 1) {
      const client = readVarUint(decoder);
      const runs: Runs = [];
      let clock = 0;
      for (let count = readVarUint(decoder); count > 0; count -= 1) {
        clock += readVarUint(decoder);
        const length = readVarUint(decoder);
        runs.push(clock, length, readVarUint(decoder));
        clock += length;
      }
      index.set(client, runs);
    }
  }
  for (let left = readVarUint(decoder); left > 0; left -= 1) {
    const paragraph = readVarString(decoder);
    const notes: ActNote[] = [];
    for (let count = readVarUint(decoder); count > 0; count -= 1) {
      const act = PARAGRAPH_ACTS[readVarUint(decoder)];
      const stamp = readVarUint(decoder);
      if (act) notes.push({ act, stamp });
    }
    attribution.acts.set(paragraph, notes);
  }
  for (let left = readVarUint(decoder); left > 0; left -= 1) {
    const paragraph = readVarString(decoder);
    attribution.latestIn.set(paragraph, readVarUint(decoder));
  }
  return attribution;
}

/** Whether two say the same of every character: a rebuild from the log must equal what was kept. */
export function sameAttribution(a: Attribution, b: Attribution): boolean {
  const left = encodeAttribution(a);
  const right = encodeAttribution(b);
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}
