/** The table as it would be carried out: every line with what becomes of it. */
import { setImmediate as giveWay } from "node:timers/promises";
import type { AppLoadContext } from "#app/commands/context.ts";
import {
  MOST_LINES,
  type Known,
  type TableGround,
  type TableLine,
  USUAL_COLUMNS,
  addNames,
  columnsNamed,
  lineChecker,
} from "#app/rules/delegation-table.ts";
import { oneLine } from "#app/rules/fields.ts";
import { may } from "#app/rules/permissions.ts";
import { belongsTo } from "#app/rules/positions.ts";
import { type Refusal, isRefusal } from "#app/rules/refusal.ts";
import type { Reading } from "#db/database.ts";
import { findIsoCode } from "#db/reference/iso-codes.ts";
import { listDelegates, listDelegationsWithHead } from "#db/stores/delegate.ts";
import { listDelegationsByEntity } from "#db/stores/delegation.ts";
import { type EntityRow, listEntitiesAfter } from "#db/stores/entity.ts";
import { listOfficers } from "#db/stores/officer.ts";
import { listPeopleByEmail } from "#db/stores/person.ts";
import type { SessionRow } from "#db/stores/session.ts";
import { type Cells, type Source, cellsIn, tooLong } from "./read-table.ts";

/** Lines that are checked before others get their turn. */
const AT_ONCE = 200;

export async function checkTable(
  context: AppLoadContext,
  session: SessionRow,
  source: Source,
): Promise<Refusal | readonly TableLine<EntityRow>[]> {
  const read = await cellsIn(source);
  if (isRefusal(read)) return read;
  const named = columnsNamed(read[0]?.cells ?? []);
  const lines = named === null ? read : read.slice(1);
  if (lines.length > MOST_LINES) return tooLong();
  const columns = named ?? USUAL_COLUMNS;
  const emails = lines.map(({ cells }) => oneLine(cells[columns.email ?? -1] ?? "").toLowerCase());
  const check = lineChecker(await groundOf(context, session, emails), columns);
  return inPortions(lines, ({ cells, number }: Cells) => check(cells, number));
}

/** Gives way between portions, so that nobody's keystroke waits for a long table. */
export async function inPortions<A, B>(list: readonly A[], make: (one: A) => B): Promise<B[]> {
  const made: B[] = [];
  for (let at = 0; at < list.length; at += AT_ONCE) {
    if (at > 0) await giveWay();
    for (const one of list.slice(at, at + AT_ONCE)) made.push(make(one));
  }
  return made;
}

async function groundOf(
  { db: { read: db }, viewer }: AppLoadContext,
  session: SessionRow,
  emails: readonly string[],
): Promise<TableGround<EntityRow>> {
  const { id: sessionId } = session;
  const headed = await listDelegationsWithHead(db, sessionId);
  const delegations = await listDelegationsByEntity(db, sessionId);
  const here = [...delegations].map(
    ([entityId, { id, withdrawn }]) => [entityId, { hasHead: headed.has(id), withdrawn }] as const,
  );
  const known = await listPeopleByEmail(
    db,
    [...new Set(emails)].filter((email) => email !== ""),
  );
  const seated = new Set((await listDelegates(db, sessionId)).map(({ personId }) => personId));
  const serving = new Set(
    (await listOfficers(db, sessionId))
      .filter(({ office }) => office === "chair" || office === "secretariat")
      .map(({ personId }) => personId),
  );
  const people = [...known].map(([email, { id, suspendedAt, secretariat }]): [string, Known] => [
    email,
    { suspended: suspendedAt !== null, seated: seated.has(id), serves: secretariat || serving.has(id) },
  ]);
  return {
    byName: await findNames(db),
    belongs: (entity) => belongsTo(entity, session),
    here: new Map(here),
    people: new Map(people),
    namesHeads: may("seatFirstHead", viewer, { kind: "delegation", sessionId, delegationId: "" }) === true,
    invites: may("managePeople", viewer, { kind: "installation" }) === true,
  };
}

/** Every entity by all that it may be called. */
async function findNames(db: Reading): Promise<ReadonlyMap<string, readonly EntityRow[]>> {
  const byName = new Map<string, EntityRow[]>();
  for (let after: string | undefined = ""; after !== undefined;) {
    const some: EntityRow[] = await listEntitiesAfter(db, after, AT_ONCE);
    for (const entity of some) addNames(byName, entity, findIsoCode(entity.id));
    after = some.length < AT_ONCE ? undefined : some.at(-1)?.id;
    await giveWay();
  }
  return byName;
}
