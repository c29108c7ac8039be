/** What a group's page shows. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { nameIn } from "#app/rules/language.ts";
import { memberCounts, membershipId } from "#app/rules/reference.ts";
import { may } from "#app/rules/permissions.ts";
import { belongsTo, dayAt } from "#app/rules/positions.ts";
import { notThere } from "#app/routes/answers.ts";
import { correctionLines } from "#app/routes/reference/lines.ts";
import { listEntities } from "#db/stores/entity.ts";
import { findNewestCorrection } from "#db/stores/reference-correction.ts";
import { findGroup, listMembershipsIn } from "#db/stores/group.ts";

/** Doubts that `db/reference/NOTES.md` names, by group. */
const doubts: Readonly<Record<string, "ldc" | "g77-china" | "suspensions">> = {
  ldc: "ldc",
  "g77-china": "g77-china",
  au: "suspensions",
  oic: "suspensions",
};

/** Throws "not there" for a group that is not of this kind of installation. */
export async function loadGroup(context: AppLoadContext, groupId: string, search: URLSearchParams) {
  const { language, mode } = context;
  const db = context.db.read;
  const group = await findGroup(db, groupId);
  if (!group || (mode === "exercise" && !group.exercise)) throw notThere();
  const today = dayAt(context.now(), "UTC");
  const mayCorrect = may("correctReference", context.viewer, { kind: "installation" }) === true;
  const memberships = (await listMembershipsIn(db, group.id)).map((row) => ({
    entityId: row.entityId,
    name: nameIn(row.entity.names, language),
    code: row.entity.code,
    role: row.role,
    from: row.from,
    to: row.to,
    scheduledTo: row.scheduledTo,
    note: row.note,
    isOfToday: row.from <= today && (row.to === null || today < row.to),
  }));
  const asked = memberships.find(
    ({ entityId, from }) => entityId === search.get("member") && from === (search.get("from") ?? ""),
  );
  const chosen = mayCorrect ? asked : undefined;
  const doubt = doubts[group.id] ?? null;
  return {
    group: {
      id: group.id,
      code: group.code,
      name: nameIn(group.names, language),
      names: group.names,
      asOf: group.asOf,
      source: group.source,
      verified: group.verified,
      otherMembers: group.otherMembers ?? [],
      note: group.note,
      // The names of invented groups are nobody's doubt.
      doubts: [
        ...(doubt === null ? [] : [doubt]),
        ...(group.verified === false ? (["unverified"] as const) : []),
      ],
      isReal: !group.exercise,
    },
    counts: memberCounts(
      memberships.filter(({ isOfToday }) => isOfToday).map(({ role }) => ({ role, count: 1 })),
      group.otherMembers?.length ?? 0,
    ),
    members: memberships.filter(({ isOfToday }) => isOfToday),
    others: memberships.filter(({ isOfToday }) => !isOfToday),
    mayCorrect,
    seen: await findNewestCorrection(db, { thing: "group", thingId: group.id }),
    chosen: chosen
      ? {
          ...chosen,
          seen: await findNewestCorrection(db, {
            thing: "membership",
            thingId: membershipId({ groupId: group.id, ...chosen }),
          }),
        }
      : null,
    entities: mayCorrect
      ? (await listEntities(db))
          .filter((entity) => belongsTo(entity, group))
          .map(({ id, names, code }) => ({ value: id, label: `${nameIn(names, language)} (${code})` }))
      : [],
    corrections: [
      ...(await correctionLines(context, { thing: "group", thingId: group.id }, { named: false })),
      ...(await correctionLines(
        context,
        { thing: "membership" },
        { named: true, isAbout: ({ thingId }) => thingId.startsWith(`${group.id} `) },
      )),
    ].toSorted((a, b) => b.at - a.at),
  };
}

export type GroupShown = Awaited<ReturnType<typeof loadGroup>>;
