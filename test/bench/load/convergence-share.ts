/** A share of the convergence runs, in a process of its own so that every core has work. */
import { runConvergence } from "#test/endurance/convergence.ts";
import { createGateServer } from "#test/endurance/gate-server.ts";
import { runRoomConvergence } from "#test/endurance/room-convergence.ts";
import { report, takeOrder } from "./orders.ts";

export type ConvergenceShare = {
  /** Over the room and its log, or with updates that come twice and in another order, which no socket does. */
  readonly over: "room" | "loose updates";
  readonly runs: number;
  readonly seed: number;
  readonly clients: readonly [fewest: number, most: number];
  readonly acts?: readonly [fewest: number, most: number];
};

/** What either kind of run tells. */
export type ConvergenceTold = {
  readonly runs: number;
  readonly acts: number;
  readonly characters: number;
  /** Of runs over the room alone. */
  readonly kills: number;
  readonly restored: number;
  readonly failures: readonly string[];
};

const { over, ...options } = await takeOrder<ConvergenceShare>();
const told: ConvergenceTold =
  over === "room"
    ? await runRoomConvergence(options)
    : { kills: 0, restored: 0, ...runConvergence({ ...options, makeServer: createGateServer }) };
await report(told);
process.exit(0);
