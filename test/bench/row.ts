/** One figure of the bench, as it is printed and written to JSON. */
export type Row = {
  readonly name: string;
  /** What was measured; null when it could not be measured, and `why` says so. */
  readonly value: number | null;
  readonly unit: "ms" | "×" | "kB" | "MB" | "count";
  /** The same figure of the baseline, measured alternately in the same run; null where none is named. */
  readonly baseline: number | null;
  /** value / baseline. */
  readonly ratio: number | null;
  /** What must hold, in words: "≤ 25 ms", "≤ 2 × baseline". */
  readonly budget: string;
  readonly holds: boolean;
  /** The workload that the figure refers to. */
  readonly workload: string;
};

/** A group of rows that are measured together. `name` is what `--only` matches. */
export type Bench = {
  readonly name: string;
  run(say: (line: string) => void): Promise<readonly Row[]>;
};

const round = (value: number) => (value >= 100 ? Math.round(value) : Math.round(value * 100) / 100);

/** A row with a fixed limit. */
export function limitRow(row: {
  readonly name: string;
  readonly value: number;
  readonly unit: Row["unit"];
  readonly most: number;
  readonly workload: string;
}): Row {
  return {
    name: row.name,
    value: round(row.value),
    unit: row.unit,
    baseline: null,
    ratio: null,
    budget: `≤ ${row.most} ${row.unit}`,
    holds: row.value <= row.most,
    workload: row.workload,
  };
}

/** A row with a limit relative to a baseline that was measured in the same run. */
export function ratioRow(row: {
  readonly name: string;
  readonly value: number;
  readonly baseline: number;
  readonly unit: Row["unit"];
  readonly most: number;
  readonly workload: string;
}): Row {
  const ratio = row.value / row.baseline;
  return {
    name: row.name,
    value: round(row.value),
    unit: row.unit,
    baseline: round(row.baseline),
    ratio: round(ratio),
    budget: `≤ ${row.most} × baseline`,
    holds: ratio <= row.most,
    workload: row.workload,
  };
}

/** The value below which `share` of the samples lie (0.5: the median). Sorts a copy; NaN for no samples. */
export function quantile(samples: readonly number[], share: number): number {
  if (samples.length === 0) return Number.NaN;
  const sorted = Float64Array.from(samples).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
