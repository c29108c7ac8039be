/** A carry record as it arrives from a page. */
import { PARAGRAPH_ID } from "#collab/model.ts";
import type { Carry, IdRange } from "#collab/model.ts";
import { MAX_CARRY_RANGES } from "./limits.ts";

function readRanges(value: unknown): { readonly ranges: readonly IdRange[]; readonly length: number } | null {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_CARRY_RANGES) return null;
  const ranges: IdRange[] = [];
  let total = 0;
  for (const range of value as readonly unknown[]) {
    if (!Array.isArray(range) || range.length !== 3) return null;
    const [client, clock, length]: unknown[] = range;
    if (!isCount(client) || !isCount(clock) || !isCount(length) || length === 0) return null;
    total += length;
    if (!Number.isSafeInteger(clock + length) || !Number.isSafeInteger(total)) return null;
    ranges.push([client, clock, length]);
  }
  return { ranges, length: total };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** The record, or null when it has another form than the model's. */
export function readCarry(value: unknown): Carry | null {
  if (typeof value !== "object" || value === null || Object.keys(value).length !== 3) return null;
  if (!("from" in value) || !("src" in value) || !("dst" in value)) return null;
  if (typeof value.from !== "string" || !PARAGRAPH_ID.test(value.from)) return null;
  const src = readRanges(value.src);
  const dst = readRanges(value.dst);
  if (!src || !dst || src.length !== dst.length) return null;
  return { from: value.from, src: src.ranges, dst: dst.ranges };
}
