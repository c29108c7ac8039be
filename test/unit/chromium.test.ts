/** Which Chromium the browser tests take, with executables made for the purpose. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ChromiumWays, findChromium, getChromium } from "#test/support/chromium.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chapeau-chromium-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);

/** 127 is what the loader ends with when a library is missing. */
function put(name: string, code: 0 | 127): string {
  writeFileSync(at(name), `#!/bin/sh\n[ "$1" = --version ] && exit ${code}\nexit 1\n`, { mode: 0o755 });
  return at(name);
}

/** Looks at `first` and `second` alone, and gets nothing from anywhere. */
function waysOf(others: Partial<ChromiumWays> = {}): ChromiumWays {
  return {
    named: undefined,
    places: () => [at("first"), at("second")],
    download: () => false,
    install: null,
    ...others,
  };
}

describe("the Chromium that is found", () => {
  it("is the first that starts", () => {
    expect(findChromium(waysOf())).toBeNull();
    put("first", 127);
    expect(findChromium(waysOf())).toBeNull();
    const second = put("second", 0);
    expect(findChromium(waysOf())).toBe(second);
    const first = put("first", 0);
    expect(findChromium(waysOf())).toBe(first);
  });

  it("is no file that cannot be executed", () => {
    writeFileSync(at("first"), "a page about browsers", { mode: 0o644 });
    expect(findChromium(waysOf())).toBeNull();
  });

  it("is the one that CHROMIUM names, or the start ends with a sentence", () => {
    put("first", 0);
    const named = put("named", 0);
    expect(findChromium(waysOf({ named }))).toBe(named);
    put("named", 127);
    expect(() => findChromium(waysOf({ named }))).toThrow("it does not start");
    expect(() => findChromium(waysOf({ named: at("nowhere") }))).toThrow("there is no such file");
  });
});

describe("when no Chromium starts", () => {
  it("Playwright's download is taken when it starts, and nothing is installed", () => {
    const said: string[] = [];
    const install = () => void said.push("installed");
    const download = () => put("first", 0) !== "";
    expect(getChromium((line) => said.push(line), waysOf({ download, install }))).toBe(at("first"));
    expect(said).toEqual([expect.stringContaining("Playwright's download")]);
  });

  it("a download that ended well and does not start leads on to the system's package", () => {
    const said: string[] = [];
    const download = () => put("first", 127) !== "";
    const install = () => void put("second", 0);
    expect(getChromium((line) => said.push(line), waysOf({ download, install }))).toBe(at("second"));
    expect(said).toEqual([
      expect.stringContaining("Playwright's download"),
      expect.stringContaining("Debian's chromium package"),
    ]);
  });

  it("says what to do when every way has failed", () => {
    const get = (ways: ChromiumWays) => () => getChromium(() => {}, ways);
    expect(get(waysOf())).toThrow("apt-get install chromium");
    expect(get(waysOf({ install: () => void put("second", 127) }))).toThrow("CHROMIUM=/path/to/chromium");
  });

  it("nothing is downloaded where one starts", () => {
    put("second", 0);
    const download = (): boolean => {
      throw new Error("nobody asked for a download");
    };
    expect(getChromium(() => {}, waysOf({ download }))).toBe(at("second"));
  });
});
