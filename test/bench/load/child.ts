/** Child processes of the bench: start one, take what it reports, end it. All end with the bench. */
import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

export type Child = {
  readonly pid: number;
  /** The next message of the child; throws with its end when it dies first. */
  next<T>(): Promise<T>;
  send(message: object): void;
  /** Sends and waits for the answer. */
  ask<T>(message: object): Promise<T>;
  /** SIGTERM, or another signal, and the wait for its end; SIGKILL after ten seconds. */
  end(signal?: NodeJS.Signals): Promise<void>;
};

const END_WITHIN_MS = 10_000;
const running = new Set<Child>();

/** Forks a file of this folder; `argument` is the first that it takes with `takeOrder`. */
export function startChild(file: string, argument: object): Child {
  const process: ChildProcess = fork(resolve(import.meta.dirname, file), [], {
    serialization: "advanced",
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const waiting: { take(value: unknown): void; fail(error: Error): void }[] = [];
  const arrived: unknown[] = [];
  let gone: Error | null = null;
  process.on("message", (message) => {
    const first = waiting.shift();
    if (first) first.take(message);
    else arrived.push(message);
  });
  const ended = new Promise<void>((done) => {
    process.on("exit", (code, signal) => {
      gone = new Error(`${file} ended with ${signal ?? code}`);
      running.delete(child);
      for (const one of waiting.splice(0)) one.fail(gone);
      done();
    });
  });
  const child: Child = {
    pid: process.pid ?? 0,
    next: <T>() =>
      new Promise<T>((take, fail) => {
        // What a child sends is what its file says.
        if (arrived.length > 0) return take(arrived.shift() as T);
        if (gone) return fail(gone);
        waiting.push({ take: take as (value: unknown) => void, fail });
      }),
    send: (message) => void process.send(message),
    ask<T>(message: object) {
      process.send(message);
      return child.next<T>();
    },
    async end(signal = "SIGTERM") {
      if (gone) return;
      process.kill(signal);
      const hard = setTimeout(() => process.kill("SIGKILL"), END_WITHIN_MS);
      await ended;
      clearTimeout(hard);
    },
  };
  running.add(child);
  process.send(argument);
  return child;
}

/** Ends every child that is still there. */
export async function endChildren(): Promise<void> {
  await Promise.all([...running].map((child) => child.end()));
}

/** Throws when this process may not open as many files and sockets as a load needs. */
export function needOpenFiles(count: number): void {
  const limits = readFileSync("/proc/self/limits", "utf8");
  const [, soft = "unlimited"] = /^Max open files\s+(\d+|unlimited)/m.exec(limits) ?? [];
  if (soft !== "unlimited" && Number(soft) < count) {
    throw new Error(
      `${count} open files are needed and ${soft} are allowed: raise it with ulimit -n ${count}`,
    );
  }
}
