/**
 * A table of delegations that take part, as the secretariat brings it from a spreadsheet: which column says what, and
 * what becomes of each line. Rules DL2 to DL5.
 */
import { FIELDS, oneLine } from "./fields.ts";
import { isEmail } from "./people.ts";

/** Far more than there are States: a longer file is another one. */
export const MOST_LINES = 5_000;

export const TABLE_COLUMNS = ["code", "name", "capacity", "head", "email"] as const;
type Column = (typeof TABLE_COLUMNS)[number];

/** Where each column stands; a column that is not there is missing. */
export type Columns = Readonly<Partial<Record<Column, number>>>;

/** What the columns are called, besides what the template calls them; all in small letters, without accents. */
const HEADS: Readonly<Record<Column, readonly string[]>> = {
  code: ["code", "iso", "iso2", "iso3", "iso code", "country code", "entity code", "الرمز"],
  name: ["name", "entity", "state", "country", "state or organization", "organization", "الاسم"],
  capacity: ["capacity", "الصفة"],
  head: ["head", "head of delegation", "head name", "name of head", "رئيس الوفد"],
  email: ["email", "e-mail", "head e-mail", "head email", "e-mail of head", "البريد الإلكتروني"],
};

export type Capacity = "participant" | "observer";

const CAPACITIES: Readonly<Record<string, Capacity>> = {
  participant: "participant",
  observer: "observer",
  مشارك: "participant",
  مراقب: "observer",
};

