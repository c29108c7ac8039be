/** What the library is told of a browser, and how it says no. */
import { oneLine } from "#app/rules/fields.ts";

const LONGEST_DEVICE = 300;

/** What the list of logins will say of the browser. */
export function deviceOf(request: Request): Headers {
  const device = oneLine(request.headers.get("user-agent") ?? "").slice(0, LONGEST_DEVICE);
  return new Headers({ "user-agent": device });
}

/** better-auth says no by an error with a status. */
export function isRejected(error: unknown): boolean {
  const code = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 0;
  return code >= 400 && code < 500;
}
