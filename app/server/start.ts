/** `npm start`: the process. Reads the environment, starts, says how to get in, stops when it is told to. */
import { networkInterfaces } from "node:os";
import { start as words } from "#app/i18n/en/start.ts";
import { declareProductionBuild, type Env, EnvError, readEnv } from "./env.ts";
import type { RunningServer } from "./serve.ts";

const STOP_WITHIN_MS = 4_500;

/** What a shell makes of a process that a signal has ended. */
const EXIT_CODES = { SIGTERM: 143, SIGINT: 130 } as const;

async function start(): Promise<void> {
  let server: RunningServer | null = null;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => (server === null ? leave(EXIT_CODES[signal]) : void stop(server)));
  }
  const development = process.argv.includes("--dev");
  if (!development) declareProductionBuild();
  const env = readEnv();
  // After the environment: libraries look at it when they are loaded.
  const [{ startServer }, { createLog }] = await Promise.all([import("./serve.ts"), import("./log.ts")]);
  const log = createLog(env.logLevel);
  // One forgotten promise must not send a whole room home.
  process.on("unhandledRejection", (err) =>
    log.error({ err }, "A promise was rejected and nobody listened."),
  );
  server = await startServer({ env, development, log, onProgress: (line) => console.log(line) });
  for (const line of welcome(server, env)) console.log(line);
}

/** Nobody has been let in yet: whatever is half done is mended by the next start. */
function leave(code: number): void {
  console.log(words.stoppedAtStart);
  process.exit(code);
}

async function stop(server: RunningServer): Promise<void> {
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  await server.close();
  process.exit(0);
}

/** What to do next, for whoever started it. */
function welcome(server: RunningServer, env: Env): string[] {
  const lines = ["", ...addresses(server.url, env).map((address) => `Chapeau is ready: ${address}`)];
  if (env.mode === "exercise") {
    lines.push("This is an exercise with invented States. Open the address and choose who you are:");
    lines.push("the chair runs the session, a delegate speaks for a State, a drafter writes in a text.");
    if (server.code !== null) lines.push(`Each browser is asked once for this code: ${server.code}`);
  }
  if (server.firstLink !== null) {
    lines.push("Nobody of the secretariat has an account yet. This link makes the first one, once:");
    lines.push(server.firstLink);
  }
  lines.push("");
  return lines;
}

/** Where browsers find it: an open exercise has as many addresses as its machine. */
function addresses(url: string, env: Env): string[] {
  if (env.origin !== null) return [env.origin];
  const { protocol, port } = new URL(url);
  if (env.listen !== "0.0.0.0" && env.listen !== "::") return [url];
  const outside = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((one) => one.family === "IPv4" && !one.internal);
  return ["localhost", ...outside.map((one) => one.address)].map((host) => `${protocol}//${host}:${port}`);
}

try {
  await start();
} catch (error) {
  // Whoever starts it needs the sentence, not where it was thrown.
  const sentence = error instanceof Error ? error.message : String(error);
  console.error(error instanceof EnvError ? sentence : `Chapeau did not start: ${sentence}`);
  process.exit(1);
}
