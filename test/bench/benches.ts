/** Every bench there is; each states its figures. */
import { acknowledgement } from "./acknowledgement.ts";
import { agendaPages } from "./agenda-pages.ts";
import { delegationsAtOnce } from "./delegations-at-once.ts";
import { canary } from "./canary.ts";
import { convergence, kills, wal } from "./durability.ts";
import { keystroke } from "./keystroke.ts";
import { labels } from "./labels.ts";
import { positions } from "./positions.ts";
import { readers } from "./readers.ts";
import { reconnect } from "./reconnect.ts";
import { reference, scattered } from "./reference.ts";
import type { Bench } from "./row.ts";
import { search } from "./search.ts";
import { sockets } from "./sockets.ts";
import { underDiscussion } from "./under-discussion.ts";

const underLoad: readonly Bench[] = [
  sockets,
  readers,
  underDiscussion,
  acknowledgement,
  delegationsAtOnce,
  reconnect,
];
const ofPages: readonly Bench[] = [agendaPages, positions, search];
const ofOneText: readonly Bench[] = [labels, reference, scattered, keystroke];
const neverLost: readonly Bench[] = [kills, wal, convergence];
const neverLeaked: readonly Bench[] = [canary];

export const benches: readonly Bench[] = [
  ...underLoad,
  ...ofPages,
  ...ofOneText,
  ...neverLost,
  ...neverLeaked,
];
