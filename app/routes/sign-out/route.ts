import type { ActionFunctionArgs } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { may } from "#app/rules/permissions.ts";
import { refusalResponse } from "#app/routes/answers.ts";

/** Reached by address alone: nothing is done by a GET. */
export function loader() {
  return redirect("/");
}

export async function action({ context, request }: ActionFunctionArgs) {
  const allowed = may("signIn", context.viewer, { kind: "installation" });
  if (allowed !== true) return refusalResponse(allowed);
  return context.signIn.signOut(request, "/sign-in");
}
