/** Who somebody is, for pages: a name, and the siglum that stands raised after a run of words. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { officeSiglum } from "#app/rules/sigla.ts";
import { type AuthorNames, listAuthorNames } from "#db/stores/author.ts";

export type AuthorId = { readonly person: string | null; readonly delegation: string | null };

export type Author = {
  /** `person` and `delegation` together, for filters and keys. */
  readonly key: string;
  readonly name: string;
  /** Code of the delegation; of an officer the office's short word; "" for the server. */
  readonly siglum: string;
};

export function authorKey({ person, delegation }: AuthorId): string {
  return `${person ?? ""}.${delegation ?? ""}`;
}

function authorOf(id: AuthorId, names: AuthorNames): Author {
  const person = id.person === null ? undefined : names.persons[id.person];
  const delegation = id.delegation === null ? undefined : names.delegations[id.delegation];
  const siglum = delegation?.code ?? (person?.office ? officeSiglum[person.office] : initials(person?.name));
  return { key: authorKey(id), name: person?.name ?? "", siglum };
}

function initials(name: string | undefined): string {
  if (name === undefined) return "";
  return name
    .split(/\s+/)
    .map((part) => [...part][0] ?? "")
    .join("")
    .slice(0, 3);
}

/** Everybody in `ids`, by `authorKey`. */
export async function authorsOf(
  context: AppLoadContext,
  sessionId: string,
  ids: Iterable<AuthorId>,
): Promise<Record<string, Author>> {
  const unique = new Map([...ids].map((id) => [authorKey(id), id]));
  const names = await listAuthorNames(context.db.read, {
    sessionId,
    personIds: [...unique.values()].flatMap(({ person }) => person ?? []),
    delegationIds: [...unique.values()].flatMap(({ delegation }) => delegation ?? []),
  });
  return Object.fromEntries([...unique].map(([key, id]) => [key, authorOf(id, names)]));
}
