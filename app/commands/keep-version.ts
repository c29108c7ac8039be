/** A version is kept by the server itself: after idle minutes, before a restore, before an import. */
import type { Refusal } from "#app/rules/refusal.ts";
import type { TextVersionRow } from "#db/stores/text-version.ts";
import { findNewestVersion } from "#db/stores/text-version.ts";
import { findTextDoor } from "#db/stores/text-audience.ts";
import type { Turn } from "#collab/server/room.ts";
import type { CommandContext } from "./context.ts";
import { insertVersionOnRecord, versionOf } from "./version-row.ts";

export type KeepReason = "idle" | "before restore" | "before import";

type Keeping = Pick<CommandContext, "db" | "notices" | "now" | "newId">;

/**
 * Inside a turn that is already held. Nothing is kept when the newest version has this very wording, or the text is
 * empty; null then. Refused like `Turn.write`. Automatic versions are the bureau's.
 */
export async function keepVersionInTurn(
  context: Keeping,
  turn: Turn,
  input: {
    readonly textId: string;
    readonly sessionId: string;
    readonly reason: KeepReason;
    /** Who was about to restore or import; null when the server does it by itself. */
    readonly by: { readonly personId: string; readonly delegationId: string | null } | null;
  },
): Promise<Refusal | TextVersionRow | null> {
  const { textId, sessionId, reason, by } = input;
  const previous = await findNewestVersion(context.db.read, textId);
  if (previous?.seq === turn.seq || turn.document().paragraphs.length === 0) return null;
  const kept = await versionOf(turn, previous, {
    id: context.newId(),
    textId,
    kind: "automatic",
    reason,
    label: reason,
    symbol: "",
    note: "",
    issuedBy: by?.personId ?? null,
    issuedAt: context.now(),
  });
  const row = { ...kept, seq: turn.seq, chainHead: turn.head };
  const refused = await turn.write(async (tx) => {
    await insertVersionOnRecord(tx, row, { act: "keepVersion", by, sessionId });
    return null;
  });
  if (refused) return refused;
  context.notices.tell({ kind: "text", textId, sessionId, who: "bureau" }, `versions:${textId}`);
  return row;
}

/** For the timer of idle texts: keeps what five quiet minutes left behind. Refused like `Turn.write`. */
export async function keepVersion(
  context: Keeping & Pick<CommandContext, "rooms">,
  input: { readonly textId: string; readonly reason: KeepReason },
): Promise<Refusal | TextVersionRow | null> {
  const door = await findTextDoor(context.db.read, input.textId);
  if (!door) return null;
  return context.rooms.hold(input.textId, (turn) =>
    keepVersionInTurn(context, turn, { ...input, sessionId: door.sessionId, by: null }),
  );
}
