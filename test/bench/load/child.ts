/** Child processes of the bench: start one, take what it reports, end it. */
import { type ChildProcess, fork } from "node:child_process";
import { resolve } from "node:path";

export type Child = {
  readonly pid: number;
  /** The next message of the child; throws with its end when it dies first. */
  next<T>(): Promise<T>;
  send(message: object): void;
  /** SIGTERM, or another signal, and the wait for its end. */
  end(signal?: NodeJS.Signals): Promise<void>;
};

/** Forks a file of this folder; `argument` arrives as JSON in its first argument. */
export function startChild(file: string, argument: object, env: Readonly<Record<string, string>> = {}): Child {
  const child: ChildProcess = fork(resolve(import.meta.dirname, file), [JSON.stringify(argument)], {
    env: { ...process.env, ...env },
    serialization: "advanced",
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const waiting: { take(value: unknown): void; fail(error: Error): void }[] = [];
  const arrived: unknown[] = [];
  let gone: Error | null = null;
  child.on("message", (message) => {
    const first = waiting.shift();
    if (first) first.take(message);
    else arrived.push(message);
  });
  const ended = new Promise<void>((done) => {
    child.on("exit", (code, signal) => {
      gone = new Error(`${file} ended with ${signal ?? code}`);
      for (const one of waiting.splice(0)) one.fail(gone);
      done();
    });
  });
  return {
    pid: child.pid ?? 0,
    next: <T>() =>
      new Promise<T>((take, fail) => {
        if (arrived.length > 0) return take(arrived.shift() as T);
        if (gone) return fail(gone);
        waiting.push({ take: take as (value: unknown) => void, fail });
      }),
    send: (message) => child.send(message),
    end: async (signal = "SIGTERM") => {
      if (!gone) child.kill(signal);
      await ended;
    },
  };
}
