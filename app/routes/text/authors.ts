/** Who somebody is, for pages: a name, and the siglum that stands raised after a run of words. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { officeSiglum } from "#app/rules/sigla.ts";
import { type AuthorNames, listAuthorNames } from "#db/stores/author.ts";

/** Who did something, and when (milliseconds; null for now): an officer's siglum is that of the office held then. */
export type AuthorId = {
  readonly person: string | null;
  readonly delegation: string | null;
  readonly at: number | null;
};

export type Author = {
  /** Person, delegation and office together, for filters and keys. */
  readonly key: string;
  readonly name: string;
  /** Code of the delegation; of an officer the office's short word; "" for the server. */
  readonly siglum: string;
};

function authorOf({ person, delegation, at }: AuthorId, names: AuthorNames): Author {
  const known = person === null ? undefined : names.persons[person];
  const code = delegation === null ? undefined : names.delegations[delegation]?.code;
  const office = known?.offices.find(({ fromAt, untilAt }) =>
    at === null ? untilAt === null : fromAt <= at && (untilAt === null || at < untilAt),
  )?.office;
  const siglum = code ?? (office ? officeSiglum[office] : initials(known?.name));
  const key = `${person ?? ""}.${delegation ?? office ?? ""}`;
  return { key, name: known?.name ?? "", siglum };
}

function initials(name: string | undefined): string {
  if (name === undefined) return "";
  return name
    .split(/\s+/)
    .map((part) => [...part][0] ?? "")
    .join("")
    .slice(0, 3);
}

/** Says who each of `ids` is. */
export async function authorsOf(
  context: AppLoadContext,
  sessionId: string,
  ids: Iterable<AuthorId>,
): Promise<(id: AuthorId) => Author> {
  const all = [...ids];
  const names = await listAuthorNames(context.db.read, {
    sessionId,
    personIds: all.flatMap(({ person }) => person ?? []),
    delegationIds: all.flatMap(({ delegation }) => delegation ?? []),
  });
  return (id) => authorOf(id, names);
}
