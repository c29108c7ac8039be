/** Commands of the application, and whom their notices reach, as their sources say. */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";

const FOLDER = "app/commands";
const COMMAND = /^export async function (\w+)\(\s*context: \w*Context,/gm;
const NEIGHBOUR = /^import (?!type)[^;]*? from "\.\/([\w-]+\.ts)"/gm;
const TELLING = /\btell\(\s*(?:\{ kind: "([\w-]+)"|(?!audience: ))/g;
/** These are told to everybody who has a page open. */
const OPEN: ReadonlySet<string> = new Set(["everybody", "session"]);

/**
 * The commands that something outside of their folder calls and of which not everybody hears: they tell fewer, or in a
 * way that cannot be read from their source, or tell nobody.
 */
export function listQuietCommands(): string[] {
  const sources = new Map(
    globSync(`${FOLDER}/*.ts`).map((file) => [path.basename(file), readFileSync(file, "utf8")] as const),
  );
  const callers = globSync("{app,collab}/**/*.{ts,tsx}")
    .filter((file) => path.dirname(file) !== FOLDER)
    .map((file) => readFileSync(file, "utf8"));
  const called = new Set(
    callers.flatMap((source) =>
      [...source.matchAll(/import \{([^}]*)\} from "#app\/commands\//g)].flatMap(([, names = ""]) =>
        names.split(",").map((name) => name.trim().split(" as ")[0] ?? ""),
      ),
    ),
  );
  return [...sources]
    .flatMap(([file, source]) => {
      const names = [...source.matchAll(COMMAND)].map(([, name = ""]) => name);
      const kinds = kindsIn(file, sources);
      const isOpen = kinds.length > 0 && kinds.every((kind) => OPEN.has(kind));
      return isOpen ? [] : names.filter((name) => called.has(name));
    })
    .toSorted();
}

/** Kinds of audiences that the file tells, by itself or by what it takes from its neighbours; "" for one that is worked out. */
function kindsIn(file: string, sources: ReadonlyMap<string, string>, seen = new Set<string>()): string[] {
  const source = sources.get(file);
  if (source === undefined || seen.has(file)) return [];
  seen.add(file);
  const own = [...source.matchAll(TELLING)].map(([, kind = ""]) => kind);
  const others = [...source.matchAll(NEIGHBOUR)].flatMap(([, next = ""]) => kindsIn(next, sources, seen));
  return [...own, ...others];
}
