import { expect, test } from "vitest";
import { runRoomConvergence } from "./room-convergence.ts";
test("try", async () => {
  const summary = await runRoomConvergence({
    runs: Number(process.env.RUNS ?? 60),
    seed: Number(process.env.SEED ?? 1),
    clients: [2, 6],
  });
  console.log(
    JSON.stringify({ ...summary, failures: summary.failures.map((f) => f.slice(0, 300)) }, null, 1),
  );
  expect(summary.failures).toEqual([]);
});
