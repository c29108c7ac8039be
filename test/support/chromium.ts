/**
 * Finds a Chromium for the browser tests, and gets one when there is none: Playwright's own download, else, as root on
 * Debian, the `chromium` package. `CHROMIUM=path` overrides. One that does not start counts as none: a download also
 * ends well where the libraries that it needs are missing.
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

/** Where to look and how to get one; the tests of this file put others in their place. */
export type ChromiumWays = {
  /** What `CHROMIUM` says. */
  readonly named: string | undefined;
  /** Paths where one may be, in the order in which they are tried. */
  readonly places: () => readonly string[];
  /** Playwright's download; false when it failed. */
  readonly download: () => boolean;
  /** The system's own package; null where it cannot be installed. */
  readonly install: (() => void) | null;
};

/** Whether it gets as far as saying its version, which needs every library that it is linked with. */
function doesStart(path: string): boolean {
  return spawnSync(path, ["--version"], { stdio: "ignore", timeout: 60_000 }).status === 0;
}

/** Path of a Chromium that is already here and starts, or null. Throws when `CHROMIUM` names none. */
export function findChromium({ named, places }: ChromiumWays = ways): string | null {
  if (!named) return places().find((path) => path !== "" && existsSync(path) && doesStart(path)) ?? null;
  if (!existsSync(named))
    throw new Error(`CHROMIUM=${named}: there is no such file. Name a Chromium executable.`);
  if (!doesStart(named))
    throw new Error(`CHROMIUM=${named}: it does not start. Try ${named} --version to see why.`);
  return named;
}

function run(command: string, args: readonly string[], env: Record<string, string> = {}): boolean {
  const done = spawnSync(command, args, {
    stdio: "inherit",
    env: { ...process.env, ...env },
    timeout: 300_000,
  });
  return done.status === 0;
}

function installPackage(): void {
  const quiet = { DEBIAN_FRONTEND: "noninteractive" };
  run("apt-get", ["update", "-qq"], quiet);
  const packages = ["chromium", "fonts-noto-core"];
  run("apt-get", ["install", "-y", "--no-install-recommends", ...packages], quiet);
}

const ways: ChromiumWays = {
  named: process.env.CHROMIUM,
  places: () => [chromium.executablePath(), ...usual],
  download() {
    const cli = resolve(import.meta.dirname, "..", "..", "node_modules/playwright-core/cli.js");
    return run(process.execPath, [cli, "install", "chromium"]);
  },
  install: process.getuid?.() === 0 && existsSync("/usr/bin/apt-get") ? installPackage : null,
};

/** Finds or installs; says what it does through `say`. Throws with what to do when every way fails. */
export function getChromium(say: (line: string) => void, by: ChromiumWays = ways): string {
  const found = findChromium(by);
  if (found) return found;
  say("No Chromium found that starts, for the browser tests. Trying Playwright's download …");
  const downloaded = by.download() ? findChromium(by) : null;
  if (downloaded) return downloaded;
  if (by.install) {
    say("Playwright's download did not work. Installing Debian's chromium package …");
    by.install();
    const installed = findChromium(by);
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
