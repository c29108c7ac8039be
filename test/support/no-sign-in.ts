/** Accounts and sign-in for tests that never come as far: whatever is asked of them is answered by `nobody`. */
import type { AppLoadContext } from "#app/commands/context.ts";

export function noAccounts(nobody: () => never): AppLoadContext["accounts"] {
  const logins = { setPassword: nobody, signOut: nobody, listLogins: nobody };
  return { ...logins, recoveryCodesLeft: nobody, listWithCodes: nobody, turnOffCodes: nobody };
}

export function noSignIn(nobody: () => never): AppLoadContext["signIn"] {
  const codes = { begin: nobody, begun: nobody, turnOn: nobody, renew: nobody, turnOff: nobody };
  const doors = { withPassword: nobody, withCode: nobody, owesCode: nobody, provePassword: nobody };
  return { ...doors, codes, enter: null, signOut: nobody, signOutEverywhere: nobody };
}
