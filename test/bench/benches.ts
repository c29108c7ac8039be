/** Every bench there is; each states its figures. */
import { acknowledgement } from "./acknowledgement.ts";
import { convergence, kills, wal } from "./durability.ts";
import { readers } from "./readers.ts";
import { reconnect } from "./reconnect.ts";
import { reference, scattered } from "./reference.ts";
import type { Bench } from "./row.ts";
import { sockets } from "./sockets.ts";

export const benches: readonly Bench[] = [
  ...[sockets, readers, acknowledgement],
  ...[reference, scattered],
  ...[kills, wal, reconnect, convergence],
];
