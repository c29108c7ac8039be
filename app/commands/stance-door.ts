/** How every stance on a bracket is written: who may, whether the bracket stands there, what was shown, one row, one event. */
import type { TextDoor } from "#app/rules/audience.ts";
import { standingOf } from "#app/rules/audience.ts";
import { holdersOf, type Party, type View, refuseOver, stanceOf } from "#app/rules/bracket-stances.ts";
import { cleanFields, faultsOfLength } from "#app/rules/fields.ts";
import { dayAt } from "#app/rules/positions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { isMember, maySpeakFor } from "#app/rules/spoken-for.ts";
import { seesLive, visibleVersions } from "#app/rules/versions.ts";
import { type Bracket, bracketsOf } from "#collab/brackets.ts";
import type { Turn } from "#collab/server/room.ts";
import type { Reading } from "#db/database.ts";
import { type BracketStanceRow, insertStance, listStanceRows } from "#db/stores/bracket-stance.ts";
import { findEntity } from "#db/stores/entity.ts";
import { appendEvent } from "#db/stores/event.ts";
import { findGroup, listMembers } from "#db/stores/group.ts";
import { findSession, type SessionRow } from "#db/stores/session.ts";
import { findVersionDocument, listVersions } from "#db/stores/text-version.ts";
import type { CommandContext } from "./context.ts";
import { type Admitted, admit, holdAdmitted } from "./text-door.ts";
import { documentOf } from "./version-row.ts";

/** What a form says of a stance. */
export type SaidStance = {
  readonly asks: boolean;
  readonly view: View;
  readonly reason: string;
  /** The stance that was shown as the newest of this party; null for none (rule BF3). */
  readonly over: string | null;
};

/** A row but for what is the same in every one. */
export type NewStance = Pick<
  BracketStanceRow,
  "entityId" | "groupId" | "exceptions" | "asks" | "view" | "reason" | "meetingId" | "saidOn" | "kind"
>;

export type StanceGround = Admitted & {
  readonly db: Reading;
  readonly session: SessionRow;
  /** At the venue, `YYYY-MM-DD`. */
  readonly today: string;
  /** All rows of the bracket, in their order. */
  readonly rows: readonly BracketStanceRow[];
};

/** Cleaned; refused when the reason is too long. */
export function cleanReason(reason: string): Refusal | string {
  const kept = cleanFields("bracketStance", { reason });
  const fields = faultsOfLength("bracketStance", kept);
  return Object.keys(fields).length > 0 ? refuse("invalid", "check-fields", { fields }) : kept.reason;
}

/** Rule BF4. The bracket as it stands in the wording that the person reads; null when it does not. */
async function findBracket(
  { db }: Pick<CommandContext, "db">,
  turn: Turn,
  {
    door,
    viewer,
    bracketId,
  }: { readonly door: TextDoor; readonly viewer: Admitted["viewer"]; readonly bracketId: string },
): Promise<Bracket | null> {
  const standing = standingOf(viewer, door);
  if (standing.kind === "none") return null;
  if (seesLive(standing)) return bracketsOf(turn.document()).byId.get(bracketId) ?? null;
  const seen = visibleVersions(standing, await listVersions(db.read, door.textId));
  return findInNewest(db.read, { textId: door.textId, bracketId, versions: seen });
}

/** The bracket in the newest issued one of these versions; null when it does not stand there. */
async function findInNewest(
  db: Reading,
  {
    textId,
    bracketId,
    versions,
  }: {
    readonly textId: string;
    readonly bracketId: string;
    readonly versions: Awaited<ReturnType<typeof listVersions>>;
  },
): Promise<Bracket | null> {
  const newest = versions.findLast(({ kind }) => kind === "issued");
  const version = newest && (await findVersionDocument(db, { textId, versionId: newest.id }));
  if (!version) return null;
  return bracketsOf(documentOf({ document: version.document })).byId.get(bracketId) ?? null;
}

