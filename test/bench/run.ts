/**
 * `npm run bench`: measures every figure that has a budget and prints a table. `-- --json FILE` writes the rows,
 * `-- --only NAME` measures those whose name contains NAME. Exits with 1 when a budget does not hold.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { benches } from "./benches.ts";
import type { Row } from "./row.ts";

const { values } = parseArgs({ options: { json: { type: "string" }, only: { type: "string" } } });
const chosen = benches.filter((bench) => !values.only || bench.name.includes(values.only));
if (chosen.length === 0) {
  console.error(`No bench is called ${values.only}. There are: ${benches.map((bench) => bench.name).join(", ")}.`);
  process.exit(2);
}

const rows: Row[] = [];
for (const bench of chosen) {
  console.log(`… ${bench.name}`);
  rows.push(...(await bench.run((line) => console.log(`  ${line}`))));
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
const widths = head.map((cell, column) => Math.max(cell.length, ...cells.map((line) => line[column]?.length ?? 0)));
for (const line of [head, ...cells]) {
  console.log(line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
}
for (const row of rows) console.log(`${row.name}: ${row.workload}`);
if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
process.exit(rows.every((row) => row.holds) ? 0 : 1);
