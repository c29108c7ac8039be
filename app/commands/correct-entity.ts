/** The secretariat corrects a State's or organization's names, code, place in the alphabet or regional group. */
import { cleanFields } from "#app/rules/fields.ts";
import {
  type EntityWords,
  type Fields,
  changesBetween,
  entityProblems,
  fieldsAfter,
  fieldsOfNames,
  withFields,
} from "#app/rules/reference.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { EntityRow } from "#db/stores/entity.ts";
import { changeEntity, findEntity, listEntities } from "#db/stores/entity.ts";
import { findGroup } from "#db/stores/group.ts";
import type { CommandContext } from "./context.ts";
import { actOnReference, recordCorrection } from "./reference-act.ts";

/** What of an entity can be corrected. */
function entityFields({ names, code, alphabet, regionalGroup }: EntityRow): Fields {
  return { ...fieldsOfNames(names), code, alphabet, regionalGroup };
}

/** Refused to all but the secretariat, without a reason, for a code that another has, and when nothing differs. */
export async function correctEntity(
  context: CommandContext,
  input: EntityWords & {
    readonly entityId: string;
    readonly regionalGroup: string | null;
    readonly seen?: number;
  },
): Promise<Refusal | null> {
  const typed = cleanFields("entity", input);
  const { entityId, regionalGroup, code, alphabet, reason, seen } = typed;
  return actOnReference(context, {
    permission: "correctReference",
    name: "correctEntity",
    topic: "reference",
    work: async (tx, acting) => {
      const entity = await findEntity(tx, entityId);
      if (!entity) return refuse("not-found", "not-there");
      const others = (await listEntities(tx)).filter(({ id }) => id !== entityId);
      const group = regionalGroup === null ? null : await findGroup(tx, regionalGroup);
      const fields = {
        ...entityProblems(typed, new Set(others.map((other) => other.code))),
        ...(regionalGroup !== null && group?.kind !== "regional" ? { regionalGroup: "group-not-there" } : {}),
      };
      if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
      const wanted = { ...fieldsOfNames(typed), code, alphabet, regionalGroup };
      const changes = changesBetween(entityFields(entity), wanted);
      const about = { thing: "entity", thingId: entityId, changes, reason, acting, seen } as const;
      const kept = await recordCorrection(tx, context, about);
      if (isRefusal(kept)) return kept;
      const { id: _id, ...facts } = withFields(entity, fieldsAfter([{ value: changes }]));
      await changeEntity(tx, entityId, facts);
      return { result: null, thing: "entity", thingId: entityId, detail: kept };
    },
  });
}
