/** Positions and statements of the exercise: drafted by a delegation, mostly released by its head. */
import { draftPosition } from "#app/commands/draft-position.ts";
import { draftStatement } from "#app/commands/draft-statement.ts";
import { releasePosition } from "#app/commands/release-position.ts";
import { releaseStatement } from "#app/commands/release-statement.ts";
import { exercisePositions, exerciseStatements } from "#db/exercise/record.ts";
import { exercisePeople } from "#db/exercise/room.ts";
import { type Stage, done } from "./exercise-stage.ts";

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
  for (const made of exerciseStatements) {
    const drafted = await draftStatement(await as(made.by), {
      delegationId: delegationOf(stage, made.by),
      itemId: items.get(made.item) ?? "",
      meetingId: null,
      title: made.title,
      language: "en",
      body: made.body,
      groupId: made.group ?? null,
      exceptions: made.exceptions ?? [],
      topicIds: [],
      paragraphs: [],
      embargo: "none",
    });
    const { draftId } = done(drafted, `the draft of a statement, ${made.title}`);
    if (!made.released) continue;
    done(await releaseStatement(await as(headOf(made.by)), { draftId, edition: 1 }), "releasing a statement");
  }
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
