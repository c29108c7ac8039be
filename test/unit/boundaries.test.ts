/** Plants a violation of every row of the import table and sees the linter refuse it. */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..", "..");

type Planted = { readonly file: string; readonly imports: string; readonly type?: boolean };

const refused: readonly Planted[] = [
  { file: "app/rules/planted.ts", imports: "zod" },
  { file: "app/rules/planted.ts", imports: "node:fs" },
  { file: "app/rules/planted.ts", imports: "#db/database.ts" },
  { file: "app/rules/planted.ts", imports: "#collab/model.ts" },
  { file: "app/rules/deep/planted.ts", imports: "#app/commands/context.ts" },
  { file: "app/rules/planted.ts", imports: "../commands/context.ts" },
  { file: "db/stores/planted.ts", imports: "#app/commands/context.ts" },
  { file: "db/stores/planted.ts", imports: "#collab/model.ts" },
  { file: "db/stores/planted.ts", imports: "@remix-run/node" },
  { file: "db/verify/planted.ts", imports: "#db/canonical.ts" },
  { file: "db/verify/planted.ts", imports: "drizzle-orm" },
  { file: "db/verify/planted.ts", imports: "./../canonical.ts" },
  { file: "collab/planted.ts", imports: "#db/database.ts" },
  { file: "collab/planted.ts", imports: "./server/room.ts" },
  { file: "collab/planted.ts", imports: "#collab/client/binding/bind.ts" },
  { file: "collab/planted.ts", imports: "#app/commands/context.ts" },
  { file: "collab/planted.ts", imports: "node:crypto" },
  { file: "collab/server/planted.ts", imports: "#collab/client/binding/bind.ts" },
  { file: "collab/server/planted.ts", imports: "#app/commands/context.ts" },
  { file: "collab/client/binding/planted.ts", imports: "#db/database.ts" },
  { file: "collab/client/binding/planted.ts", imports: "#collab/server/room.ts" },
  { file: "collab/client/binding/planted.ts", imports: "#app/components/button.tsx" },
  { file: "app/commands/planted.ts", imports: "#collab/client/binding/bind.ts" },
  { file: "app/commands/planted.ts", imports: "#collab/server/rooms.ts" },
  { file: "app/commands/planted.ts", imports: "#app/routes/answers.ts" },
  { file: "app/commands/planted.ts", imports: "@remix-run/node" },
  { file: "app/components/planted.tsx", imports: "#db/stores/text.ts" },
  { file: "app/components/planted.tsx", imports: "#app/commands/context.ts" },
  { file: "app/components/planted.tsx", imports: "#collab/server/room.ts" },
  { file: "app/i18n/planted.ts", imports: "#db/stores/text.ts" },
  { file: "app/routes/page/planted.tsx", imports: "#collab/server/rooms.ts" },
  { file: "app/routes/page/planted.tsx", imports: "#app/server/env.ts" },
  { file: "app/routes/page/planted.tsx", imports: "#db/stores/text.ts" },
  { file: "app/root.tsx", imports: "#app/server/env.ts" },
  { file: "app/root.tsx", imports: "#collab/server/rooms.ts" },
  { file: "app/root.tsx", imports: "#db/stores/text.ts" },
  { file: "app/root.tsx", imports: "../db/stores/text.ts" },
  { file: "app/entry.client.tsx", imports: "#collab/server/rooms.ts" },
  { file: "app/entry.client.tsx", imports: "#app/server/env.ts" },
  { file: "app/entry.server.tsx", imports: "#app/server/env.ts" },
  { file: "app/entry.server.tsx", imports: "#db/stores/text.ts" },
  { file: "app/routes.ts", imports: "#collab/server/rooms.ts" },
  { file: "app/routes.ts", imports: "#db/stores/text.ts" },
  { file: "app/server/planted.ts", imports: "#app/routes/answers.ts" },
  { file: "app/server/planted.ts", imports: "#collab/client/binding/bind.ts" },
  { file: "app/server/deep/planted.ts", imports: "../env.ts" },
];

const allowed: readonly Planted[] = [
  { file: "app/rules/fine.ts", imports: "./refusal.ts" },
  { file: "db/stores/fine.ts", imports: "#app/rules/refusal.ts" },
  { file: "db/verify/fine.ts", imports: "node:crypto" },
  { file: "collab/server/fine.ts", imports: "#db/database.ts" },
  { file: "collab/client/binding/fine.ts", imports: "#collab/model.ts" },
  { file: "app/commands/fine.ts", imports: "#collab/server/room.ts", type: true },
  { file: "app/routes/page/fine.tsx", imports: "#app/commands/issue-version.ts" },
  { file: "app/root.tsx", imports: "#app/i18n/translate.ts" },
  { file: "app/entry.client.tsx", imports: "#app/components/when.tsx" },
  { file: "app/server/fine.ts", imports: "#collab/server/rooms.ts" },
];

let folder = "";

/** The linter's complaints about one planted file, as text; empty when it is content. */
function lint(planted: Planted, name: string): string {
  const file = join(folder, name, planted.file);
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync(join(root, ".oxlintrc.json"), join(folder, name, ".oxlintrc.json"));
  const kind = planted.type ? "import type" : "import";
  writeFileSync(
    file,
    `${kind} { thing } from "${planted.imports}";\nexport const used: typeof thing = thing;\n`,
  );
  try {
    execFileSync(join(root, "node_modules/.bin/oxlint"), ["--format=unix", planted.file], {
      cwd: join(folder, name),
      encoding: "utf8",
    });
    return "";
  } catch (failure) {
    return String((failure as { stdout?: string }).stdout ?? failure);
  }
}

describe("the import table", () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "chapeau-boundaries-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(refused.map((planted, index) => ({ ...planted, index })))(
    "[MP1] refuses $imports in $file",
    (planted) => {
      expect(lint(planted, `refused-${planted.index}`)).toContain("no-restricted-imports");
    },
  );

  it.each(allowed.map((planted, index) => ({ ...planted, index })))(
    "[MP1] takes $imports in $file",
    (planted) => {
      expect(lint(planted, `allowed-${planted.index}`)).not.toContain("no-restricted-imports");
    },
  );

  it("[MP1] lets a route read with find… and list…, and nothing else", () => {
    const routes = join(folder, "routes");
    const file = join(routes, "app/routes/page/reads.tsx");
    mkdirSync(dirname(file), { recursive: true });
    copyFileSync(join(root, ".oxlintrc.json"), join(routes, ".oxlintrc.json"));
    const run = (source: string) => {
      writeFileSync(file, source);
      try {
        execFileSync(join(root, "node_modules/.bin/oxlint"), ["--format=unix", "app"], { cwd: routes });
        return "";
      } catch (failure) {
        return String((failure as { stdout?: Buffer }).stdout ?? failure);
      }
    };
    const read = `import { findText, listTexts } from "#db/stores/text.ts";\nexport const reads = [findText, listTexts];\n`;
    const write = `import { insertText } from "#db/stores/text.ts";\nexport const writes = [insertText];\n`;
    expect(run(read)).not.toContain("no-restricted-imports");
    expect(run(write)).toContain("no-restricted-imports");
  });
});
