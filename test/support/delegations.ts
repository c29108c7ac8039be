/**
 * An exercise with two delegations. Bilal heads Lemuria; Nadia writes and Omar reads for it. Priya heads Norland. Amara
 * chairs, Sela is of the secretariat. Both are members of the Lantern Compact; Ostrava observes it, Quill is a member
 * without a delegation.
 */
import type { PositionWords } from "#app/rules/positions.ts";
import type { StatementWords } from "#app/rules/statements.ts";
import { rowHash } from "#db/canonical.ts";
import { delegate, delegation, entity, person } from "#db/schema/people.ts";
import { meeting, session } from "#db/schema/session.ts";
import { textAudience } from "#db/schema/text.ts";
import { appendEvent } from "#db/stores/event.ts";
import { putGroup } from "#db/stores/group.ts";
import { putTopic } from "#db/stores/topic.ts";
import { eq } from "drizzle-orm";
import { type Hall, openHall } from "./people.ts";
import { type TestRooms, testRooms } from "./room.ts";

const AT = Date.UTC(2026, 10, 23, 9);

export async function openDelegations(): Promise<Hall> {
  const hall = await openHall();
  await hall.db.write(async (tx) => {
    await tx.update(session).set({ exercise: true }).where(eq(session.id, "s"));
    const names = ["nadia", "omar", "priya"];
    await tx.insert(person).values(names.map((id) => ({ id, name: `${id} of the tests`, createdAt: AT })));
    for (const id of ["ost", "qui"]) {
      const facts = {
        code: id.toUpperCase(),
        names: { en: id === "ost" ? "Ostrava" : "Quill" },
        alphabet: id,
      };
      await tx.insert(entity).values({ id, kind: "exercise-state", ...facts });
    }
    const seat = { sessionId: "s", capacity: "participant" as const, createdAt: AT };
    await tx.insert(delegation).values({ id: "d-nor", entityId: "nor", ...seat });
    await tx.insert(delegate).values([
      { id: "m2", delegationId: "d-lem", personId: "nadia", role: "editor", fromAt: AT },
      { id: "m3", delegationId: "d-lem", personId: "omar", role: "reader", fromAt: AT },
      { id: "m4", delegationId: "d-nor", personId: "priya", role: "head", fromAt: AT },
    ]);
    const scale = [
      { id: "duty", label: "Legal duty" },
      { id: "voluntary", label: "Voluntary" },
    ];
    await putTopic(tx, {
      id: "care",
      title: "Due care",
      question: "Must it act?",
      scale,
      exercise: true,
      order: 1,
    });
    await putTopic(tx, {
      id: "real",
      title: "Sovereignty",
      question: "A rule?",
      scale,
      exercise: false,
      order: 2,
    });
    const group = { id: "lant", kind: "negotiating", code: "LANT", names: { en: "Lantern Compact" } };
    await putGroup(tx, { ...group, exercise: true }, [
      { entityId: "lem" },
      { entityId: "nor" },
      { entityId: "qui", from: "2026-01-01", to: "2026-11-25" },
      { entityId: "ost", role: "observer" },
    ]);
    await putGroup(tx, { id: "true", kind: "negotiating", code: "TRUE", names: { en: "A real group" } }, [
      { entityId: "lem" },
    ]);
    const hours = { startsAt: AT, endsAt: AT + 3 * 3_600_000 };
    // The hall's texts were put in without an act: here the record is to be whole.
    const sha256 = (await tx.select().from(textAudience)).map((row) => rowHash("text_audience", row));
    const act = { act: "createText", thing: "text", thingId: "resolution" };
    await appendEvent(tx, { at: AT, by: { personId: "amara" }, ...act, detail: { sha256 } });
    await tx.insert(meeting).values({ id: "mt", sessionId: "s", number: 1, mode: "informal", ...hours });
  });
  return hall;
}

export type WritingHall = Hall & Pick<TestRooms, "rooms" | "enter" | "settle">;

/** The same, with rooms in which people write. */
export async function openWriting(): Promise<WritingHall> {
  const hall = await openDelegations();
  const { rooms, enter, settle } = await testRooms({ db: hall.db });
  return { ...hall, rooms, enter, settle, as: async (who) => ({ ...(await hall.as(who)), rooms }) };
}

export const positionWords: PositionWords & { readonly topicId: string; readonly delegationId: string } = {
  delegationId: "d-lem",
  topicId: "care",
  itemId: "i",
  stance: "duty",
  summary: "A State that knows must act.",
  excerpt: "Whoever knows must act.",
  language: "en",
  sourceTitle: "Working paper of Lemuria",
  sourceDate: "2026-11-20",
  sourceSymbol: "SIM/WP.1",
  sourceUrl: "https://example.org/wp1",
  sourceForum: "",
  meetingId: null,
  explicit: true,
  groupId: null,
  exceptions: [],
};

export const statementWords: StatementWords & { readonly delegationId: string } = {
  delegationId: "d-lem",
  itemId: "i",
  meetingId: "mt",
  title: "On acting in time",
  language: "en",
  body: "Thank you, Chair.\n\nWe ask for twenty-four hours.",
  groupId: null,
  exceptions: [],
  topicIds: [],
  paragraphs: [],
  embargo: "none",
};

/** What a loader or action answered: its status and what it gave, thrown or returned. */
export type Answered = { readonly status: number; readonly body: unknown; readonly to: string | null };

type Handle = (args: never) => unknown;

/** Asks a loader, or posts a form to an action, as one person. */
export async function ask(
  hall: Hall,
  personId: string | null,
  handle: Handle,
  what: {
    readonly params: Readonly<Record<string, string>>;
    readonly search?: string;
    readonly form?: Readonly<Record<string, string>> | URLSearchParams;
  },
): Promise<Answered> {
  const context = await hall.as(personId);
  const { params, search = "", form } = what;
  const init = form ? { method: "POST", body: new URLSearchParams(form) } : {};
  const request = new Request(`http://here/page${search}`, init);
  let given: unknown;
  try {
    given = await handle({ request, params, context } as never);
  } catch (thrown) {
    given = thrown;
  }
  if (given instanceof Response) {
    const text = await given.text();
    const body: unknown = text === "" ? null : JSON.parse(text);
    return { status: given.status, body, to: given.headers.get("Location") };
  }
  if (given instanceof Error) throw given;
  if (typeof given === "object" && given !== null && "type" in given && "data" in given) {
    const { data, init: more } = given as { data: unknown; init?: { status?: number } };
    return { status: more?.status ?? 200, body: data, to: null };
  }
  return { status: 200, body: given, to: null };
}
