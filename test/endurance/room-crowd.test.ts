import { expect, test } from "vitest";
import { runRoomConvergence } from "./room-convergence.ts";

test("[RM2] [RM7] [RM16] [BD2] [HS1] [LK3] [SS11] 400 runs of two to four people: all copies equal, no word lost or astray", async () => {
  const few = await runRoomConvergence({ runs: 400, seed: 30_001, clients: [2, 4], acts: [30, 60] });
  expect(few.failures).toEqual([]);
  expect(few.fallbacks).toBe(0);
});

test.each([50_001, 50_201])(
  "[RM2] [RM7] [RM16] [BD2] [HS1] [LK3] [SS11] 200 runs from seed %i of six to eight people: all copies equal, no word lost or astray",
  async (seed) => {
    const crowd = await runRoomConvergence({ runs: 200, seed, clients: [6, 8], acts: [20, 50] });
    expect(crowd.failures).toEqual([]);
    expect(crowd.fallbacks).toBe(0);
    expect(crowd.kills).toBeGreaterThan(150);
    expect(crowd.restored).toBeGreaterThan(120);
    expect(crowd.recoveries).toBeGreaterThan(150);
  },
);

test.each([
  {
    seed: 20_067,
    clients: [2, 6],
    acts: [20, 60],
    was: "frames behind a refused edit came in late, and their words twice",
  },
  {
    seed: 736,
    clients: [2, 6],
    acts: [20, 60],
    was: "a restored paragraph lacked words that stand in a locked one",
  },
  {
    seed: 60_420,
    clients: [2, 6],
    acts: [20, 60],
    was: "a merger done again after a refusal did not know its own words",
  },
  { seed: 70_116, clients: [6, 8], acts: [20, 50], was: "the same, undone by somebody else" },
  {
    seed: 100_810,
    clients: [2, 6],
    acts: [20, 60],
    was: "a paragraph that nobody had seen brought its words back twice",
  },
  {
    seed: 2_000_908,
    clients: [6, 8],
    acts: [20, 50],
    was: "a paragraph came back without words that stood elsewhere",
  },
] as const)("[BD2] [RM12] seed $seed, in which once $was", async ({ seed, clients, acts }) => {
  expect((await runRoomConvergence({ runs: 1, seed, clients, acts })).failures).toEqual([]);
});
