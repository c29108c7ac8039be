/** A person is invited by a one-time link. */
import { cleanFields } from "#app/rules/fields.ts";
import { personProblems } from "#app/rules/people.ts";
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { appendEvent } from "#db/stores/event.ts";
import { findEntity } from "#db/stores/entity.ts";
import type { WriteTx } from "#db/database.ts";
import { findPersonByEmail, insertPerson } from "#db/stores/person.ts";
import type { CommandContext } from "./context.ts";
import { writeLink } from "./issue-link.ts";
import { type By, byOf } from "./who.ts";

export type Invitation = {
  readonly personId: string;
  /** Shown once; kept nowhere. */
  readonly address: string;
  readonly expiresAt: number;
};

/**
 * Refused to all but the secretariat, and for an address that somebody has (rule PE1). `entityId` names the delegation
 * that the person is invited for, if any: its heads may seat them (rule PE10).
 */
export async function invitePerson(
  context: CommandContext,
  input: {
    readonly name: string;
    readonly email: string;
    readonly secretariat: boolean;
    readonly entityId?: string | null;
  },
): Promise<Refusal | Invitation> {
  const allowed = may("managePeople", context.viewer, { kind: "installation" });
  if (allowed !== true) return allowed;
  const by = byOf(context.viewer, null);
  if (isRefusal(by)) return by;
  const personId = context.newId();
  const { name, email, secretariat, entityId = null } = cleanFields("person", input);
  const fields = personProblems({ name, email });
  if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
  const done = await context.db.write(async (tx) => {
    if (await findPersonByEmail(tx, email)) {
      return refuse("conflict", "check-fields", { fields: { email: "email-taken" } });
    }
    if (entityId !== null && !(await findEntity(tx, entityId))) {
      return refuse("invalid", "check-fields", { fields: { entity: "entity-not-there" } });
    }
    const invited = { personId, name, email, secretariat, entityId };
    const link = await writeInvitation(tx, context, { ...invited, by });
    return { personId, ...link };
  });
  if (!isRefusal(done)) context.notices.tell({ kind: "secretariat" }, "people");
  return done;
}

/** Writes the person who is invited, whose address must be nobody's yet, with the link and the act. */
export async function writeInvitation(
  tx: WriteTx,
  context: Pick<CommandContext, "newId" | "newToken" | "origin" | "now">,
  invited: {
    readonly personId: string;
    readonly name: string;
    readonly email: string;
    readonly secretariat: boolean;
    readonly entityId: string | null;
    readonly by: By;
  },
): Promise<Pick<Invitation, "address" | "expiresAt">> {
  const { personId, name, email, secretariat, entityId, by } = invited;
  const at = context.now();
  await insertPerson(tx, {
    id: personId,
    name,
    email,
    secretariat,
    entityId,
    createdAt: at,
    accountId: null,
    suspendedAt: null,
  });
  const link = await writeLink(tx, context, { personId, purpose: "invitation", issuedBy: by.personId });
  const detail = { secretariat, entityId };
  await appendEvent(tx, { at, by, act: "invitePerson", thing: "person", thingId: personId, detail });
  return link;
}