/** As names are compared: without regard to case and accents, to spaces and to the kind of apostrophe. Rule RF12. */
function compared(name: string): string {
  return oneLine(name)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[\u2018\u2019\u02BC\u00B4`]/g, "'")
    .replace(/[\u2010-\u2015]/g, "-")
    .toLowerCase();
}

/** The columns that a first line names; null where it names none: it is a line like the others then. */
export function columnsNamed(first: readonly string[]): Columns | null {
  const columns: Partial<Record<Column, number>> = {};
  for (const [at, cell] of first.entries()) {
    const head = compared(cell);
    const column = TABLE_COLUMNS.find((one) => HEADS[one].some((name) => compared(name) === head));
    if (column !== undefined) columns[column] ??= at;
  }
  return columns.code === undefined && columns.name === undefined ? null : columns;
}

/** Without a line of heads: code or name, then the head's name and address. */
export const USUAL_COLUMNS: Columns = { code: 0, head: 1, email: 2 };

type Named = {
  readonly id: string;
  readonly kind: string;
  readonly code: string;
  readonly abbreviation: string | null;
  readonly names: Readonly<Record<string, string | undefined>>;
};

/** What is known of somebody who has an address. */
export type Known = {
  readonly suspended: boolean;
  /** Sits in a delegation of the session. */
  readonly seated: boolean;
  /** Chair or secretariat: they serve all delegations alike. */
  readonly serves: boolean;
};

export type TableGround<E extends Named> = {
  /** Every entity by what it may be called, as `compared`; several have the same name where names are ambiguous. */
  readonly byName: ReadonlyMap<string, readonly E[]>;
  /** Whether an entity is of this kind of session: invented ones belong to exercises, real ones to real sessions. */
  readonly belongs: (entity: E) => boolean;
  /** Delegations that take part or did, by entity: whether they have a head, and whether they were withdrawn. */
  readonly here: ReadonlyMap<string, { readonly hasHead: boolean; readonly withdrawn?: boolean }>;
  /** By address, in small letters. */
  readonly people: ReadonlyMap<string, Known>;
  /** Whether whoever brings the table names first heads, and invites people (rules PE1 and PE11). */
  readonly namesHeads: boolean;
  readonly invites: boolean;
};

/** `add`: takes part from now on; `head`: takes part already, and gets its first head; `there`: nothing is to be done. */
type Fate = "add" | "head" | "there" | "wrong";

export type TableLine<E extends Named = Named> = {
  /** As a spreadsheet counts: the first line of the file is 1. */
  readonly number: number;
  /** What was typed for the entity. */
  readonly typed: string;
  readonly entity: E | null;
  readonly capacity: Capacity;
  readonly head: { readonly name: string; readonly email: string } | null;
  readonly fate: Fate;
  /** Why it is wrong, or what is to be known: a code with a sentence of its own. */
  readonly note: string | null;
  /** The line that names the same entity or address first. */
  readonly first: number | null;
};

/**
 * Adds an entity under all that it may be called: code, abbreviation, its name in six languages, and its two-letter code
 * of ISO 3166 where it has one.
 */
export function addNames<E extends Named>(byName: Map<string, E[]>, entity: E, isoCode: string | null): void {
  const names = [entity.code, entity.abbreviation, isoCode, ...Object.values(entity.names)];
  for (const name of new Set(names.map((one) => compared(one ?? "")))) {
    if (name === "") continue;
    const called = byName.get(name);
    if (called) called.push(entity);
    else byName.set(name, [entity]);
  }
}

/** States take part; observer States, unions and organizations observe, unless the table says otherwise. */
export function usualCapacity(kind: string): Capacity {
  return kind === "member-state" || kind === "exercise-state" ? "participant" : "observer";
}

// What turns the direction of the words around it, so that a name reads as another one.
const OVERRIDES = /[\u202A-\u202E\u2066-\u2069]/;

/** Checks lines one after the other, so that what is named twice is found; one for each table. */
export function lineChecker<E extends Named>(
  ground: TableGround<E>,
  columns: Columns,
): (cells: readonly string[], number: number) => TableLine<E> {
  const entities = new Map<string, number>();
  const addresses = new Map<string, number>();
  return (cells, number) => {
    const raw = (column: Column) => cells[columns[column] ?? -1] ?? "";
    const cell = (column: Column) => oneLine(raw(column));
    const head = { name: cell("head"), email: cell("email").toLowerCase() };
    const found = entityIn([cell("code"), cell("name")], ground);
    const entity = "entity" in found ? found.entity : null;
    const capacity = CAPACITIES[compared(cell("capacity"))];
    const line = {
      number,
      typed: [cell("code"), cell("name")].filter((word) => word !== "").join(" · "),
      entity,
      capacity: capacity ?? usualCapacity(entity?.kind ?? ""),
      head: head.name === "" && head.email === "" ? null : head,
      first: null,
    };
    const wrong = (note: string, first: number | null = null) =>
      ({ ...line, fate: "wrong", note, first }) as const;
    if (TABLE_COLUMNS.some((column) => OVERRIDES.test(raw(column)))) return wrong("line-direction");
    if ("fault" in found) return wrong(found.fault);
    if (!ground.belongs(found.entity)) return wrong("line-other-kind");
    if (cell("capacity") !== "" && capacity === undefined) return wrong("line-capacity");
    const earlier = entities.get(found.entity.id);
    if (earlier !== undefined) return wrong("line-twice", earlier);
    const there = ground.here.get(found.entity.id);
    if (there?.withdrawn === true) return wrong("line-withdrawn");
    if (line.head !== null && there?.hasHead !== true) {
      const fault = faultOfHead(line.head, ground);
      if (fault !== null) return wrong(fault);
      const other = addresses.get(head.email);
      if (other !== undefined) return wrong("line-email-twice", other);
      addresses.set(head.email, number);
    }
    entities.set(found.entity.id, number);
    if (there === undefined) return { ...line, fate: "add", note: null };
    if (line.head === null) return { ...line, fate: "there", note: null };
    return there.hasHead
      ? { ...line, fate: "there", note: "line-head-there" }
      : { ...line, fate: "head", note: null };
  };
}

/** The one entity that code and name mean together. */
function entityIn<E extends Named>(
  words: readonly string[],
  { byName }: TableGround<E>,
): { readonly entity: E } | { readonly fault: string } {
  const asked = words.filter((word) => word !== "");
  if (asked.length === 0) return { fault: "line-nobody" };
  if (asked.some((word) => word.length > FIELDS.entity.en.longest)) return { fault: "line-unknown" };
  const meant = asked.map((word) => byName.get(compared(word)) ?? []);
  if (meant.some((some) => some.length === 0)) return { fault: "line-unknown" };
  const [first = [], ...others] = meant;
  const both = first.filter((one) => others.every((some) => some.includes(one)));
  const [entity] = both;
  if (entity === undefined) return { fault: "line-two" };
  if (both.length === 1) return { entity };
  // The code of one and the ISO code of another: guessing would seat the wrong one.
  const isCode = both.some(({ code }) => asked.some((word) => compared(word) === compared(code)));
  return { fault: isCode ? "line-iso" : "line-ambiguous" };
}

function faultOfHead<E extends Named>(
  { name, email }: { readonly name: string; readonly email: string },
  { people, namesHeads, invites }: TableGround<E>,
): string | null {
  if (!namesHeads) return "line-head-not-yours";
  if (name === "") return "line-head-name";
  if (!isEmail(email)) return "line-head-email";
  if (name.length > FIELDS.person.name.longest) return "line-head-long";
  const known = people.get(email);
  if (known === undefined) return invites ? null : "line-head-unknown";
  if (known.suspended) return "line-head-suspended";
  if (known.serves) return "line-head-serves";
  return known.seated ? "line-head-seated" : null;
}
