/** A change to an agenda that was adopted has a reason, and stays on record. Rule AG13. */
import { fullNumber } from "#app/rules/agenda.ts";
import { cleanFields, faultsOfLength } from "#app/rules/fields.ts";
import type { WriteTx } from "#db/database.ts";
import type { AgendaItemRow } from "#db/stores/agenda.ts";
import { insertAgendaChange } from "#db/stores/agenda-change.ts";
import type { SessionRow } from "#db/stores/session.ts";
import type { CommandContext } from "./context.ts";
import type { By } from "./who.ts";

type Change = {
  readonly itemId: string;
  readonly what: "added" | "edited" | "moved" | "deleted";
  /** See `calledIn` and `placedIn`; "" where there was nothing, or is nothing any more. */
  readonly before: string;
  readonly after: string;
};

/** The reason as it is kept, and what is wrong with it, by field: an agenda that is provisional asks for none. */
export function reasonFor(
  session: SessionRow,
  typed: string | undefined,
): { readonly reason: string; readonly fields: Readonly<Record<string, string>> } {
  const { reason } = cleanFields("agendaChange", { reason: typed ?? "" });
  if (session.agendaAdoptedAt === null) return { reason: "", fields: {} };
  if (reason === "") return { reason, fields: { reason: "reason-missing" } };
  return { reason, fields: faultsOfLength("agendaChange", { reason }) };
}

/** For the event of the change: the hash of its row, or nothing while the agenda is provisional. */
export async function recordChange(
  context: CommandContext,
  tx: WriteTx,
  options: Change & {
    readonly session: SessionRow;
    readonly by: By;
    readonly at: number;
    readonly reason: string;
  },
): Promise<{ readonly sha256?: string }> {
  const { session, by, at, itemId, what, before, after, reason } = options;
  if (session.agendaAdoptedAt === null) return {};
  const row = { id: context.newId(), sessionId: session.id, itemId, what, before, after };
  return { sha256: await insertAgendaChange(tx, { ...row, reason, by: by.personId, at }) };
}

/** "5 (e) Assistance": full number and title. */
export function calledIn(items: readonly AgendaItemRow[], itemId: string): string {
  const item = items.find(({ id }) => id === itemId);
  return item ? `${fullNumber(items, itemId)} ${item.title}` : "";
}
