/** The environment, read in this file alone and checked before anything else happens. `docs/running.md` has the table. */
import { existsSync } from "node:fs";
import { BlockList, isIP } from "node:net";
import path from "node:path";
import { z } from "zod";

export type Env = {
  /** Data folder, absolute. */
  readonly data: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Address to listen on. */
  readonly listen: string;
  readonly mode: "exercise" | "production";
  /** `https://host[:port]`, without a slash at the end; null in an exercise that answers to whatever it is called. */
  readonly origin: string | null;
  /** Null in an exercise: one is made and kept in the data folder. */
  readonly secret: string | null;
  readonly tls: { readonly cert: string; readonly key: string } | null;
  /** Addresses or networks (CIDR) of the proxies whose forwarded headers are believed. */
  readonly proxies: readonly string[];
  /** Whoever sends it as a bearer token gets the figures from anywhere; null: this machine alone gets them. */
  readonly metricsToken: string | null;
  readonly logLevel: "silent" | "error" | "warn" | "info" | "debug";
};

/** A wrong environment: `message` names every variable at fault and what is allowed. */
export class EnvError extends Error {
  override readonly name = "EnvError";
}

const LOG_LEVELS = ["silent", "error", "warn", "info", "debug"] as const;
const KNOWN = [
  "CHAPEAU_DATA",
  "CHAPEAU_PORT",
  "CHAPEAU_LISTEN",
  "CHAPEAU_MODE",
  "CHAPEAU_ORIGIN",
  "CHAPEAU_SECRET",
  "CHAPEAU_TLS_CERT",
  "CHAPEAU_TLS_KEY",
  "CHAPEAU_PROXY",
  "CHAPEAU_METRICS_TOKEN",
  "CHAPEAU_LOG",
] as const;

const readableFile = z
  .string()
  .refine((file) => existsSync(file), "names a file that does not exist")
  .optional();

const variables = z.object({
  CHAPEAU_DATA: z.string().default("./data"),
  CHAPEAU_PORT: z
    .string()
    .regex(/^\d{1,5}$/, "must be a port number from 0 to 65535")
    .transform(Number)
    .refine((port) => port <= 65_535, "must be a port number from 0 to 65535")
    .default(3000),
  CHAPEAU_LISTEN: z
    .string()
    .refine((address) => isIP(address) !== 0 || address === "localhost", {
      message: "must be an IP address: 127.0.0.1 for this machine alone, 0.0.0.0 or :: for every network",
    })
    .default("127.0.0.1"),
  CHAPEAU_MODE: z.enum(["exercise", "production"], "must be exercise or production").default("exercise"),
  CHAPEAU_ORIGIN: z
    .string()
    .refine(isOrigin, "must be an address like https://chapeau.example.org, without a path")
    .optional(),
  CHAPEAU_SECRET: z
    .string()
    .min(32, "must have at least 32 characters; `openssl rand -base64 32` makes one")
    .optional(),
  CHAPEAU_TLS_CERT: readableFile,
  CHAPEAU_TLS_KEY: readableFile,
  CHAPEAU_PROXY: z
    .string()
    .transform((list) => list.split(",").map((address) => address.trim()))
    .refine((list) => list.every(isNetwork), {
      message: "must be IP addresses or networks of the proxy, separated by commas: 10.0.0.5 or 10.0.0.0/24",
    })
    .default([]),
  CHAPEAU_METRICS_TOKEN: z
    .string()
    .regex(/^\S{32,}$/, "must have at least 32 characters and no spaces; `openssl rand -base64 32` makes one")
    .optional(),
  CHAPEAU_LOG: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
});

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (url.protocol === "https:" || url.protocol === "http:") && url.origin === text;
}

function isNetwork(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** Whether an address or host name is this machine itself. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "").replace(/^::ffff:/i, "");
  return bare === "localhost" || bare === "::1" || (isIP(bare) === 4 && bare.startsWith("127."));
}

