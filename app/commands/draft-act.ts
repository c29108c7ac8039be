/** What every act on a delegation's drafts has in common, of whatever kind the draft is. */
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { Reading, WriteTx } from "#db/database.ts";
import { findAgendaItem } from "#db/stores/agenda.ts";
import type { CommandContext } from "./context.ts";
import { noLonger } from "./still-may.ts";
import {
  type AnyDraft,
  type DraftDoor,
  admitToDelegation,
  faultOfEdition,
  ownDelegations,
} from "./draft-door.ts";

/** Whose draft it is, and when the act is done. */
type Admitted = DraftDoor & { readonly at: number };

/**
 * Begins a draft: `work` checks the words and writes the row. For editors and head of the delegation; its open pages
 * are told.
 */
export async function beginDraft(
  context: CommandContext,
  delegationId: string,
  work: (tx: WriteTx, admitted: Admitted) => Promise<Refusal | null>,
): Promise<Refusal | null> {
  const admitted = await admitToDelegation(context, "draft", delegationId);
  if (isRefusal(admitted)) return admitted;
  const at = context.now();
  const thing = { kind: "delegation", sessionId: admitted.session.id, delegationId } as const;
  const refused = await context.db.write(
    async (tx) =>
      (await noLonger(tx, { act: "draft", viewer: context.viewer, thing })) ??
      (await work(tx, { ...admitted, at })),
  );
  if (refused) return refused;
  context.notices.tell({ kind: "delegation", delegationId }, "drafts");
  return null;
}

/** The row of a draft that has just been begun, without its words. */
export function newDraft(draftId: string, { by, at }: Admitted) {
  return {
    id: draftId,
    delegationId: by.delegationId,
    draftedBy: by.personId,
    draftedAt: at,
    editedBy: by.personId,
    editedAt: at,
    edition: 1,
    releasedAs: null,
  };
}

/**
 * Changes, releases or discards a draft: `work` gets it as it stands in the transaction. Refused as "conflict" when it
 * is not as the page showed it (rules PS5 and SM6) or not open any more; "not there" to whoever is not of its delegation.
 */
export async function actOnDraft<D extends AnyDraft, R extends object>(
  context: CommandContext,
  which: {
    readonly act: "draft" | "release";
    readonly draftId: string;
    /** The edition that the page showed. */
    readonly edition: number;
    readonly find: (
      db: Reading,
      which: { readonly id: string; readonly delegationIds: readonly string[] },
    ) => Promise<D | null>;
  },
  work: (tx: WriteTx, draft: D, admitted: Admitted) => Promise<Refusal | R>,
): Promise<Refusal | R> {
  const { act, draftId, edition, find } = which;
  const own = { id: draftId, delegationIds: ownDelegations(context) };
  const found = await find(context.db.read, own);
  if (!found) return refuse("not-found", "not-there");
  const admitted = await admitToDelegation(context, act, found.delegationId);
  if (isRefusal(admitted)) return admitted;
  const at = context.now();
  const result = await context.db.write(async (tx) => {
    const draft = await find(tx, own);
    if (!draft) return refuse("not-found", "not-there");
    const { delegationId } = draft;
    const thing = { kind: "delegation", sessionId: admitted.session.id, delegationId } as const;
    const late = await noLonger(tx, { act, viewer: context.viewer, thing });
    if (late) return late;
    return faultOfEdition(draft, edition) ?? work(tx, draft, { ...admitted, at });
  });
  if (isRefusal(result)) return result;
  context.notices.tell({ kind: "delegation", delegationId: found.delegationId }, "drafts");
  return result;
}

/**
 * For a release: "item-gone" where the item that the draft names has been taken off the agenda since it was saved. Null
 * where it stands on it, or names none.
 */
export async function faultOfItem(
  tx: WriteTx,
  { itemId }: { readonly itemId: string | null },
  { session }: Pick<Admitted, "session">,
): Promise<Refusal | null> {
  if (itemId === null || (await findAgendaItem(tx, { sessionId: session.id, itemId }))) return null;
  return refuse("conflict", "item-gone");
}
