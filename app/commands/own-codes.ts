/** One's own authenticator codes: turned on and off, recovery codes made anew. Each is on record and told to the person. */
import { type Act, may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import type { SignedIn } from "#app/rules/viewer.ts";
import { appendEvent } from "#db/stores/event.ts";
import type { AppLoadContext, CodesSetup, CommandContext } from "./context.ts";

type Context = CommandContext & Pick<AppLoadContext, "signIn">;
/** The browser that asks: its login is the one that is known, and gets new cookies. */
type Asked = { readonly request: Request };

function self({ viewer }: Pick<CommandContext, "viewer">): SignedIn | Refusal {
  if (viewer.kind === "public") return refuse("sign-in", "sign-in");
  const act: Act = "manageOwnAccount";
  const allowed = may(act, viewer, { kind: "account", personId: viewer.personId });
  return allowed === true ? viewer : allowed;
}

/** Rule SI14: asks the password, and shows what the app must know. Nothing is on yet. */
export async function beginCodes(
  context: Context,
  { request, password }: Asked & { readonly password: string },
): Promise<Refusal | CodesSetup> {
  const me = self(context);
  if (isRefusal(me)) return me;
  const { personId, loginId } = me;
  return context.signIn.codes.begin(request, { personId, loginId, password });
}

/** Rule SI14: on by the first code of the app; every other login of the person ends. */
export async function turnOnCodes(
  context: Context,
  { request, code }: Asked & { readonly code: string },
): Promise<Refusal | { readonly cookies: readonly string[]; readonly recoveryCodes: readonly string[] }> {
  const me = self(context);
  if (isRefusal(me)) return me;
  const { personId, loginId } = me;
  const on = await context.signIn.codes.turnOn(request, { personId, loginId, code });
  if (isRefusal(on)) return on;
  const late = await record(context, personId, "turnOnCodes");
  // An office whose rights rested has them again: rule SI16.
  context.notices.rightsChanged(personId);
  return late ?? on;
}

/** Rule SI14: the old recovery codes stop at once. */
export async function renewRecoveryCodes(
  context: Context,
  { request, password }: Asked & { readonly password: string },
): Promise<Refusal | { readonly recoveryCodes: readonly string[] }> {
  const me = self(context);
  if (isRefusal(me)) return me;
  const { personId } = me;
  const renewed = await context.signIn.codes.renew(request, { personId, password });
  if (isRefusal(renewed)) return renewed;
  return (await record(context, personId, "renewRecoveryCodes")) ?? renewed;
}

/** Rule SI14: off by the password and a code. Where the person's office needs them its rights rest: rule SI16. */
export async function turnOffCodes(
  context: Context,
  { request, password, code }: Asked & { readonly password: string; readonly code: string },
): Promise<Refusal | null> {
  const me = self(context);
  if (isRefusal(me)) return me;
  const { personId } = me;
  const refused = await context.signIn.codes.turnOff(request, { personId, password, code });
  if (refused) return refused;
  const late = await record(context, personId, "turnOffCodes");
  context.notices.rightsChanged(personId);
  return late;
}

async function record(context: CommandContext, personId: string, act: string): Promise<Refusal | null> {
  const at = context.now();
  const refused = await context.db.write(async (tx) => {
    await appendEvent(tx, { at, by: { personId }, act, thing: "person", thingId: personId });
    return null;
  });
  context.notices.tell({ kind: "person", personId }, "account");
  context.notices.tell({ kind: "secretariat" }, "people");
  return refused;
}
