/** A data folder that lives as long as a file of tests; the file removes it in `afterAll`. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type SuiteFolder = { readonly path: string; remove(): void };

export function suiteFolder(): SuiteFolder {
  const path = mkdtempSync(join(tmpdir(), "chapeau-suite-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
