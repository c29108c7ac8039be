/**
 * Plays the exercise into an empty data folder: every act goes through the real commands, queue, gate and log as one of
 * its people, so history, authorship and events are genuine.
 */
import { addDocument } from "#app/commands/add-document.ts";
import { addAgendaItem } from "#app/commands/add-agenda-item.ts";
import { adoptAgenda } from "#app/commands/adopt-agenda.ts";
import { addDelegate } from "#app/commands/add-delegate.ts";
import { addDelegation } from "#app/commands/add-delegation.ts";
import { appointDrafter } from "#app/commands/appoint-drafter.ts";
import { appointOfficer } from "#app/commands/appoint-officer.ts";
import type { CommandContext } from "#app/commands/context.ts";
import { createSession } from "#app/commands/create-session.ts";
import { createText } from "#app/commands/create-text.ts";
import { importText } from "#app/commands/import-text.ts";
import { issueVersion } from "#app/commands/issue-version.ts";
import { lockParagraph } from "#app/commands/lock-paragraph.ts";
import { scheduleMeeting } from "#app/commands/schedule-meeting.ts";
import { seatFirstHead } from "#app/commands/seat-first-head.ts";
import { setAudience } from "#app/commands/set-audience.ts";
import { setItemStatus } from "#app/commands/set-item-status.ts";
import { takeUpItem } from "#app/commands/take-up-item.ts";
import { authorIn } from "#app/rules/author.ts";
import { siglumIn } from "#app/rules/sigla.ts";
import type { ImportedSpan } from "#collab/read-words.ts";
import { addressOf, exerciseDocuments } from "#db/exercise/documents.ts";
import { report, reportFirstReading, reportLive, reportZeroDraft } from "#db/exercise/report.ts";
import {
  resolution,
  resolutionFirstReading,
  resolutionLive,
  resolutionZeroDraft,
} from "#db/exercise/resolution.ts";
import {
  exerciseAgenda,
  exerciseBody,
  exerciseEntities,
  exerciseObserver,
  exercisePeople,
  exerciseSession,
} from "#db/exercise/room.ts";
import type { Act, DraftParagraph } from "#db/exercise/script.ts";
import { findViewer } from "#db/stores/viewer.ts";
import { type DraftingPage, openDraftingPage } from "./exercise-page.ts";
import { type ExerciseParts, type Stage, done } from "./exercise-stage.ts";
import { playRecord } from "./exercise-record.ts";
import { writeExercisePeople } from "./exercise-people.ts";
import { meetingsOf, weekOf } from "./exercise-week.ts";

/** Between two acts the process hears of Ctrl-C: nothing else in the play waits for anything but the disk. */
const immediate = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const CHAIR = "x-solvane";
const SECRETARIAT = "x-brandt";
const LOGIN = "played";

export async function playExercise(
  parts: ExerciseParts,
  options: { readonly onProgress?: (line: string) => void } = {},
): Promise<{ readonly sessionId: string }> {
  const say = options.onProgress ?? (() => {});
  say("Playing the exercise: people and agenda …");
  await writeExercisePeople(parts);
  const stage = await setTheStage(parts);
  say("Playing the exercise: the resolution, from zero draft to live …");
  await playText(stage, {
    text: { ...resolution, kind: "resolution" },
    drafters: ["x-okoru", "x-maas", "x-teyl"],
    zeroDraft: resolutionZeroDraft,
    first: resolutionFirstReading,
    live: resolutionLive,
    audience: { audience: "all", shows: "live" },
    locked: "common template",
  });
  say("Playing the exercise: the report …");
  await playText(stage, {
    text: { ...report, kind: "report" },
    drafters: ["x-okoru", "x-anwyl"],
    zeroDraft: reportZeroDraft,
    first: reportFirstReading,
    live: reportLive,
    audience: { audience: "observers", shows: "versions" },
    locked: null,
  });
  say("Playing the exercise: positions and statements …");
  await playRecord(stage);
  return { sessionId: stage.sessionId };
}

