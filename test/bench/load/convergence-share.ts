/** A share of the convergence runs, in a process of its own so that every core has work. */
import { runConvergence, type ConvergenceOptions } from "#test/endurance/convergence.ts";
import { report, takeOrder } from "./orders.ts";

export type ConvergenceShare = Pick<ConvergenceOptions, "runs" | "seed" | "clients" | "acts">;

await report(runConvergence(await takeOrder<ConvergenceShare>()));
process.exit(0);
