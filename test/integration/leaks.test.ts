/**
 * Nothing leaks: marks are put into every private field of three delegations, of one that is withdrawn and of texts for
 * each audience, and looked for in everything that the server gives to anybody.
 */
import Sqlite from "better-sqlite3";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Act, may } from "#app/rules/permissions.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import { searchesOf } from "#test/support/leaks/addresses.ts";
import { ask } from "#test/support/leaks/browser.ts";
import { type Checker, createChecker } from "#test/support/leaks/checker.ts";
import { createDoubles, type Doubles } from "#test/support/leaks/doubles.ts";
import { lookAtFaults, lookForSecrets, secretsOf } from "#test/support/leaks/faults.ts";
import { sendForms, sendNames } from "#test/support/leaks/forms.ts";
import { LETTERS, WITHDRAWN, writerOf } from "#test/support/leaks/house.ts";
import { wordsIn } from "#test/support/leaks/marks.ts";
import { openPlanted, type Planted } from "#test/support/leaks/planted.ts";
import { listQuietCommands } from "#test/support/leaks/commands.ts";
import { deedsInDelegation, deedsInTexts, deedsOfNewTexts } from "#test/support/leaks/deeds.ts";
import { deedsOfProposals } from "#test/support/leaks/proposal-deeds.ts";
import { deedsWithPeople } from "#test/support/leaks/deeds-people.ts";
import { hearDeeds, openStreams } from "#test/support/leaks/quiet.ts";
import { listCells } from "#test/support/leaks/rights.ts";
import { lookAtMachines, lookAtPages, lookAtSockets } from "#test/support/leaks/ways.ts";

const MINUTES = 60_000;

let planted: Planted;
let checker: Checker;
let doubles: Doubles;

beforeAll(async () => {
  planted = await openPlanted();
  checker = createChecker(planted.house.marks);
  doubles = createDoubles();
}, 5 * MINUTES);
afterAll(() => planted.house.close());

const namesOf = (is: (viewer: Viewer) => boolean) =>
  planted.roles
    .filter(({ viewer }) => is(viewer))
    .map(({ name }) => name)
    .join(" ");

/** Columns of a delegation's tables that hold no words: ids and choices. */
const WORDLESS = new Set(
  "id edition stance language source_date exceptions topic_ids paragraphs embargo thing explicit released_as kind bridges sponsor_ids supersedes".split(
    " ",
  ),
);

/** Commands of which not everybody hears and that are not tried, with the reason why nobody could hear too much. */
const UNTRIED = {
  beginCodes: "tells nobody: nothing is on yet",
  changeOwnPassword: "tells nobody: the logins that end are one's own",
  requireCodes:
    "tells whom the suspending of somebody tells; every office would rest for the rest of the search",
  turnOffCodes: "tells whom the making of new recovery codes tells",
  turnOnCodes: "tells whom the making of new recovery codes tells",
};

