import { expect, test } from "vitest";
import { runWalCuts, runWalFlips } from "./wal-cuts.ts";

test("[ST11] cut anywhere, the write-ahead log leaves a prefix of what was acknowledged", async () => {
  const summary = await runWalCuts({ cuts: 200, seed: 41 });
  expect(summary.failures).toEqual([]);
  expect(summary.lengths).toBeGreaterThan(20);
});

test("[ST11] with any of its bits changed, the write-ahead log leaves a prefix of what was acknowledged", async () => {
  const summary = await runWalFlips({ flips: 60, seed: 42 });
  expect(summary.failures).toEqual([]);
  expect(summary.lengths).toBeGreaterThan(15);
});
