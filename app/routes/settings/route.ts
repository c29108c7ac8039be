/** Display and language, in cookies: nothing of it is kept on the server. */
import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { isLanguage } from "#app/rules/language.ts";
import { may } from "#app/rules/permissions.ts";
import { field, formOf } from "#app/routes/answers.ts";

const YEAR_SECONDS = 31_536_000;

/** Reached by address alone: nothing is done by a GET. */
export function loader() {
  return redirect("/");
}

/** One form chooses the language and goes back to its page, the other how pages look. */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await formOf(request, [may("changeDisplay", context.viewer, { kind: "installation" })]);
  const language = field(form, "language");
  if (isLanguage(language)) {
    const headers = { "Set-Cookie": remembered("language", language) };
    return redirect(wayBack(field(form, "to")), { headers });
  }
  const theme = field(form, "theme");
  const headers = new Headers();
  headers.append("Set-Cookie", remembered("theme", theme === "light" || theme === "dark" ? theme : "system"));
  headers.append("Set-Cookie", remembered("large", field(form, "large") === "1" ? "1" : "0"));
  return redirect(context.viewer.kind === "public" ? "/" : "/account", { headers });
}

function remembered(name: string, value: string): string {
  return `${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`;
}

/** The page of this installation that the form stood on; anything else becomes the first one. */
function wayBack(to: string): string {
  if (!to.startsWith("/") || !URL.canParse(to, "http://here")) return "/";
  const { origin, pathname, search } = new URL(to, "http://here");
  return origin === "http://here" && !pathname.startsWith("//") ? pathname + search : "/";
}
