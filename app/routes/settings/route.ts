/** Display settings, in cookies: nothing of it is kept on the server. */
import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { may } from "#app/rules/permissions.ts";
import { field, refusalResponse } from "#app/routes/answers.ts";

const YEAR_SECONDS = 31_536_000;

/** Reached by address alone: nothing is done by a GET. */
export function loader() {
  return redirect("/");
}

export async function action({ context, request }: ActionFunctionArgs) {
  const allowed = may("changeDisplay", context.viewer, { kind: "installation" });
  if (allowed !== true) return refusalResponse(allowed);
  const form = await request.formData();
  const theme = field(form, "theme");
  const rest = `Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`;
  const headers = new Headers();
  headers.append("Set-Cookie", `theme=${theme === "light" || theme === "dark" ? theme : "system"}; ${rest}`);
  headers.append("Set-Cookie", `large=${field(form, "large") === "1" ? 1 : 0}; ${rest}`);
  return redirect(context.viewer.kind === "public" ? "/" : "/account", { headers });
}
