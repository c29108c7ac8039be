/** How long the disk takes to make 8 kB durable: no acknowledgement can be faster, and other programs share it. */
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { quantile } from "./row.ts";

const TIMES = 200;
const PAGES = Buffer.alloc(8_192);

/** Milliseconds. */
export function timeDisk(): { readonly median: number; readonly p99: number } {
  const file = path.join(os.tmpdir(), `chapeau-bench-${process.pid}-disk`);
  const open = openSync(file, "w");
  try {
    const taken = Array.from({ length: TIMES }, () => {
      const startedAt = performance.now();
      writeSync(open, PAGES);
      fdatasyncSync(open);
      return performance.now() - startedAt;
    });
    return { median: quantile(taken, 0.5), p99: quantile(taken, 0.99) };
  } finally {
    closeSync(open);
    rmSync(file);
  }
}
