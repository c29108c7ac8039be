/** A right is asked for again in the transaction of the act: it may have ended while the form was on its way. */
import { type Act, type Thing, may } from "#app/rules/permissions.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import type { WriteTx } from "#db/database.ts";
import { findViewer } from "#db/stores/viewer.ts";

/** Null while the viewer, as the database has them now, may do the act on the thing; else the refusal. */
export async function noLonger(
  tx: WriteTx,
  asked: { readonly act: Act; readonly viewer: Viewer; readonly thing: Thing },
): Promise<Refusal | null> {
  const { act, viewer, thing } = asked;
  if (viewer.kind !== "person") return refuse("sign-in", "sign-in");
  const allowed = may(act, await findViewer(tx, viewer), thing);
  return allowed === true ? null : allowed;
}
