import { expect, test } from "vitest";
import { runRoomConvergence } from "./room-convergence.ts";

test.each([1, 301, 601, 901])(
  "[AU4] [AU6] [RM2] [RM7] [RM12] [RM16] [RM24] [BD2] [BD4] [HS1] [HS3] [HS4] [LB17] [LK3] [SS11] [SS30] [SS31] 300 runs from seed %i over the room and its log, killed, locked and restored while people type: all copies equal, no word lost, astray or another's",
  async (seed) => {
    const summary = await runRoomConvergence({ runs: 300, seed, clients: [2, 6], handOvers: true });
    expect(summary.failures).toEqual([]);
    expect(summary.fallbacks).toBe(0);
    expect(summary.kills).toBeGreaterThan(200);
    expect(summary.restarts).toBeGreaterThan(60);
    expect(summary.tabsKilled).toBeGreaterThan(100);
    expect(summary.handOvers).toBeGreaterThan(200);
    expect(summary.lateFrames).toBeGreaterThan(100);
    expect(summary.restored).toBeGreaterThan(200);
    expect(summary.locks).toBeGreaterThan(80);
    expect(summary.recoveries).toBeGreaterThan(200);
    expect(summary.offered).toBeGreaterThan(1_000);
    expect(summary.held).toBeGreaterThan(20);
    expect(summary.carets).toBeGreaterThan(1_500);
    expect(summary.late).toBeGreaterThan(300);
  },
);
