/**
 * Finds a Chromium for the browser tests, and gets one when there is none: Playwright's own download, else, as root on
 * Debian, the `chromium` package. `CHROMIUM=path` overrides.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { chromium } from "playwright-core";

const usual = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
];

/** Path of an executable Chromium that is already here, or null. Throws when `CHROMIUM` names nothing. */
export function findChromium(): string | null {
  const named = process.env.CHROMIUM;
  if (named) {
    if (!existsSync(named))
      throw new Error(`CHROMIUM=${named}: there is no such file. Name a Chromium executable.`);
    return named;
  }
  for (const path of [chromium.executablePath(), ...usual]) if (path && existsSync(path)) return path;
  return null;
}

function run(command: string, args: readonly string[], env: Record<string, string> = {}): boolean {
  const done = spawnSync(command, args, {
    stdio: "inherit",
    env: { ...process.env, ...env },
    timeout: 300_000,
  });
  return done.status === 0;
}

/** Finds or installs; says what it does through `say`. Throws with what to do when every way fails. */
export function getChromium(say: (line: string) => void): string {
  const found = findChromium();
  if (found) return found;
  say("No Chromium found for the browser tests. Trying Playwright's download …");
  const cli = resolve(import.meta.dirname, "..", "..", "node_modules/playwright-core/cli.js");
  if (run(process.execPath, [cli, "install", "chromium"])) {
    const downloaded = findChromium();
    if (downloaded) return downloaded;
  }
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    say("Playwright's download did not work. Installing Debian's chromium package …");
    const quiet = { DEBIAN_FRONTEND: "noninteractive" };
    const install = ["install", "-y", "--no-install-recommends", "chromium", "fonts-noto-core"];
    run("apt-get", ["update", "-qq"], quiet);
    run("apt-get", install, quiet);
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Error(
    "No Chromium could be found or installed. Install one (Debian: apt-get install chromium) or set CHROMIUM=/path/to/chromium, then run npm test again.",
  );
}

/** Flags with which the tests start it: no outside calls, works as root and without a GPU. */
export const chromiumFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
