/** How a browser wants its pages, from its cookies: nothing of it is kept on the server. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { readCookie } from "./sign-in/logins.ts";

export function themeOf(cookies: string | undefined): AppLoadContext["theme"] {
  const theme = readCookie(cookies ?? "", "theme");
  return {
    theme: theme === "light" || theme === "dark" ? theme : "system",
    large: readCookie(cookies ?? "", "large") === "1",
  };
}
