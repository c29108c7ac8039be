/** Every bench there is; each states its figures. */
import { acknowledgement } from "./acknowledgement.ts";
import { convergence, kills, wal } from "./durability.ts";
import { keystroke } from "./keystroke.ts";
import { positions } from "./positions.ts";
import { readers } from "./readers.ts";
import { reconnect } from "./reconnect.ts";
import { reference, scattered } from "./reference.ts";
import type { Bench } from "./row.ts";
import { sockets } from "./sockets.ts";

const underLoad: readonly Bench[] = [sockets, readers, acknowledgement, reconnect];
const ofTheRecord: readonly Bench[] = [positions];
const ofOneText: readonly Bench[] = [reference, scattered, keystroke];
const neverLost: readonly Bench[] = [kills, wal, convergence];

export const benches: readonly Bench[] = [...underLoad, ...ofTheRecord, ...ofOneText, ...neverLost];
