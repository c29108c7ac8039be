/** Who somebody is, for pages: a name, and the siglum that stands raised after a run of words. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { createTranslator } from "#app/i18n/translate.ts";
import { authorIn } from "#app/rules/author.ts";
import { nameIn } from "#app/rules/language.ts";
import { may } from "#app/rules/permissions.ts";
import { officeSiglum } from "#app/rules/sigla.ts";
import type { Office } from "#app/rules/viewer.ts";
import { type AuthorNames, listAuthorNames } from "#db/stores/author.ts";

/** Who did something, and when (milliseconds; null for now): an officer's siglum is that of the office held then. */
export type AuthorId = {
  readonly person: string | null;
  readonly delegation: string | null;
  readonly at: number | null;
};

export type Author = {
  /** Who it is told to be, for filters and keys: person, delegation and office together. */
  readonly key: string;
  /** The person, where that is told; else null. */
  readonly person: string | null;
  /** Of the person; of the delegation where delegates are not named; "" for the server. */
  readonly name: string;
  /** Code of the delegation; of an officer the office's short word; "" for the server. */
  readonly siglum: string;
};

type Known = AuthorNames["persons"][string];

/** The office that somebody held then; the secretariat of the installation has that one in every session. */
function officeAt(known: Known | undefined, at: number | null): Office | undefined {
  const held = known?.offices.find(({ fromAt, untilAt }) =>
    at === null ? untilAt === null : fromAt <= at && (untilAt === null || at < untilAt),
  );
  return held?.office ?? (known?.secretariat ? "secretariat" : undefined);
}

function authorOf({ person, delegation, at }: AuthorId, names: AuthorNames): Author {
  const known = person === null ? undefined : names.persons[person];
  const code = delegation === null ? undefined : names.delegations[delegation]?.code;
  const office = officeAt(known, at);
  const siglum = code ?? (office ? officeSiglum[office] : initials(known?.name));
  const key = `${person ?? ""}.${delegation ?? office ?? ""}`;
  return { key, person, name: known?.name ?? "", siglum };
}

function initials(name: string | undefined): string {
  if (name === undefined) return "";
  return name
    .split(/\s+/)
    .map((part) => [...part][0] ?? "")
    .join("")
    .slice(0, 3);
}

/**
 * Says who each of `ids` is. Rule PE8: whoever may not know the delegates of the session is told the delegation alone,
 * officers by name and office, and of whoever was neither that a drafter wrote. One's own name is always told.
 */
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
  const { viewer, language } = context;
  if (may("readDelegates", viewer, { kind: "session", sessionId }) === true)
    return (id) => authorOf(id, names);

  const { t } = createTranslator(language);
  return (id) => {
    const isOwn = viewer.kind === "person" && viewer.personId === id.person;
    const party = id.delegation === null ? undefined : names.delegations[id.delegation];
    if (id.person === null || isOwn) return authorOf(id, names);
    if (party !== undefined) {
      const { code: siglum } = party;
      return { key: `.${id.delegation}`, person: null, name: nameIn(party.names, language), siglum };
    }
    if (id.delegation === null && officeAt(names.persons[id.person], id.at)) return authorOf(id, names);
    return { key: ".drafter", person: null, name: t("text:authorship.drafter"), siglum: "" };
  };
}

/** As whom the viewer writes in a session's texts, for the editor; null for who has not signed in. */
export async function writerIn(
  context: AppLoadContext,
  sessionId: string,
): Promise<{ readonly id: string; readonly name: string; readonly siglum: string } | null> {
  const { viewer } = context;
  if (viewer.kind !== "person") return null;
  const by = authorIn(viewer, sessionId);
  const me = { person: by.personId, delegation: by.delegationId, at: null };
  const { name, siglum } = (await authorsOf(context, sessionId, [me]))(me);
  return { id: by.personId, name, siglum };
}
