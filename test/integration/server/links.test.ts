/** A one-time link whose following goes wrong halfway: it works until somebody is in, and then no more. */
import { describe, expect, test } from "vitest";
import { followLink } from "#app/commands/follow-link.ts";
import { issuePasswordLink } from "#app/commands/issue-password-link.ts";
import { suspendPerson } from "#app/commands/suspend-person.ts";
import { event } from "#db/schema/record.ts";
import { linkAccount } from "#db/stores/person.ts";
import { EMAIL, follow, invited, OTHER, PASSWORD, settled, signIn, tokenIn } from "#test/support/noor.ts";
import { done } from "#test/support/people.ts";
import { openReception, type Reception } from "#test/support/reception.ts";

const followed = async (at: Reception) =>
  (await at.db.read.select().from(event)).filter(({ act }) => act === "followLink").length;

describe("a one-time link", () => {
  test("[PE2] works again when the process was killed after the password was set", async () => {
    const at = await openReception();
    const { token } = await invited(at);
    const context = await at.at({ cookie: "" });
    const killed = new Error("killed");
    const accounts: typeof context.accounts = {
      ...context.accounts,
      setPassword: (account) =>
        context.accounts.setPassword({ ...account, afterwards: () => Promise.reject(killed) }),
    };
    const input = { token, password: PASSWORD };
    await expect(followLink({ ...context, accounts }, input)).rejects.toThrow(killed);
    expect(await followed(at)).toBe(0);
    expect((await follow(at, token, { password: OTHER })).status).toBe(303);
    expect((await signIn(at, OTHER)).status).toBe(303);
    expect((await signIn(at, PASSWORD)).status).toBe(422);
    expect(await followed(at)).toBe(1);
    expect((await follow(at, token, { password: PASSWORD })).status).toBe(404);
  });

  test("[PE2] works again when the password was refused at the last moment", async () => {
    const at = await openReception();
    const { token } = await invited(at);
    const { setPassword } = at.desk.accounts;
    // An account that was Erin's before bears the address.
    const erin = { personId: "erin", name: "Erin", password: OTHER };
    const { accountId } = done(await setPassword({ ...erin, email: EMAIL }));
    await at.db.write((tx) => linkAccount(tx, "erin", accountId));
    expect((await follow(at, token, { password: PASSWORD })).status).toBe(409);
    expect(await followed(at)).toBe(0);
    done(await setPassword({ ...erin, email: "erin@example.org" }));
    expect((await follow(at, token, { password: PASSWORD })).status).toBe(303);
    expect((await signIn(at, PASSWORD)).status).toBe(303);
  });

  test("[PE2] [PE5] changes nothing when its person is suspended, or it is superseded, while the password is prepared", async () => {
    const at = await openReception();
    const { personId } = await settled(at);
    const sela = await at.at({ personId: "sela" });
    const supersede = async () => void done(await issuePasswordLink(sela, { personId }));
    const suspend = async () => void done(await suspendPerson(sela, { personId, suspended: true }));
    for (const meanwhile of [supersede, suspend]) {
      const { address } = done(await issuePasswordLink(sela, { personId }));
      const context = await at.at({ cookie: "" });
      const accounts: typeof context.accounts = {
        ...context.accounts,
        setPassword: ({ stillMay, ...account }) =>
          context.accounts.setPassword({
            ...account,
            async stillMay() {
              await meanwhile();
              return (await stillMay?.()) ?? null;
            },
          }),
      };
      const input = { token: tokenIn(address), password: OTHER };
      expect(await followLink({ ...context, accounts }, input)).toMatchObject({ code: "link-gone" });
    }
    done(await suspendPerson(sela, { personId, suspended: false }));
    expect((await signIn(at, PASSWORD)).status).toBe(303);
    expect((await signIn(at, OTHER)).status).toBe(422);
    expect(await followed(at)).toBe(1);
  });
});
