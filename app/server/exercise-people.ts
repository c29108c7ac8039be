/** Who there is in the exercise, before anybody acts: entities, groups, topics and persons. */
import {
  exerciseEntities,
  exerciseGroups,
  exerciseObserver,
  exercisePeople,
  exerciseTopics,
} from "#db/exercise/room.ts";
import { putEntity } from "#db/stores/entity.ts";
import { appendEvent } from "#db/stores/event.ts";
import { putGroup } from "#db/stores/group.ts";
import { insertPerson } from "#db/stores/person.ts";
import { putTopic } from "#db/stores/topic.ts";
import type { ExerciseParts } from "./exercise-stage.ts";

const SECRETARIAT = "x-brandt";

export async function writeExercisePeople({ db, now }: ExerciseParts): Promise<void> {
  await db.write(async (tx) => {
    for (const { id, code, name, ar, region } of exerciseEntities) {
      const names = { en: name, ar };
      await putEntity(tx, {
        id,
        kind: "exercise-state",
        code,
        names,
        regionalGroup: region,
        alphabet: name.toLowerCase(),
      });
    }
    const { id, code, name, ar } = exerciseObserver;
    const alphabet = name.toLowerCase();
    await putEntity(tx, {
      id,
      kind: "exercise-organization",
      code,
      names: { en: name, ar },
      regionalGroup: null,
      alphabet,
    });
    for (const group of exerciseGroups) {
      const members = exerciseEntities.filter(
        (one) => one.region === group.id || one.groups.some((groupId) => groupId === group.id),
      );
      await putGroup(
        tx,
        {
          id: group.id,
          kind: group.kind,
          code: group.code,
          names: { en: group.name, ar: group.ar },
          exercise: true,
        },
        members.map(({ id: entityId }) => ({ groupId: group.id, entityId, role: null, from: "", to: null })),
      );
    }
    for (const [order, topic] of exerciseTopics.entries()) {
      await putTopic(tx, { ...topic, exercise: true, order: order + 1 });
    }
    for (const person of exercisePeople) {
      await insertPerson(tx, {
        id: person.id,
        name: person.name,
        email: null,
        accountId: null,
        secretariat: person.id === SECRETARIAT,
        entityId: person.of ?? null,
        createdAt: now(),
        suspendedAt: null,
      });
    }
    const people = { act: "castExercise", thing: "installation", thingId: "people" };
    await appendEvent(tx, { at: now(), by: { personId: null }, ...people });
  });
}
