/**
 * What better-auth's authenticator codes lack here: who is being asked for a code in a browser, and which half minute's
 * code was used last (RFC 6238, 5.2: a code works once; the library takes it again).
 */
import { createAuthEndpoint } from "better-auth/api";

/** As the library names the cookie of whoever has given the password and owes the code. */
export const CHALLENGE_COOKIE = "two_factor";
/** As it marks those that wait. */
const CHALLENGE = "2fa-";

/** Adds `api.findChallenge({ headers })`, which no request can reach by itself, and the column `lastStep`. */
export function codeChallenge() {
  return {
    id: "code-challenge",
    schema: {
      twoFactor: {
        fields: { lastStep: { type: "number" as const, required: false, input: false, returned: false } },
      },
    },
    endpoints: {
      findChallenge: createAuthEndpoint(
        "/code-challenge/find",
        { method: "GET", metadata: { SERVER_ONLY: true } },
        async (ctx) => {
          const { name } = ctx.context.createAuthCookie(CHALLENGE_COOKIE);
          const waiting = await ctx.getSignedCookie(name, ctx.context.secret);
          if (!waiting || !waiting.startsWith(CHALLENGE)) return ctx.json({ accountId: null });
          const found = await ctx.context.internalAdapter.findVerificationValue(waiting);
          const isInTime = found !== null && found.expiresAt > new Date();
          return ctx.json({ accountId: isInTime ? found.value : null });
        },
      ),
    },
  };
}
