import { expect, test } from "vitest";
import { runKillRounds } from "./kills.ts";

test("[RM16] 20 rounds of kill -9 under load: nothing acknowledged is lost, chains are whole, all copies equal", async () => {
  const seed = Math.floor(Math.random() * 1e9);
  const summary = await runKillRounds({ rounds: 20, seed });
  expect(summary, `seed ${seed}`).toMatchObject({ lost: 0, chainsBroken: 0, copiesEqual: true });
  expect(summary.acknowledged).toBeGreaterThan(300);
  expect(summary.rows).toBeGreaterThan(300);
});
