/** The agenda, provisional until then, is adopted: from now on each change of it has a reason that stays on record. */
import { agendaEdition } from "#app/rules/agenda.ts";
import { cleanFields, faultsOfLength } from "#app/rules/fields.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import { listAgenda, markAdopted } from "#db/stores/agenda.ts";
import { findAgendaEditor } from "./agenda-ground.ts";
import type { CommandContext } from "./context.ts";
import { actOnSession } from "./session-act.ts";

/**
 * Refused without items, without the symbol of the document, and when it was adopted before (rule AG12); as a conflict
 * when it does not say any more what is adopted (rule AG26).
 */
export async function adoptAgenda(
  context: CommandContext,
  input: {
    readonly sessionId: string;
    readonly symbol: string;
    /** `agendaEdition` of what the page showed; "" or undefined: whatever it says. */
    readonly seen?: string;
  },
): Promise<Refusal | { readonly adoptedAt: number }> {
  const { sessionId, symbol, seen } = cleanFields("agenda", input);
  return actOnSession(context, {
    sessionId,
    permission: "manageAgenda",
    name: "adoptAgenda",
    topic: "agenda",
    work: async (tx, { session, by, at }) => {
      if (session.agendaAdoptedAt !== null) return refuse("conflict", "agenda-adopted");
      const items = await listAgenda(tx, sessionId);
      if (items.length === 0) return refuse("rule", "agenda-empty");
      if (seen && seen !== agendaEdition(items)) {
        return refuse("conflict", "agenda-changed", {
          values: { by: await findAgendaEditor(tx, sessionId) },
        });
      }
      const fields = {
        ...faultsOfLength("agenda", { symbol }),
        ...(symbol === "" ? { symbol: "required" } : {}),
      };
      if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
      await markAdopted(tx, sessionId, { symbol, by: by.personId, at });
      return {
        result: { adoptedAt: at },
        thing: "session",
        thingId: sessionId,
        detail: { symbol, items: items.map(({ id }) => id) },
      };
    },
  });
}
