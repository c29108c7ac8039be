/** The real server as a process of its own, as `npm start` runs it after the build: started, killed and started again. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "..", "..");

export type ServerProcess = {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** Everything that it printed. */
  printed(): string;
  /** Ends it with a signal and waits until it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
};

/** Waits until the server prints its address. Throws with what it printed when it ends before that. */
export async function startProcess(options: {
  readonly folder: string;
  /** 0: one that is free. */
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}): Promise<ServerProcess> {
  const child: ChildProcess = spawn(process.execPath, [resolve(root, "app/server/start.ts")], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: "production",
      CHAPEAU_DATA: options.folder,
      CHAPEAU_PORT: String(options.port ?? 0),
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  const ended = once(child, "exit");
  const url = await new Promise<string>((found, fail) => {
    const hear = (chunk: Buffer) => {
      printed += chunk.toString();
      const address = /https?:\/\/[\w.]+:\d+/.exec(printed)?.[0];
      if (address) found(address);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    void ended.then(() => fail(new Error(`the server ended before it was ready:\n${printed}`)));
  });
  return {
    url,
    port: Number(new URL(url).port),
    printed: () => printed,
    async stop(signal = "SIGTERM") {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await ended;
    },
  };
}

/** Production names its address before it starts, so the port is chosen here. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  probe.close();
  await once(probe, "close");
  return address.port;
}