/** A test for addresses of the configured proxies. */
export function proxyTest(proxies: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const network of proxies) {
    const [address = "", bits] = network.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => {
    const bare = address.replace(/^::ffff:(?=\d+\.)/i, "");
    const family = isIP(bare);
    return family !== 0 && list.check(bare, family === 6 ? "ipv6" : "ipv4");
  };
}

/** Checks `source` (the process's own environment unless given). Throws `EnvError` with one sentence per fault. */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const given = Object.fromEntries(
    Object.entries(source).filter(([name, value]) => name.startsWith("CHAPEAU_") && value !== ""),
  );
  const unknown = Object.keys(given).filter((name) => !KNOWN.some((known) => known === name));
  const parsed = variables.safeParse(given);
  const faults = unknown.map(
    (name) => `${name} is not a variable of Chapeau. There are: ${KNOWN.join(", ")}.`,
  );
  if (!parsed.success) {
    for (const issue of parsed.error.issues) faults.push(`${String(issue.path[0])} ${issue.message}.`);
    throw new EnvError(faults.join("\n"));
  }
  const values = parsed.data;
  const env: Env = {
    data: path.resolve(values.CHAPEAU_DATA),
    port: values.CHAPEAU_PORT,
    listen: values.CHAPEAU_LISTEN,
    mode: values.CHAPEAU_MODE,
    origin: values.CHAPEAU_ORIGIN ?? null,
    secret: values.CHAPEAU_SECRET ?? null,
    tls:
      values.CHAPEAU_TLS_CERT !== undefined && values.CHAPEAU_TLS_KEY !== undefined
        ? { cert: values.CHAPEAU_TLS_CERT, key: values.CHAPEAU_TLS_KEY }
        : null,
    proxies: values.CHAPEAU_PROXY,
    metricsToken: values.CHAPEAU_METRICS_TOKEN ?? null,
    logLevel: values.CHAPEAU_LOG,
  };
  if ((values.CHAPEAU_TLS_CERT === undefined) !== (values.CHAPEAU_TLS_KEY === undefined)) {
    const missing = values.CHAPEAU_TLS_CERT === undefined ? "CHAPEAU_TLS_CERT" : "CHAPEAU_TLS_KEY";
    faults.push(`${missing} is missing: a certificate and its key are given together.`);
  }
  if (env.mode === "production") faults.push(...productionFaults(env));
  if (faults.length > 0) throw new EnvError(faults.join("\n"));
  return env;
}

function productionFaults(env: Env): string[] {
  const faults: string[] = [];
  if (env.secret === null) {
    faults.push(
      "CHAPEAU_SECRET is missing: production needs one of at least 32 characters; `openssl rand -base64 32` makes one.",
    );
  }
  if (env.origin === null) {
    faults.push("CHAPEAU_ORIGIN is missing: production needs its address, like https://chapeau.example.org.");
    return faults;
  }
  const trial = isLoopback(env.listen) && isLoopback(new URL(env.origin).hostname);
  if (trial) return faults;
  if (!env.origin.startsWith("https://")) {
    faults.push("CHAPEAU_ORIGIN must begin with https:// in production.");
  }
  if (env.tls === null && env.proxies.length === 0) {
    faults.push(
      "CHAPEAU_TLS_CERT and CHAPEAU_TLS_KEY, or CHAPEAU_PROXY, are missing: production does not speak plain HTTP to a network. Name a certificate and its key, or the proxy that has them.",
    );
  }
  return faults;
}

/** Tells libraries, React above all, that this is not development. Call before they are loaded. */
export function declareProductionBuild(): void {
  process.env.NODE_ENV ??= "production";
}

/** The data folder alone, for tools that need nothing else of the environment. */
export function readDataFolder(source: Readonly<Record<string, string | undefined>> = process.env): string {
  return path.resolve(source.CHAPEAU_DATA || "./data");
}