describe("what is private", () => {
  it("[NL6] is planted in every column of words of a delegation's tables", () => {
    const file = new Sqlite(path.join(planted.house.server.db.folder, "chapeau.db"), { readonly: true });
    const bare: string[] = [];
    try {
      const tables = file
        .prepare(
          "SELECT name FROM sqlite_master WHERE type = 'table' AND (name LIKE '%draft' OR name LIKE '%note')",
        )
        .pluck()
        .all() as string[];
      expect(tables.toSorted()).toEqual([
        "delegation_note",
        "position_draft",
        "proposal_draft",
        "statement_draft",
      ]);
      for (const table of tables) {
        const columns = file
          .prepare(`SELECT name FROM pragma_table_info(?) WHERE type = 'text'`)
          .pluck()
          .all(table);
        for (const column of columns as string[]) {
          if (WORDLESS.has(column) || /_(id|by)$/.test(column) || column === "corrects") continue;
          const values = file.prepare(`SELECT "${column}" FROM "${table}"`).pluck().all();
          if (wordsIn(values.join("\n")).size === 0) bare.push(`${table}.${column}`);
        }
      }
    } finally {
      file.close();
    }
    expect(bare).toEqual([]);
  });

  it("[NL1] [PE15] [PE17] of a delegation that is withdrawn is nobody's, but for what waits to be delivered", () => {
    const { house, roles } = planted;
    const place = LETTERS.indexOf(WITHDRAWN) + 1;
    const holders = (act: Act) =>
      listCells(planted)
        .find(({ cell }) => cell === `${act} on delegation ${place}`)
        ?.holders.join(" ");
    expect([holders("readDrafts"), holders("readNotes")]).toEqual(["", ""]);
    const presiding = namesOf(
      (viewer) => may("deliverStatement", viewer, { kind: "session", sessionId: house.sessionId }) === true,
    );
    expect(presiding).not.toBe("");
    expect(holders("readEmbargoed")).toBe(presiding);
    const head = roles.find(({ name }) => name === writerOf(WITHDRAWN));
    expect(head?.viewer).toMatchObject({ kind: "person", delegates: [], drafts: [] });
  });

  it(
    "[NL4] [NL2] is neither shown nor changed by a form that somebody may not send",
    async () => {
      expect(await sendForms(planted, checker, doubles)).toEqual([]);
      expect(await sendNames(planted, checker, doubles)).toEqual([]);
      expect(checker.leaks()).toEqual([]);
      expect(doubles.differences).toEqual([]);
      expect(doubles.compared()).toBeGreaterThan(500);
    },
    10 * MINUTES,
  );

  it(
    "[NL5] is in no error, no log, no figure and no file of the build, and no secret of an account anywhere",
    async () => {
      expect(await lookAtFaults(planted, checker)).toBeGreaterThan(50);
      const secrets = secretsOf(planted);
      expect(secrets.length).toBeGreaterThan(planted.roles.length);
      expect(await lookForSecrets(planted, secrets)).toEqual([]);
      checker.lookForAnything("the log", planted.house.log(), { idsAllowed: true });
      expect(planted.house.log()).toContain("An answer failed.");
      expect(checker.leaks()).toEqual([]);
    },
    10 * MINUTES,
  );

  it(
    "[NL1] [NL2] is found by whom the table lets, in pages, data, searches, files, live deltas and on sockets, and by nobody else",
    async () => {
      await lookAtMachines(planted, checker, doubles);
      expect(await lookAtSockets(planted, checker, doubles)).toEqual([]);
      expect(await lookAtPages(planted, checker, doubles)).toEqual([]);
      expect(checker.leaks()).toEqual([]);
      expect(checker.missing(planted.roles)).toEqual([]);
      // Of every cell of the table there is a mark that exactly its holders had to find.
      const audiences = new Set(
        planted.house.marks
          .all()
          .filter(({ isId }) => !isId)
          .map(({ must }) => namesOf(must)),
      );
      const bare = listCells(planted).filter(
        ({ holders }) => holders.length > 0 && !audiences.has(holders.join(" ")),
      );
      expect(bare).toEqual([]);
      expect(doubles.differences).toEqual([]);
      expect(doubles.compared()).toBeGreaterThan(3_000);
      expect(checker.looked()).toBeGreaterThan(10_000);
    },
    10 * MINUTES,
  );

  it("[NL6] is looked for behind links too: whoever may is asked before a seat ends or a reading is put back", async () => {
    const { house, known, roles } = planted;
    const base = `/sessions/${house.sessionId}`;
    const askedBy = async (path: string, intent: string): Promise<string> => {
      const names = [];
      for (const role of roles) {
        const { status, body } = await ask(house.site, role, { path });
        expect([role.name, status]).toEqual([role.name, 200]);
        if (body.includes(`value="${intent}"`)) names.push(role.name);
      }
      return names.join(" ");
    };
    const removals = [];
    for (const search of searchesOf(["remove"], known, {})) {
      removals.push(await askedBy(`${base}/delegations${search}`, "remove-delegate"));
    }
    // Four sit in the first delegation, of whom one is suspended; nobody is removed where the seat has ended.
    expect(removals.filter((names) => names !== "")).toEqual(["a-head", "a-head", "a-head", "a-head"]);
    expect(removals.length).toBeGreaterThan(4);
    const keepers = namesOf((viewer) => may("correctReference", viewer, { kind: "installation" }) === true);
    const down = `${base}/positions/${known.positions.at(-1)?.id ?? ""}`;
    expect(searchesOf(["confirm"], known, {})).toContain("?confirm=put-back");
    expect(await askedBy(`${down}?confirm=put-back`, "put-back")).toBe(keepers);
    expect(keepers).not.toBe("");
  });

  it(
    "[NL3] changes without a notice to anybody who cannot read the change, and with one to everybody who can",
    async () => {
      const streams = await openStreams(planted);
      const deeds = [
        ...deedsInDelegation(planted),
        ...deedsOfProposals(planted),
        ...(await deedsInTexts(planted)),
        ...deedsOfNewTexts(planted),
        ...deedsWithPeople(planted),
      ];
      const wrong = await hearDeeds(planted, deeds, { streams, checker });
      streams.close();
      expect(wrong).toEqual([]);
      // Every command of which not everybody hears is among them.
      const tried = new Set(deeds.map(({ by }) => by.name));
      expect(listQuietCommands().filter((name) => !tried.has(name))).toEqual(Object.keys(UNTRIED).toSorted());
      expect(checker.leaks()).toEqual([]);
    },
    5 * MINUTES,
  );
});
