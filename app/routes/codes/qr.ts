/** Words as a QR code, drawn by the page itself. */
import { encodeQR } from "qr";

/** Light modules around, without which a phone does not find it. */
const QUIET = 4;

export type QrDrawing = {
  /** Modules on a side, the light ones around included. */
  readonly size: number;
  /** The dark modules, as an SVG path: one unit is one module. */
  readonly path: string;
};

export function drawQr(words: string): QrDrawing {
  const rows = encodeQR(words, "raw", { ecc: "medium", border: QUIET });
  const pieces = rows.flatMap((row, y) =>
    runsOf(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`),
  );
  return { size: rows.length, path: pieces.join("") };
}

/** Where dark modules begin, and how many stand side by side. */
function runsOf(row: readonly boolean[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const [x, isDark] of row.entries()) {
    const last = runs.at(-1);
    if (!isDark) continue;
    if (last && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  }
  return runs;
}
