/** Noor, whom the secretariat invites: how she comes in, for tests of links, logins and accounts. */
import { invitePerson } from "#app/commands/invite-person.ts";
import { action as linkAction } from "#app/routes/one-time-link/route.tsx";
import { action as signInAction } from "#app/routes/sign-in/route.tsx";
import { done } from "./people.ts";
import { type Answered, type Reception, submit } from "./reception.ts";

export const PASSWORD = "an ordinary river bends twice";
export const OTHER = "the second heron waits alone";
export const EMAIL = "noor@example.org";

export const tokenIn = (address: string): string => address.split("/").at(-1) ?? "";

/** Noor is invited by Sela; the token of her link. */
export async function invited(at: Reception): Promise<{ readonly personId: string; readonly token: string }> {
  const noor = { name: "Noor Vance", email: EMAIL, secretariat: false };
  const { personId, address } = done(await invitePerson(await at.at({ personId: "sela" }), noor));
  return { personId, token: tokenIn(address) };
}

/** Noor has followed her link; the cookie of her first login. */
export async function settled(
  at: Reception,
): Promise<{ readonly personId: string; readonly cookie: string }> {
  const { personId, token } = await invited(at);
  const { cookie } = await follow(at, token, { password: PASSWORD });
  return { personId, cookie };
}

/** Sends the form behind a link from a browser that nobody is signed in with. */
export async function follow(
  at: Reception,
  token: string,
  fields: Readonly<Record<string, string>>,
): Promise<Answered> {
  return submit(linkAction, fields, { context: await at.at({ cookie: "" }), params: { token } });
}

export async function signIn(at: Reception, password: string, email = EMAIL): Promise<Answered> {
  const fields = { intent: "password", email, password, to: "/" };
  return submit(signInAction, fields, { context: await at.at({ cookie: "" }) });
}
