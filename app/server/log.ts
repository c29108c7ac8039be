/** The process's log: what happened, how long it took, never what anybody wrote, whose link it was or what was searched. */
import { type DestinationStream, type Logger, pino } from "pino";
import type { Env } from "./env.ts";

export type Log = Logger;

/** JSON lines on standard output unless `to` is given. */
export function createLog(level: Env["logLevel"], to?: DestinationStream): Log {
  const options = { level, base: null, serializers: { err: errorFacts } };
  return to === undefined ? pino(options) : pino(options, to);
}

/**
 * What may be said of an error: its class, code and where it was thrown. Messages of the database, of parsers and of
 * validators quote what they choked on, which may be somebody's unreleased wording.
 */
function errorFacts(error: unknown): {
  kind: string;
  code?: string;
  at: readonly string[];
  cause?: unknown;
} {
  if (!(error instanceof Error)) return { kind: typeof error, at: [] };
  const at = (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim());
  return {
    kind: error.name,
    ...("code" in error ? { code: String(error.code) } : {}),
    at,
    ...(error.cause === undefined ? {} : { cause: errorFacts(error.cause) }),
  };
}

/** Which part of Chapeau a path belongs to, for log and metrics: identifiers and one-time links stay out of both. */
export function areaOf(path: string): string {
  const parts = path.split("?", 1)[0]?.split("/").filter(Boolean) ?? [];
  const [first = "home", , third] = parts;
  const known = [
    "sessions",
    "sign-in",
    "sign-out",
    "links",
    "account",
    "settings",
    "people",
    "entities",
    "topics",
  ];
  const machine = ["live", "notices", "collab", "health", "metrics", "assets", "code", "home", "__manifest"];
  const area = first.replace(/\.data$/, "");
  if (!known.includes(area) && !machine.includes(area)) return "other";
  const inside = ["agenda", "delegations", "positions", "statements", "drafts", "texts"];
  return area === "sessions" && third !== undefined && inside.includes(third) ? `sessions/${third}` : area;
}
