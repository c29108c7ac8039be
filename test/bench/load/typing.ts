/** Typing against a server: starts the load, lets something else happen meanwhile, takes the report. */
import { startChild } from "./child.ts";
import type { TypistsOrder, TypistsReport } from "./typists.ts";

/** Opens all sockets first. Throws when an edit was refused or did not reach every peer. */
export async function typeAgainst(
  order: TypistsOrder,
  meanwhile: () => Promise<unknown> = () => Promise.resolve(),
): Promise<TypistsReport> {
  const child = startChild("typists.ts", order);
  await child.next();
  child.send({ go: true });
  const [told] = await Promise.all([child.next<TypistsReport>(), meanwhile()]);
  await child.end();
  const wanted = told.sent * order.peers;
  if (told.refused > 0) throw new Error(`${told.refused} edits were refused`);
  if (told.delivered !== wanted) throw new Error(`${told.delivered} of ${wanted} deliveries arrived`);
  return told;
}