async function setTheStage(parts: ExerciseParts): Promise<Stage> {
  const as = async (personId: string): Promise<CommandContext> => {
    await immediate();
    return {
      ...parts,
      viewer: await findViewer(parts.db.read, { personId, loginId: LOGIN }),
      origin: "",
    };
  };
  const { from, to } = weekOf(parts.now());
  const facts = {
    ...exerciseSession,
    body: exerciseBody,
    kind: "plenary",
    from,
    to,
    exercise: true,
  } as const;
  const { sessionId } = done(await createSession(await as(SECRETARIAT), facts), "creating the session");

  for (const { id: personId, office } of exercisePeople) {
    if (!office) continue;
    done(
      await appointOfficer(await as(SECRETARIAT), { sessionId, personId, office }),
      "appointing an officer",
    );
  }
  const delegations = new Map<string, string>();
  for (const { id: entityId } of [...exerciseEntities, exerciseObserver]) {
    const capacity = entityId === exerciseObserver.id ? "observer" : "participant";
    const added = await addDelegation(await as(SECRETARIAT), { sessionId, entityId, capacity });
    delegations.set(entityId, done(added, "adding a delegation").delegationId);
  }
  await fillDelegations(as, delegations);

  const chair = await as(CHAIR);
  const items = new Map<string, string>();
  for (const item of exerciseAgenda) {
    const parentId = "parent" in item ? (items.get(item.parent) ?? null) : null;
    const topicIds = "topics" in item ? item.topics : [];
    const { number, title, status } = item;
    const added = await addAgendaItem(chair, { sessionId, parentId, number, title, note: "", topicIds });
    const { itemId } = done(added, "adding an agenda item");
    items.set(item.id, itemId);
    if (status !== "not-yet")
      done(await setItemStatus(chair, { sessionId, itemId, status }), "an item's status");
  }
  done(await adoptAgenda(chair, { sessionId, symbol: exerciseSession.symbol }), "adopting the agenda");
  for (const document of exerciseDocuments) {
    const { item, symbol, title } = document;
    const itemId = items.get(item) ?? "";
    const where = { sessionId, itemId, url: addressOf(document), file: null };
    const facts = { ...where, symbol, title, reason: "Issued for this item" };
    done(await addDocument(chair, facts), `putting in a document, ${symbol}`);
  }
  const meetingId = await scheduleWeek(chair, { sessionId, from });
  const itemId = items.get("x-i5e") ?? null;
  done(await takeUpItem(chair, { sessionId, itemId }), "taking up an item");
  return { parts, sessionId, items, delegations, meetingId, as };
}

/** The secretariat names each delegation's first head, who seats the others: rule PE11. */
async function fillDelegations(as: Stage["as"], delegations: ReadonlyMap<string, string>): Promise<void> {
  for (const [entityId, delegationId] of delegations) {
    const people = exercisePeople.filter(({ of }) => of === entityId);
    const head = people.find(({ role }) => role === "head");
    if (!head) throw new Error(`nobody in the exercise is head of ${entityId}`);
    const first = await seatFirstHead(await as(SECRETARIAT), { delegationId, personId: head.id });
    done(first, "naming a head");
    for (const { id: personId, role } of people) {
      if (personId === head.id || !role) continue;
      done(await addDelegate(await as(head.id), { delegationId, personId, role }), "adding a delegate");
    }
  }
}

/** Returns the first meeting, which has begun. */
async function scheduleWeek(
  chair: CommandContext,
  { sessionId, from }: { readonly sessionId: string; readonly from: string },
): Promise<string> {
  const ids: string[] = [];
  for (const meeting of meetingsOf(from, chair.now())) {
    const scheduled = await scheduleMeeting(chair, { sessionId, ...meeting, room: "Conference Room 3" });
    ids.push(done(scheduled, "scheduling a meeting").meetingId);
  }
  return ids[0] ?? "";
}