/** Refused when the bracket is gone ("bracket-gone"), and for whatever `make` refuses; nothing is then written. */
export async function writeStance(
  context: CommandContext,
  asked: {
    readonly act: "setStance" | "recordStance";
    /** The verb on record. */
    readonly verb: "setStance" | "recordStance" | "confirmStance" | "disputeStance";
    readonly textId: string;
    readonly bracketId: string;
  },
  make: (ground: StanceGround) => Promise<Refusal | NewStance>,
): Promise<Refusal | { readonly stanceId: string }> {
  const { act, verb, textId, bracketId } = asked;
  const admitted = await admit(context, act, textId);
  if (isRefusal(admitted)) return admitted;
  const { sessionId } = admitted.door;
  const session = await findSession(context.db.read, sessionId);
  if (!session) return refuse("not-found", "not-there");

  const result = await holdAdmitted(context, act, textId, async (turn, held) => {
    const { door, viewer, by } = held;
    const bracket = await findBracket(context, turn, { door, viewer, bracketId });
    if (!bracket) return refuse("conflict", "bracket-gone");
    const at = context.now();
    const stanceId = context.newId();
    const written = await turn.write(async (tx) => {
      const rows = await listStanceRows(tx, { textId, bracketId });
      const made = await make({ ...held, db: tx, session, today: dayAt(at, session.timeZone), rows });
      if (isRefusal(made)) return made;
      const row = {
        ...made,
        id: stanceId,
        textId,
        bracketId,
        paragraphIds: bracket.paragraphs,
        supersedes: stanceOf(rows, partyIn(made))?.id ?? null,
        seq: turn.seq,
        delegationId: by.delegationId,
        setBy: by.personId,
        setAt: at,
      };
      const sha256 = await insertStance(tx, row);
      const { entityId, groupId, asks, view, supersedes } = row;
      await appendEvent(tx, {
        at,
        by,
        act: verb,
        thing: "bracket",
        thingId: bracketId,
        sessionId,
        detail: { textId, stanceId, entityId, groupId, asks, view, supersedes, seq: turn.seq, sha256 },
      });
      return { stanceId, isHeld: holdersOf(await listStanceRows(tx, { textId, bracketId })).length > 0 };
    });
    if (isRefusal(written)) return written;
    turn.setHeld(bracketId, written.isHeld);
    return { stanceId };
  });
  if (isRefusal(result)) return result;
  // Who reads issued versions alone hears nothing of a bracket that stands in the live wording only.
  const versions = await listVersions(context.db.read, textId);
  const isIssued = (await findInNewest(context.db.read, { textId, bracketId, versions })) !== null;
  const topic = `${isIssued ? "stances" : "brackets"}:${textId}`;
  context.notices.tell({ kind: "text", textId, sessionId, who: "readers" }, topic);
  return result;
}

function partyIn({ entityId, groupId }: Pick<NewStance, "entityId" | "groupId">): Party {
  return entityId === null ? { entityId, groupId: groupId ?? "" } : { entityId, groupId: null };
}

/** A stance of this party over what was shown; refused when it says nothing and there is nothing to take back. */
export function refuseSaid(
  rows: readonly BracketStanceRow[],
  party: Party,
  { asks, view, over }: SaidStance,
): Refusal | null {
  const newest = stanceOf(rows, party);
  const changed = refuseOver(newest, over);
  if (changed) return changed;
  const isNothing = !asks && view === "none";
  const wasNothing = newest === null || (!newest.asks && newest.view === "none");
  return isNothing && wasNothing
    ? refuse("invalid", "stance-nothing", { fields: { view: "stance-nothing" } })
    : null;
}

/** The group, with exceptions that are members of it; refused where the session has no such group. */
export async function groupParty(
  { db, session, today }: Pick<StanceGround, "db" | "session" | "today">,
  { groupId, exceptions }: { readonly groupId: string; readonly exceptions: readonly string[] },
): Promise<Refusal | { readonly groupId: string; readonly exceptions: readonly string[] }> {
  const group = await findGroup(db, groupId);
  if (!group || group.exercise !== session.exercise)
    return refuse("invalid", "stance-group", { fields: { party: "stance-group" } });
  const members = (await listMembers(db, groupId, today)).filter(({ role }) => isMember(role));
  const known = new Set(members.map(({ id }) => id));
  return { groupId, exceptions: [...new Set(exceptions)].filter((id) => known.has(id)).sort() };
}

/** Whether an entity may speak for a group today. */
export async function speaksFor(
  { db, today }: Pick<StanceGround, "db" | "today">,
  { entityId, groupId }: { readonly entityId: string; readonly groupId: string },
): Promise<boolean> {
  const [entity, group] = await Promise.all([findEntity(db, entityId), findGroup(db, groupId)]);
  return (
    entity !== null && group !== null && maySpeakFor(entity, group, await listMembers(db, groupId, today))
  );
}
