/** Positions and statements of the exercise: drafted by a delegation, mostly released by its head. */
import { correctStatement } from "#app/commands/correct-statement.ts";
import { deliverStatement } from "#app/commands/deliver-statement.ts";
import { draftPosition } from "#app/commands/draft-position.ts";
import { draftStatement } from "#app/commands/draft-statement.ts";
import { editStatementDraft } from "#app/commands/edit-statement-draft.ts";
import { releasePosition } from "#app/commands/release-position.ts";
import { releaseStatement } from "#app/commands/release-statement.ts";
import { type ExerciseStatement, exercisePositions, exerciseStatements } from "#db/exercise/record.ts";
import { exercisePeople } from "#db/exercise/room.ts";
import { type Stage, done } from "./exercise-stage.ts";

const CHAIR = "x-solvane";
const DAY_MS = 86_400_000;

export async function playRecord(stage: Stage): Promise<void> {
  const { parts, items, as } = stage;
  for (const made of exercisePositions) {
    const delegationId = delegationOf(stage, made.by);
    const drafted = await draftPosition(await as(made.by), {
      delegationId,
      topicId: made.topic,
      itemId: items.get(made.item) ?? null,
      stance: made.stance,
      summary: made.summary,
      excerpt: made.excerpt,
      language: "en",
      explicit: made.excerpt !== "",
      sourceTitle: made.source,
      sourceDate: new Date(parts.now() - made.daysAgo * DAY_MS).toISOString().slice(0, 10),
      sourceSymbol: made.symbol,
      sourceUrl: "",
      sourceForum: "",
      meetingId: null,
      groupId: made.group ?? null,
      exceptions: made.exceptions ?? [],
    });
    const { draftId } = done(drafted, `the draft of a position on ${made.topic}`);
    if (!made.released) continue;
    done(await releasePosition(await as(headOf(made.by)), { draftId, edition: 1 }), "releasing a position");
  }
  const released = new Map<string, string>();
  for (const made of exerciseStatements) {
    const statementId = await playStatement(stage, made, released);
    if (statementId !== null) released.set(made.title, statementId);
  }
}

/** Drafts it, and releases and delivers it where it was. Returns what was released; `released` are those before it, by title. */
async function playStatement(
  stage: Stage,
  made: ExerciseStatement,
  released: ReadonlyMap<string, string>,
): Promise<string | null> {
  const { sessionId, items, as, meetingId } = stage;
  const { title, corrects } = made;
  const words = {
    itemId: items.get(made.item) ?? "",
    meetingId: made.delivered ? meetingId : null,
    title,
    language: "en",
    body: made.body,
    groupId: made.group ?? null,
    exceptions: made.exceptions ?? [],
    topicIds: [],
    paragraphs: [],
    embargo: made.embargoed ? "delivery" : "none",
  } as const;
  const person = await as(made.by);
  const drafted = corrects
    ? await correctStatement(person, { sessionId, statementId: released.get(corrects.title) ?? "" })
    : await draftStatement(person, { ...words, delegationId: delegationOf(stage, made.by) });
  const { draftId } = done(drafted, `the draft of a statement, ${title}`);
  let edition = 1;
  if (corrects) {
    done(
      await editStatementDraft(person, { ...words, draftId, edition }),
      `correcting a statement, ${title}`,
    );
    edition += 1;
  }
  if (!made.released) return null;
  const release = { draftId, edition, ...(corrects ? { correction: corrects.correction } : {}) };
  const head = await as(headOf(made.by));
  const { statementId } = done(await releaseStatement(head, release), "releasing a statement");
  if (made.delivered) {
    const delivery = { sessionId, statementId, meetingId };
    done(await deliverStatement(await as(CHAIR), delivery), "recording that a statement was delivered");
  }
  return statementId;
}

function entityOf(personId: string): string {
  return exercisePeople.find(({ id }) => id === personId)?.of ?? "";
}

function delegationOf(stage: Stage, personId: string): string {
  return stage.delegations.get(entityOf(personId)) ?? "";
}

function headOf(personId: string): string {
  const entityId = entityOf(personId);
  return exercisePeople.find(({ of, role }) => of === entityId && role === "head")?.id ?? personId;
}
