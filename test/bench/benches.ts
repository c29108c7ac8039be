/** Every bench there is; each states its figures. */
import { reference, scattered } from "./reference.ts";
import type { Bench } from "./row.ts";

export const benches: readonly Bench[] = [reference, scattered];
