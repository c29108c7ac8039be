import { expect, test } from "vitest";
import { runRoomConvergence } from "./room-convergence.ts";

test("[RM2] [RM7] [RM16] [BD2] [HS1] [LK3] [SS11] 800 more with up to eight people: all copies equal, no word lost or astray", async () => {
  const few = await runRoomConvergence({ runs: 400, seed: 30_001, clients: [2, 4], acts: [30, 60] });
  expect(few.failures).toEqual([]);
  expect(few.fallbacks).toBe(0);
  const crowd = await runRoomConvergence({ runs: 400, seed: 50_001, clients: [6, 8], acts: [20, 50] });
  expect(crowd.failures).toEqual([]);
  expect(crowd.fallbacks).toBe(0);
  expect(crowd.kills).toBeGreaterThan(300);
  expect(crowd.restored).toBeGreaterThan(300);
  expect(crowd.recoveries).toBeGreaterThan(300);
});
