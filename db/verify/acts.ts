/** What acts name themselves of the rows that they made or changed: the column values, by the SQL names. */
import type { Row } from "./encoding.ts";

export type Told = {
  readonly table: string;
  readonly id: string;
  /** Undefined: this act says nothing of the column, or not what it became. */
  readonly values: Readonly<Record<string, unknown>>;
};

type Reader = (row: Row, detail: Row) => readonly Told[];

const one =
  (
    table: string,
    idOf: (row: Row, detail: Row) => unknown,
    valuesOf: (row: Row, detail: Row) => Told["values"],
  ): Reader =>
  (row, detail) => {
    const id = idOf(row, detail);
    return typeof id === "string" ? [{ table, id, values: valuesOf(row, detail) }] : [];
  };

const thing = (row: Row): unknown => row.thing_id;

/** Acts that make a row. */
const makers: Readonly<Record<string, Reader>> = {
  createSession: one("session", thing, (row, { title, from, to }) => ({
    title,
    from,
    to,
    created_at: row.at,
  })),
  addDelegation: one("delegation", thing, (row, detail) => ({
    session_id: row.session_id,
    entity_id: detail.entityId,
    capacity: detail.capacity,
    created_at: row.at,
    withdrawn_at: null,
  })),
  addDelegate: one("delegate", thing, (row, detail) => ({
    delegation_id: detail.delegationId,
    person_id: detail.personId,
    role: detail.role,
    from_at: row.at,
    until_at: null,
  })),
  appointOfficer: one("officer", thing, (row, detail) => ({
    session_id: row.session_id,
    person_id: detail.personId,
    office: detail.office,
    from_at: row.at,
    until_at: null,
  })),
  appointDrafter: one(
    "drafter",
    (_, detail) => detail.drafterId,
    (row, detail) => ({
      text_id: row.thing_id,
      person_id: detail.personId,
      appointed_by: row.person_id,
      from_at: row.at,
      until_at: null,
    }),
  ),
  addAgendaItem: one("agenda_item", thing, (row, detail) => ({
    session_id: row.session_id,
    number: detail.number,
    title: detail.title,
    parent_id: detail.parentId,
    created_at: row.at,
  })),
  scheduleMeeting: one("meeting", thing, (row, detail) => ({
    session_id: row.session_id,
    number: detail.number,
    mode: detail.mode,
    starts_at: detail.startsAt,
    ends_at: detail.endsAt,
  })),
  createText: one("text", thing, (row, detail) => ({
    session_id: row.session_id,
    item_id: detail.itemId,
    kind: detail.kind,
    language: detail.language,
    created_by: row.person_id,
    created_at: row.at,
  })),
  lockParagraph: one(
    "paragraph_lock",
    (_, detail) => detail.lockId,
    (row, detail) => ({
      text_id: detail.textId,
      paragraph_id: row.thing_id,
      words_hash: detail.wordsHash,
      locked_by: row.person_id,
      locked_at: row.at,
      unlocked_at: null,
    }),
  ),
};

/** Acts that change one, or several. */
const changers: Readonly<Record<string, Reader>> = {
  // The first of the secretariat is invited again while nobody has come.
  invitePerson: one("person", thing, (_, { secretariat, entityId }) => ({
    secretariat,
    entity_id: entityId,
  })),
  suspendPerson: one("person", thing, (row) => ({ suspended_at: row.at })),
  resumePerson: one("person", thing, () => ({ suspended_at: null })),
  nameForDelegation: one("person", thing, (_, detail) => ({ entity_id: detail.entityId })),
  removeDelegate: one("delegate", thing, (row) => ({ until_at: row.at })),
  withdrawOfficer: one("officer", thing, (row) => ({ until_at: row.at })),
  withdrawDrafter: one(
    "drafter",
    (_, detail) => detail.drafterId,
    (row) => ({ until_at: row.at }),
  ),
  unlockParagraph: one(
    "paragraph_lock",
    (_, detail) => detail.lockId,
    (row, detail) => ({ unlocked_by: row.person_id, unlocked_at: row.at, unlock_reason: detail.reason }),
  ),
  editAgendaItem: one("agenda_item", thing, (_, detail) => ({
    number: detail.number,
    title: detail.title,
    parent_id: detail.parentId,
  })),
  setItemStatus: (row, detail) => [
    { table: "agenda_item", id: String(row.thing_id), values: { status: detail.status, status_at: row.at } },
    ...(detail.endsDiscussion === true ? [underDiscussion(row, null)] : []),
  ],
  takeUpItem: (row, detail) => [
    underDiscussion(row, detail.itemId),
    ...(typeof detail.itemId === "string"
      ? [{ table: "agenda_item", id: detail.itemId, values: { status: "open", status_at: undefined } }]
      : []),
  ],
  editMeeting: one("meeting", thing, (_, detail) => ({
    starts_at: detail.startsAt,
    ends_at: detail.endsAt,
    room: detail.room,
  })),
  setMeetingMode: one("meeting", thing, (_, { mode }) => ({ mode })),
};

function underDiscussion(row: Row, itemId: unknown): Told {
  return { table: "session", id: String(row.session_id), values: { item_under_discussion_id: itemId } };
}

/** Whether such an act makes a standing row. */
export function makesRows(act: string): boolean {
  return Object.hasOwn(makers, act) || act === "invitePerson";
}

/** What an act names itself. */
export function toldBy(row: Row, detail: Row): readonly Told[] {
  const act = String(row.act);
  const reader = Object.hasOwn(makers, act)
    ? makers[act]
    : Object.hasOwn(changers, act)
      ? changers[act]
      : undefined;
  return reader?.(row, detail) ?? [];
}
