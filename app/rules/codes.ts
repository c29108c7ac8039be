/**
 * Authenticator codes: what is asked for after the password. Six digits of an app, which change every half minute
 * (RFC 6238), or one of ten recovery codes, which work once each. Rules SI11 to SI17.
 */

/** The half minute of a code. */
export const CODE_STEP_MS = 30_000;
/** A phone's clock may be as many steps before or behind ours. */
export const CODE_STEPS_ASIDE = 1;
export const RECOVERY_CODES = 10;

const RECOVERY_LENGTH = 10;
/** No sign of it can be taken for another when it is read from paper: 31 to the tenth are 49 bits. */
const RECOVERY_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz";
/** Zeros of the digits that people type: Latin, Arabic-Indic, Extended Arabic-Indic. */
const ZEROS = [0x30, 0x660, 0x6f0];

export type TypedCode = { readonly kind: "code" | "recovery"; readonly code: string };

/** What was typed, as it is compared: spaces, hyphens, capitals and the script of digits play no part. */
export function readCode(typed: string): TypedCode {
  const plain = [...typed.normalize("NFC").toLowerCase()]
    .map(latinDigit)
    .filter((sign) => /[0-9a-z]/.test(sign))
    .join("");
  if (/^[0-9]{6}$/.test(plain)) return { kind: "code", code: plain };
  const half = RECOVERY_LENGTH / 2;
  return { kind: "recovery", code: `${plain.slice(0, half)}-${plain.slice(half)}` };
}

function latinDigit(sign: string): string {
  const point = sign.codePointAt(0) ?? 0;
  const zero = ZEROS.find((first) => point >= first && point < first + 10);
  return zero === undefined ? sign : String(point - zero);
}

/** A recovery code, "abcde-fgh23", of ten numbers below the given one that nobody can foresee. */
export function recoveryCode(below: (limit: number) => number): string {
  const signs = Array.from({ length: RECOVERY_LENGTH }, () =>
    RECOVERY_SIGNS.charAt(below(RECOVERY_SIGNS.length)),
  );
  return `${signs.slice(0, RECOVERY_LENGTH / 2).join("")}-${signs.slice(RECOVERY_LENGTH / 2).join("")}`;
}
