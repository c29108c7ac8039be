/** The figures of the bench: what each must be, what it was, and the row that says so. */

/** What is to be measured and what must hold. A figure without a measurement does not hold. */
export type Figure = {
  readonly name: string;
  readonly unit: "ms" | "kB" | "MB" | "count";
  /** The most it may be: of `unit`, or times the baseline where there is one. */
  readonly most: number;
  /** Whether a baseline is measured alternately in the same run. */
  readonly hasBaseline: boolean;
  /** The workload that it refers to. */
  readonly workload: string;
};

/** One figure as it is printed and written to JSON. */
export type Row = {
  readonly name: string;
  /** Null when it could not be measured: `workload` ends with the reason. */
  readonly value: number | null;
  readonly unit: Figure["unit"];
  /** The same figure of the baseline; null where none is named. */
  readonly baseline: number | null;
  /** value / baseline. */
  readonly ratio: number | null;
  /** What must hold, in words: "≤ 25 ms", "≤ 2 × baseline". */
  readonly budget: string;
  readonly holds: boolean;
  readonly workload: string;
};

export type Measurement = { readonly value: number; readonly baseline?: number };

export type Bench = {
  /** What `--only` matches. */
  readonly name: string;
  readonly figures: readonly Figure[];
  /** Measures and notes each figure under its name; `say` tells what it is doing. */
  run(tools: BenchTools): Promise<void>;
};

export type BenchTools = {
  readonly say: (line: string) => void;
  readonly note: (name: string, measured: Measurement) => void;
};

const round = (value: number): number => (value >= 100 ? Math.round(value) : Math.round(value * 100) / 100);

/** The row of a figure; `trouble` says why it has no measurement. */
export function rowOf(figure: Figure, measured: Measurement | null, trouble = "not measured"): Row {
  const { name, unit, most, hasBaseline, workload } = figure;
  const budget = hasBaseline ? `≤ ${most} × baseline` : `≤ ${most} ${unit}`;
  const isMeasured = measured !== null && Number.isFinite(measured.value);
  const baseline = measured?.baseline ?? null;
  if (!isMeasured || (hasBaseline && baseline === null)) {
    const told = `${workload} Not measured: ${trouble}.`;
    return { name, value: null, unit, baseline: null, ratio: null, budget, holds: false, workload: told };
  }
  const { value } = measured;
  const ratio = hasBaseline && baseline !== null ? value / baseline : null;
  return {
    name,
    value: round(value),
    unit,
    baseline: hasBaseline && baseline !== null ? round(baseline) : null,
    ratio: ratio === null ? null : round(ratio),
    budget,
    holds: (ratio ?? value) <= most,
    workload,
  };
}

/** The value below which `share` of the samples lie (0.5: the median). Sorts a copy; NaN for no samples. */
export function quantile(samples: ArrayLike<number>, share: number): number {
  if (samples.length === 0) return Number.NaN;
  const sorted = Float64Array.from(samples).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(samples: ArrayLike<number>): number {
  return quantile(samples, 0.5);
}
