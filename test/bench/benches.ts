/** Every bench there is; each states its rows. */
import type { Bench } from "./row.ts";

export const benches: readonly Bench[] = [];
