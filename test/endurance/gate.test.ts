import { expect, test } from "vitest";
import { runConvergence } from "./convergence.ts";
import { createGateServer } from "./gate-server.ts";

test("[GT1] the gate passes everything that honest pages write, put together or as the exchange after a reconnect, and all copies are equal", () => {
  for (const [sends, seed] of [
    ["merged", 20_001],
    ["exchange", 40_001],
  ] as const) {
    const summary = runConvergence({ runs: 150, seed, makeServer: createGateServer, sends });
    expect(summary.failures).toEqual([]);
    expect(summary.repaired).toBeGreaterThan(0);
    expect(summary.brackets).toBeGreaterThan(0);
  }
});
