/**
 * An expected failure, as a value. The interface says it in the reader's language: `code` names the sentence in the
 * message catalogue (`refusal.<code>`), `values` fill it in. Only bugs throw.
 */
export type RefusalKind =
  /** Not there, or not yours: both look the same. */
  | "not-found"
  /** There and visible, but not for this person to do. */
  | "not-allowed"
  /** Sign in first. */
  | "sign-in"
  /** The input cannot be taken as it is; `fields` says which and why. */
  | "invalid"
  /** Somebody else changed it meanwhile. */
  | "conflict"
  /** A rule of the room stands in the way. */
  | "rule"
  /** Too much at once. */
  | "too-many"
  /** The server cannot keep it now (a full disk, closing down). */
  | "unavailable";

export type Refusal = {
  readonly refused: true;
  readonly kind: RefusalKind;
  readonly code: string;
  readonly values?: Readonly<Record<string, string | number>>;
  /** Message codes by form field. */
  readonly fields?: Readonly<Record<string, string>>;
};

export function refuse(
  kind: RefusalKind,
  code: string,
  more: Pick<Refusal, "values" | "fields"> = {},
): Refusal {
  return { refused: true, kind, code, ...more };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === "object" && value !== null && "refused" in value && value.refused === true;
}

/** HTTP status for a refusal. */
export function statusOf(kind: RefusalKind): number {
  const statuses: Record<RefusalKind, number> = {
    "not-found": 404,
    "not-allowed": 403,
    "sign-in": 401,
    invalid: 422,
    conflict: 409,
    rule: 409,
    "too-many": 429,
    unavailable: 503,
  };
  return statuses[kind];
}
