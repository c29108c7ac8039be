/**
 * `npm test`: gets a Chromium if there is none, builds the application and runs every test. Arguments go to Vitest:
 * `npm test -- --project unit`, `npm test -- test/unit/labels.test.ts`.
 */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { getChromium } from "./chromium.ts";
import { needsBuild } from "./needs-build.ts";

const root = resolve(import.meta.dirname, "..", "..");
const args = process.argv.slice(2);

function run(script: string, scriptArgs: readonly string[], env: Record<string, string>): number {
  const done = spawnSync(process.execPath, [resolve(root, script), ...scriptArgs], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  return done.status ?? 1;
}

const env: Record<string, string> = {};
if (needsBuild(args)) {
  env.CHROMIUM = getChromium((line) => console.log(line));
  console.log(`Browser tests use ${env.CHROMIUM}. Building …`);
  const build = ["vite:build", "--config", "app/vite.config.ts", "--logLevel", "error"];
  const built = run("node_modules/@remix-run/dev/dist/cli.js", build, {});
  if (built !== 0) process.exit(built);
}
process.exit(
  run("node_modules/vitest/vitest.mjs", ["run", "--config", "test/vitest.config.ts", ...args], env),
);
