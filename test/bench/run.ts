/**
 * `npm run bench`: measures every figure that has a budget and prints a table. `-- --json FILE` writes the rows,
 * `-- --only NAME` measures those whose name contains NAME. Exits with 1 when a budget does not hold.
 */
import { writeFileSync } from "node:fs";
import os from "node:os";
import { parseArgs } from "node:util";
import { declareProductionBuild } from "#app/server/env.ts";
import { benches } from "./benches.ts";
import { timeDisk } from "./disk.ts";
import { removeFolders, removeLeftFolders } from "./folder.ts";
import { endChildren } from "./load/child.ts";
import { type Measurement, type Row, rowOf } from "./row.ts";

// Libraries look at it when they are loaded, here and in the processes that are started from here.
declareProductionBuild();

const { values } = parseArgs({ options: { json: { type: "string" }, only: { type: "string" } } });
const chosen = benches.filter(({ name }) => !values.only || name.includes(values.only));
if (chosen.length === 0) {
  console.error(
    `No bench is called ${values.only}. There are: ${benches.map(({ name }) => name).join(", ")}.`,
  );
  process.exit(2);
}
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    void endChildren().then(() => {
      removeFolders();
      process.exit(130);
    });
  });
}

removeLeftFolders();
const rows: Row[] = [];
for (const { name, figures, run } of chosen) {
  const measured = new Map<string, Measurement>();
  let trouble: string | undefined;
  const [load = 0] = os.loadavg();
  const { median, p99 } = timeDisk();
  console.log(
    `… ${name} (before: load ${load.toFixed(1)} on ${os.availableParallelism()} cores; a commit takes the disk ${median.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms)`,
  );
  try {
    await run({
      say: (line) => console.log(`  ${line}`),
      note(figure, value) {
        if (!figures.some((one) => one.name === figure)) throw new Error(`${name} has no figure "${figure}"`);
        measured.set(figure, value);
      },
    });
  } catch (error) {
    trouble = error instanceof Error ? error.message : String(error);
    console.error(`  ${error instanceof Error ? (error.stack ?? trouble) : trouble}`);
  }
  await endChildren();
  removeFolders();
  rows.push(...figures.map((figure) => rowOf(figure, measured.get(figure.name) ?? null, trouble)));
}

const cells = rows.map((row) => [
  row.name,
  row.value === null ? "not measured" : `${row.value} ${row.unit}`,
  row.baseline === null ? "" : `${row.baseline} ${row.unit}`,
  row.ratio === null ? "" : `${row.ratio} ×`,
  row.budget,
  row.holds ? "holds" : "DOES NOT HOLD",
]);
const head = ["what", "value", "baseline", "ratio", "budget", ""];
const widths = head.map((cell, column) =>
  Math.max(cell.length, ...cells.map((line) => line[column]?.length ?? 0)),
);
const lineOf = (line: readonly string[]): string =>
  line
    .map((cell, column) => cell.padEnd(widths[column] ?? 0))
    .join("  ")
    .trimEnd();
console.log("");
for (const line of [head, ...cells]) console.log(lineOf(line));
console.log("");
for (const row of rows) console.log(`${row.name}: ${row.workload}`);
if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
process.exit(rows.every((row) => row.holds) ? 0 : 1);
