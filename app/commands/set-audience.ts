/** A text is opened wider, narrowed, or taken back to the bureau. */
import { type Audience, fromSeqOf } from "#app/rules/audience.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { findTextDoor, insertTextAudience, listDelegationsForAudience } from "#db/stores/text-audience.ts";
import { appendEvent } from "#db/stores/event.ts";
import type { CommandContext } from "./context.ts";
import { admit, holdAdmitted } from "./text-door.ts";

export type NewAudience = {
  readonly textId: string;
  readonly audience: Audience;
  /** Delegations named; ignored unless `audience` is "named". */
  readonly delegationIds: readonly string[];
  readonly shows: "live" | "versions";
};

/**
 * The row is written in the text's own queue: what becomes visible is the wording at that moment, to the keystroke.
 * Refused when delegations are to be named and none is, or one is not of this session.
 */
export async function setAudience(
  context: CommandContext,
  input: NewAudience,
): Promise<Refusal | { readonly fromSeq: number }> {
  const admitted = await admit(context, "setAudience", input.textId);
  if (isRefusal(admitted)) return admitted;
  const { textId, audience, shows } = input;
  const { sessionId } = admitted.door;
  const delegationIds = audience === "named" ? [...new Set(input.delegationIds)] : [];
  if (audience === "named" && delegationIds.length === 0) {
    return refuse("invalid", "check-fields", { fields: { delegations: "delegations-none" } });
  }

  const result = await holdAdmitted(context, "setAudience", textId, (turn, { by }) =>
    turn.write(async (tx) => {
      const known = new Set((await listDelegationsForAudience(tx, sessionId)).map(({ id }) => id));
      if (!delegationIds.every((id) => known.has(id))) {
        return refuse("invalid", "check-fields", { fields: { delegations: "delegation-not-there" } });
      }
      const door = await findTextDoor(tx, textId);
      if (!door) return refuse("not-found", "not-there");
      const fromSeq = fromSeqOf(door.audience, { audience, delegationIds, shows }, turn.seq);
      const at = context.now();
      const sha256 = await insertTextAudience(tx, {
        id: context.newId(),
        textId,
        audience,
        delegationIds,
        shows,
        fromSeq,
        setBy: by.personId,
        setAt: at,
      });
      await appendEvent(tx, {
        at,
        by,
        act: "setAudience",
        thing: "text",
        thingId: textId,
        sessionId,
        detail: { audience, delegationIds, shows, fromSeq, sha256 },
      });
      return { fromSeq, before: door.audience };
    }),
  );
  if (isRefusal(result)) return result;
  const { before, fromSeq } = result;
  // Whoever has just lost sight of the text must hear it too; everybody else must not hear that there is something.
  const readers = { kind: "text", textId, sessionId, who: "readers" } as const;
  context.notices.tell({ ...readers, before }, "rights");
  context.notices.tell(readers, `text:${textId}`);
  return { fromSeq };
}
