/** How long the search for leaks takes, as `npm test` runs it. */
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import type { Bench } from "./row.ts";

const ROOT = resolve(import.meta.dirname, "..", "..");
const NAME = "canary: the search for leaks, from start to end";
const TESTS = ["test/integration/leaks.test.ts", "test/integration/leaks-sent.test.ts"] as const;

export const canary: Bench = {
  name: "canary",
  figures: [
    {
      name: NAME,
      unit: "ms",
      most: 300_000,
      hasBaseline: false,
      workload:
        "Marks in every private field of three delegations, one that is withdrawn and six texts, looked for by twenty kinds of people in all that the built server gives, and in the answers to every form that they may send.",
    },
  ],
  async run({ say, note }) {
    const vitest = resolve(ROOT, "node_modules/vitest/vitest.mjs");
    const args = [vitest, "run", "--config", "test/vitest.config.ts", "--project", "integration", ...TESTS];
    const startedAt = performance.now();
    const code = await new Promise<number | null>((ended, failed) => {
      const child = spawn(process.execPath, args, { cwd: ROOT, stdio: "ignore" });
      child.once("error", failed);
      child.once("exit", ended);
    });
    if (code !== 0) throw new Error(`${TESTS.join(" and ")} ended with ${code}`);
    const ms = performance.now() - startedAt;
    say(`${(ms / 1000).toFixed(0)} s`);
    note(NAME, { value: ms });
  },
};
