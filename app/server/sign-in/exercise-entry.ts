/**
 * The exercise's door: a login without a password. Loaded in exercise mode alone; in production this file is never read.
 * Rule SI8.
 */
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";

/** Adds `api.enterExercise({ body: { accountId } })`, which no request can reach by itself. */
export function exerciseEntry() {
  return {
    id: "exercise-entry",
    endpoints: {
      enterExercise: createAuthEndpoint(
        "/exercise/enter",
        { method: "POST", body: z.object({ accountId: z.string() }), metadata: { SERVER_ONLY: true } },
        async (ctx) => {
          const user = await ctx.context.internalAdapter.findUserById(ctx.body.accountId);
          if (user === null) return ctx.json({ entered: false });
          const session = await ctx.context.internalAdapter.createSession(user.id);
          await setSessionCookie(ctx, { session, user });
          return ctx.json({ entered: true });
        },
      ),
    },
  };
}
