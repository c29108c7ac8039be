/** Browsers in which a person has signed in before, by a cookie that nobody else can make. Rule SI6. */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { readCookie } from "./logins.ts";

const COOKIE = "chapeau.browser";
const SECONDS = 180 * 24 * 3600;

export type Browsers = {
  /** What tells this browser from others in which the account's person has signed in; null: they never did in it. */
  known(request: Request, email: string): string | null;
  /** `Set-Cookie` of a browser in which the person has just signed in. */
  cookie(email: string): string;
};

export function createBrowsers(options: { readonly secret: string; readonly secure: boolean }): Browsers {
  function mark(random: string, email: string): string {
    return createHmac("sha256", options.secret).update(`browser ${random} ${email}`).digest("base64url");
  }

  return {
    known(request, email) {
      const cookie = readCookie(request.headers.get("cookie") ?? "", COOKIE) ?? "";
      const [random = "", given = ""] = cookie.split(".");
      const wanted = Buffer.from(mark(random, email));
      const shown = Buffer.from(given);
      return shown.length === wanted.length && timingSafeEqual(shown, wanted) ? random : null;
    },
    cookie(email) {
      const random = newRandom();
      const secure = options.secure ? "; Secure" : "";
      return `${COOKIE}=${random}.${mark(random, email)}; Path=/; Max-Age=${SECONDS}; HttpOnly; SameSite=Lax${secure}`;
    },
  };
}

/** What nobody can foresee, for one browser. */
export function newRandom(): string {
  return randomBytes(12).toString("base64url");
}
