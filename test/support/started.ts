/** The real process, `npm start` without its build. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { onTestFinished } from "vitest";

type Started = {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly exit: Promise<number | null>;
};

/** With an environment of its own; killed when the test has finished. */
export function startProcess(env: Record<string, string>): Started {
  const child = spawn(process.execPath, ["app/server/start.ts"], {
    cwd: new URL("../..", import.meta.url),
    env: { NODE_ENV: "production", PATH: process.env.PATH ?? "", ...env },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (output += String(piece)));
  const exit = once(child, "exit").then(([code]) => code as number | null);
  return { child, output: () => output, exit };
}

/** Resolves when it has printed `line`; throws with its output when it ends before. */
export async function hasSaid(started: Started, line: string): Promise<void> {
  while (!started.output().includes(line)) {
    await Promise.race([once(started.child.stdout ?? started.child, "data"), started.exit]);
    if (started.child.exitCode !== null) throw new Error(started.output());
  }
}

export const isReady = (started: Started): Promise<void> => hasSaid(started, "Chapeau is ready");
