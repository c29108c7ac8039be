import { expect, test } from "vitest";
import { runConvergence } from "./convergence.ts";
import { createGateServer } from "./gate-server.ts";

test("[BD1] [BD2] [BD3] [BD11] [BD15] [BD16] [BR9] [BR13] [GT1] 2,000 runs of two to eight people with updates that come twice and in another order: all copies equal, no word lost or astray, no half bracket", () => {
  const summary = runConvergence({ runs: 1_600, seed: 1, clients: [2, 6], makeServer: createGateServer });
  expect(summary.failures).toEqual([]);
  expect(summary.fallbacks).toBe(0);
  expect(summary.repaired).toBeGreaterThan(0);
  expect(summary.held).toBeGreaterThan(100);
  expect(summary.carets).toBeGreaterThan(1_000);
  expect(summary.brackets).toBeGreaterThan(1_000);

  const crowd = runConvergence({
    runs: 400,
    seed: 50_001,
    clients: [6, 8],
    acts: [20, 50],
    makeServer: createGateServer,
  });
  expect(crowd.failures).toEqual([]);
  expect(crowd.fallbacks).toBe(0);
});

test("[BD11] without the server's repair the same runs show words twice, so the check can fail", () => {
  const summary = runConvergence({ runs: 40, seed: 1, repair: false });
  expect(summary.failures).toEqual([]);
  expect(summary.repaired).toBe(0);
  expect(summary.duplicateRuns).toBeGreaterThan(0);
});
