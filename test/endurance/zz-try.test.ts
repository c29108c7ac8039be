import { expect, test } from "vitest";
import { runRoomConvergence } from "./room-convergence.ts";
const n = (name: string, or: string): number[] => (process.env[name] ?? or).split(",").map(Number);
test("try", async () => {
  const summary = await runRoomConvergence({
    runs: n("RUNS", "60")[0]!,
    seed: n("SEED", "1")[0]!,
    clients: n("CLIENTS", "2,6") as never,
    acts: n("ACTS", "20,60") as never,
    handOvers: process.env.HAND === "1",
  });
  console.log(
    JSON.stringify({ ...summary, failures: summary.failures.map((f) => f.slice(0, 300)) }, null, 1),
  );
  expect(summary.failures).toEqual([]);
});