type TextPlay = {
  readonly text:
    | (typeof resolution & { readonly kind: "resolution" })
    | (typeof report & { readonly kind: "report" });
  readonly drafters: readonly string[];
  readonly zeroDraft: readonly DraftParagraph[];
  readonly first: readonly Act[];
  readonly live: readonly Act[];
  readonly audience: { readonly audience: "all" | "observers"; readonly shows: "live" | "versions" };
  /** Words of a paragraph that the chair locks; null for none. */
  readonly locked: string | null;
};

async function playText(stage: Stage, play: TextPlay): Promise<void> {
  const { sessionId, items, as } = stage;
  const { item, ...facts } = play.text;
  const chair = await as(CHAIR);
  const itemId = items.get(item) ?? "";
  const created = await createText(chair, { ...facts, sessionId, itemId, language: "en" });
  const { textId } = done(created, "creating a text");
  for (const personId of play.drafters) {
    done(await appointDrafter(chair, { textId, personId }), "appointing a drafter");
  }
  const imported = readDraft(play.zeroDraft);
  done(
    await importText(await as(SECRETARIAT), { textId, imported, after: null }),
    "importing the zero draft",
  );
  const version = (label: string) => ({
    textId,
    label,
    symbol: `${facts.symbol}${labelEnd(label)}`,
    note: "",
  });
  done(await issueVersion(chair, version("Zero draft")), "issuing the zero draft");
  done(await setAudience(chair, { textId, delegationIds: [], ...play.audience }), "opening a text");

  await perform(stage, textId, play.first);
  done(await issueVersion(chair, version("Rev.1")), "issuing Rev.1");
  if (play.locked !== null) await lockParagraphWith(stage, textId, play.locked);
  await perform(stage, textId, play.live);
}

function labelEnd(label: string): string {
  return label === "Zero draft" ? "" : `/${label}`;
}

async function lockParagraphWith(stage: Stage, textId: string, words: string): Promise<void> {
  const { document } = await stage.parts.rooms.wording(textId);
  const paragraph = document.paragraphs.find(({ spans }) =>
    spans.some((span) => span.kind === "words" && span.text.includes(words)),
  );
  if (!paragraph) throw new Error(`the exercise locks a paragraph that is not there: ${words}`);
  const chair = await stage.as(CHAIR);
  done(await lockParagraph(chair, { textId, paragraphId: paragraph.id }), "locking a paragraph");
}

/** Everybody who acts has a page of their own in the text's room. */
async function perform(stage: Stage, textId: string, acts: readonly Act[]): Promise<void> {
  const { parts, sessionId } = stage;
  const pages = new Map<string, DraftingPage>();
  try {
    for (const act of acts) {
      await immediate();
      const page = pages.get(act.by) ?? (await openPageOf(act.by));
      pages.set(act.by, page);
      await page.perform(act);
    }
  } finally {
    for (const page of pages.values()) page.leave();
  }

  async function openPageOf(personId: string): Promise<DraftingPage> {
    const { viewer } = await stage.as(personId);
    if (viewer.kind !== "person") throw new Error(`nobody in the exercise is ${personId}`);
    return openDraftingPage({
      rooms: parts.rooms,
      textId,
      author: authorIn(viewer, sessionId),
      name: viewer.name,
      siglum: siglumIn(viewer, sessionId),
      newId: parts.newId,
    });
  }
}

type Read = {
  readonly paragraphs: {
    readonly role: DraftParagraph[0];
    readonly level: number;
    readonly dir: "auto";
    readonly spans: readonly ImportedSpan[];
  }[];
  readonly notes: (readonly ImportedSpan[])[];
};

/** The draft as an import: `^[…]` becomes a footnote in its place. */
function readDraft(draft: readonly DraftParagraph[]): Read {
  const notes: (readonly ImportedSpan[])[] = [];
  const paragraphs = draft.map(([role, level, words]) => {
    const spans: ImportedSpan[] = [];
    for (const [index, piece] of words.split(/\^\[([^\]]*)\]/).entries()) {
      if (index % 2 === 1) {
        spans.push({ note: notes.length });
        notes.push([{ text: piece }]);
      } else if (piece !== "") spans.push({ text: piece });
    }
    return { role, level, dir: "auto" as const, spans };
  });
  return { paragraphs, notes };
}
