import { expect, test } from "vitest";
import { runRoomConvergence } from "./room-convergence.ts";

test("[RM2] [RM7] [RM12] [RM16] [BD2] [BD4] [HS1] [HS3] [HS4] [LK3] [SS11] 1,200 runs over the room and its log, killed, locked and restored while people type: all copies equal, no word lost or astray", async () => {
  const summary = await runRoomConvergence({ runs: 1_200, seed: 1, clients: [2, 6] });
  expect(summary.failures).toEqual([]);
  expect(summary.fallbacks).toBe(0);
  expect(summary.kills).toBeGreaterThan(1_000);
  expect(summary.restarts).toBeGreaterThan(300);
  expect(summary.tabsKilled).toBeGreaterThan(500);
  expect(summary.lateFrames).toBeGreaterThan(500);
  expect(summary.restored).toBeGreaterThan(1_000);
  expect(summary.locks).toBeGreaterThan(400);
  expect(summary.recoveries).toBeGreaterThan(1_000);
  expect(summary.offered).toBeGreaterThan(3_000);
  expect(summary.held).toBeGreaterThan(100);
  expect(summary.carets).toBeGreaterThan(5_000);
});
