/** The ways in which the server gives something out; each is tried as everybody. */
import { readdirSync } from "node:fs";
import { encodeClientFrame } from "#collab/frames.ts";
import { createTextDoc, SCHEMA_VERSION } from "#collab/model.ts";
import { liveDoors, pageDoors, plainDoors } from "#app/rules/doors.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import * as Y from "yjs";
import { addressesOf, listRoutes, type Route, searchesOf, wordsAskedIn } from "./addresses.ts";
import { ask, call } from "./browser.ts";
import type { Checker } from "./checker.ts";
import { writeInto } from "./delegation-things.ts";
import { comparable, type Doubles } from "./doubles.ts";
import type { Planted } from "./planted.ts";
import { hiddenBehind, hiddenIn, mayAt } from "./rights.ts";
import { moduleOf } from "#test/support/routes.ts";

/** Who tries every part of what is hidden: the others try each thing once in each way. */
const THOROUGH = new Set(["anonymous", "b-editor"]);

type Chosen = Readonly<Record<string, string>>;

const routeId = (route: Route) => route.file.replace(/^app\//, "").replace(/\.tsx?$/, "");

/** What of an address is a thing of its own: pages of its parts are drawn once, and their data asked for each. */
const PARTS = new Set(["paragraph", "a", "b", "format"]);
const thingIn = (chosen: Chosen): string =>
  Object.entries(chosen)
    .filter(([gap]) => !PARTS.has(gap))
    .map(([, value]) => value)
    .join(" ");

/**
 * Every page with its data, and with each search that it reads. Returns in sentences who was shown a page that is not
 * theirs, and who was never shown one that is.
 */
export async function lookAtPages(planted: Planted, checker: Checker, doubles: Doubles): Promise<string[]> {
  const { house, roles, known } = planted;
  const wrong: string[] = [];
  for (const route of await listRoutes()) {
    const asked = wordsAskedIn(route.file);
    const isPage = "default" in (await moduleOf(route.file));
    const acts = pageDoors[route.name]?.page ?? [];
    const searched = new Set<string>();
    const drawn = new Set<string>();
    const tried = new Set<string>();
    const theirs = new Set<string>();
    const shown = new Set<string>();
    for (const { path: plain, chosen } of addressesOf(route.pattern, known)) {
      const data = isPage ? `${plain === "/" ? "/_root" : plain}.data` : plain;
      const one = chosen["text"] ?? (chosen["draft"] === "new" ? "new" : "");
      const isSearched = !searched.has(one);
      searched.add(one);
      const searches = isSearched ? searchesOf(asked, known, chosen).map((search) => `${data}${search}`) : [];
      for (const [at, role] of roles.entries()) {
        const hidden = hiddenIn(planted, role, chosen);
        const isTheirs = hidden === null && acts.every((act) => mayAt(act, role, planted, chosen));
        if (isTheirs && acts.length > 0) theirs.add(role.name);
        // Of what is hidden the parts and searches are tried by a few, and its page is drawn once of each kind.
        const isThorough = hidden === null || THOROUGH.has(role.name);
        const part = `${role.name} ${hidden?.[1].id ?? ""}`;
        if (!isThorough && tried.has(part)) continue;
        tried.add(part);
        const ways = [data];
        const page = `${role.name} ${hidden?.[0] ?? thingIn(chosen)}`;
        if (isPage && !drawn.has(page)) ways.push(plain);
        drawn.add(page);
        // Each loader alone, which the one above it has not let in.
        if (isPage && isSearched) ways.push(`${data}?_routes=${encodeURIComponent(routeId(route))}`);
        if (isThorough) ways.push(...searches);
        // Half of the browsers take their answers packed.
        const headers: Record<string, string> = at % 2 === 0 ? {} : { "accept-encoding": "gzip, br" };
        const get = (path: string) => ask(house.site, role, { path, headers });
        for (const address of ways) {
          const given = await get(address);
          checker.look(role, route.name, address, given);
          if (given.status < 400) {
            shown.add(role.name);
            // A loader alone is asked through its frame, which is everybody's.
            if (!isTheirs && !address.includes("_routes=")) wrong.push(`${role.name} was shown ${address}`);
          }
          const thing = hidden?.[1] ?? hiddenBehind(planted, role, address);
          if (thing === null) continue;
          const about = { address, hidden: thing, way: "GET", given: comparable(given, thing.id) };
          await doubles.compare(role, about, async (other) =>
            comparable(await get(other), doubles.none(thing)),
          );
        }
      }
    }
    const never = [...theirs].filter((name) => !shown.has(name));
    wrong.push(...never.map((name) => `${name} was never shown a page of ${route.name}`));
  }
  return wrong;
}

/** What is answered before the pages: live deltas, health, figures, files of the build. */
export async function lookAtMachines(planted: Planted, checker: Checker, doubles: Doubles): Promise<void> {
  const { house, roles, known } = planted;
  const tried = Object.keys({ ...liveDoors, ...plainDoors }).filter(
    (way) => way !== "/notices" && way !== "/collab",
  );
  for (const way of tried) {
    for (const { path: plain, chosen } of addressesOf(way, known)) {
      const rows =
        way === "/live/texts/:text" ? ["", "?after=0", "?after=1", "?after=5", "?after=999"] : [""];
      for (const address of rows.map((search) => `${plain}${search}`)) {
        for (const role of roles) {
          for (const method of ["GET", "HEAD"] as const) {
            const given = await ask(house.site, role, { path: address, method });
            checker.look(role, way, address, given);
            const hidden = hiddenIn(planted, role, chosen);
            if (hidden === null) continue;
            const [, thing] = hidden;
            const about = { address, hidden: thing, way: method, given: comparable(given, thing.id) };
            await doubles.compare(role, about, async (other) =>
              comparable(await ask(house.site, role, { path: other, method }), doubles.none(thing)),
            );
          }
        }
      }
    }
  }
  const [nobody] = roles;
  if (!nobody) return;
  const figures = await ask(house.site, nobody, {
    path: "/metrics",
    headers: { host: new URL(house.site.url).host },
  });
  if (!figures.body.includes("chapeau_rooms")) throw new Error("the figures were not given");
  checker.lookForAnything("/metrics", figures.body);
  for (const file of readdirSync("build/client/assets")) {
    checker.lookForAnything(file, (await ask(house.site, nobody, { path: `/assets/${file}` })).body);
  }
}

/** The drafters' socket of every text: who may write is welcomed, all others are sent away alike. */
export async function lookAtSockets(planted: Planted, checker: Checker, doubles: Doubles): Promise<string[]> {
  const { house, roles, known } = planted;
  const wrong: string[] = [];
  for (const text of known.texts) {
    const writes = (viewer: Viewer) => text.does("writeText", viewer) === true;
    const [writer] = roles.filter((role) => writes(role.viewer));
    const tryAll = async (): Promise<void> => {
      for (const role of roles) {
        const line = await call(house.site, role, { textId: text.id, frames: [hello()], answers: 1 });
        for (const frame of line.frames) checker.look(role, "/collab", text.id, frame);
        checker.look(role, "/collab", text.id, line.closed?.reason ?? "");
        const isIn = line.frames.length > 0;
        if (writes(role.viewer) !== isIn) wrong.push(`${role.name} was ${isIn ? "" : "not "}let in`);
        if (isIn) continue;
        const about = { address: text.id, hidden: text, way: "socket", given: line.closed };
        await doubles.compare(role, about, async (other) => {
          return (await call(house.site, role, { textId: other, frames: [hello()], answers: 1 })).closed;
        });
      }
    };
    if (!writer) {
      await tryAll();
      continue;
    }
    // While somebody sits there with a caret.
    const what = `caret in ${text.id}`;
    const caret = house.marks.plant({ what, may: writes, at: ["/collab"] });
    await writeInto(house, writer.name, text.id, async (page, settle) => {
      page.send([{ type: "caret", caret }]);
      await settle();
      await tryAll();
    });
  }
  return wrong;
}

function hello(): Uint8Array {
  const doc = createTextDoc();
  const stateVector = Y.encodeStateVector(doc);
  return encodeClientFrame([{ type: "hello", schema: SCHEMA_VERSION, client: doc.clientID, stateVector }]);
}
