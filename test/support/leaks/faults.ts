/** What goes wrong, and what is kept apart: errors that quote somebody's words, and the file of accounts. */
import path from "node:path";
import Sqlite from "better-sqlite3";
import { vi } from "vitest";
import { gapsIn, listRoutes } from "./addresses.ts";
import { ask } from "./browser.ts";
import type { Checker } from "./checker.ts";
import type { Planted } from "./planted.ts";

/** The server fails over a text's words, and its error quotes them. Returns how many answers said that they failed. */
export async function lookAtFaults({ house, roles, known }: Planted, checker: Checker): Promise<number> {
  const quoted = house.marks.plant({ what: "words in an error", may: () => false });
  const broken = new Error(`cannot read "${quoted}"`, { cause: new TypeError(quoted) });
  const { rooms } = house.server;
  const ways = (["paper", "wording", "paperAfter"] as const).map((way) =>
    vi.spyOn(rooms, way).mockRejectedValue(broken),
  );
  let failed = 0;
  try {
    for (const { id } of known.texts) {
      const page = `/sessions/${house.sessionId}/texts/${id}`;
      for (const at of [page, `${page}.data`, `${page}/import`, `/live/texts/${id}?after=3`]) {
        for (const role of roles) {
          const given = await ask(house.site, role, { path: at });
          checker.look(role, "an error", at, given);
          if (given.status === 500) failed += 1;
        }
      }
    }
  } finally {
    for (const way of ways) way.mockRestore();
  }
  return failed;
}

/** Every address without gaps, as everybody, held against what the file of accounts keeps to itself. */
export async function lookForSecrets(
  { house, roles }: Planted,
  secrets: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  const look = (where: string, given: string) => {
    if (secrets.some((secret) => given.includes(secret)))
      found.push(`a secret of an account stands in ${where}`);
  };
  for (const route of await listRoutes()) {
    if (gapsIn(route.pattern).length > 0) continue;
    const data = route.pattern === "/" ? "/_root.data" : `${route.pattern}.data`;
    for (const path of [route.pattern, data]) {
      for (const role of roles) {
        const { body } = await ask(house.site, role, { path });
        look(`${path} of ${role.name}`, body.toString());
      }
    }
  }
  look("the log", house.log());
  return found;
}

const SECRET_COLUMN = /token|password|secret|code|value/i;

/** Secrets of authenticator apps, recovery codes, passwords, tokens and whatever else the file of accounts has in columns that are called so. */
export function secretsOf({ house }: Planted): string[] {
  const file = new Sqlite(path.join(house.server.db.folder, "sign-in.db"), { readonly: true });
  try {
    const tables = file
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
      .pluck()
      .all() as string[];
    const values = tables.flatMap((table) =>
      (file.prepare(`SELECT * FROM "${table}"`).all() as Record<string, unknown>[]).flatMap((row) =>
        Object.entries(row)
          .filter(([column]) => SECRET_COLUMN.test(column))
          .map(([, value]) => String(value)),
      ),
    );
    return [...house.secrets, ...values.filter((value) => value.length >= 12)];
  } finally {
    file.close();
  }
}
