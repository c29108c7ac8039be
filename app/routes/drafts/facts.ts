/** What the page of every draft shows of it, and of the session that it is for. */
import { fullNumber } from "#app/rules/agenda.ts";
import { draftState } from "#app/rules/positions.ts";
import type { Reading } from "#db/database.ts";
import { listAgenda } from "#db/stores/agenda.ts";
import { findPerson } from "#db/stores/person.ts";

type AnyDraft = {
  readonly id: string;
  readonly edition: number;
  readonly releasedAs: string | null;
  readonly editedBy: string;
  readonly editedAt: number;
};

/** Who edited it last, and what became of it. */
export async function draftFacts(db: Reading, draft: AnyDraft) {
  const { id, edition, releasedAs, editedBy, editedAt } = draft;
  const editor = await findPerson(db, editedBy);
  const state = draftState(draft);
  return {
    id,
    edition,
    state,
    releasedAs: state === "released" ? releasedAs : null,
    editedByName: editor?.name ?? "",
    editedAt,
  };
}

/** The items of the agenda, for a choice. */
export async function agendaChoices(db: Reading, sessionId: string) {
  const agenda = await listAgenda(db, sessionId);
  return agenda.map(({ id, title }) => ({ id, number: fullNumber(agenda, id), title }));
}
