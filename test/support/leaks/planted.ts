/** The house with everything planted, everybody at their browsers, and what addresses are filled with. */
import { listEntities } from "#db/stores/entity.ts";
import { delegate } from "#db/schema/people.ts";
import type { Role } from "./browser.ts";
import type { Known } from "./addresses.ts";
import { type DelegationThings, plantDelegation } from "./delegation-things.ts";
import { type House, type Letter, LETTERS, WITHDRAWN, openHouse } from "./house.ts";
import {
  plantDocuments,
  plantNotes,
  plantReading,
  prepareAsObserver,
  speakTo,
  withdrawOne,
} from "./session-things.ts";
import { plantProposals } from "./proposal-things.ts";
import { plantTexts } from "./text-things.ts";

export type Planted = {
  readonly house: House;
  readonly roles: readonly Role[];
  readonly known: Known;
};

/** Of the first delegation, of the one that is withdrawn, and of the text that the bureau alone reads. */
const SEARCHED =
  /^a: (?:summary of a draft|title of a (?:draft|statement)|words (?:of (?:a|the file)|typed)|own text|deleted|a note)|^d: (?:summary of a draft|own text|a note on the item)|^text for bureau, live: (?:title|words)|^name of former/;

export async function openPlanted(): Promise<Planted> {
  const house = await openHouse();
  const planted = new Map<Letter, DelegationThings>();
  for (const letter of LETTERS) planted.set(letter, await plantDelegation(house, letter));
  const things = [...planted.values()];
  const { texts, versions } = await plantTexts(house);
  const spoken = await speakTo(house, texts);
  const observed = await prepareAsObserver(house);
  const proposed = await plantProposals(house, texts);
  const documents = await plantDocuments(house);
  await plantNotes(house, planted);
  const readings = await plantReading(house);
  await withdrawOne(house);
  const roles = await house.roles();
  const { read } = house.server.db;
  const seats = await read.select().from(delegate);
  const asked = [house.delegations.a, house.delegations[WITHDRAWN]];
  const entities = (await listEntities(read)).filter(({ id }) => id.startsWith("leak-")).map(({ id }) => id);
  const known: Known = {
    sessions: [house.sessionId, house.otherSessionId],
    items: [house.itemId],
    topics: [house.topicId],
    entities,
    groups: [house.groupId],
    meetings: [house.meetingId],
    documents,
    tokens: house.tokens,
    delegations: Object.values(house.delegations),
    delegates: seats.filter(({ delegationId }) => asked.includes(delegationId)).map(({ id }) => id),
    people: [...house.people.values()],
    words: house.marks
      .all()
      .filter(({ what, isId }) => !isId && SEARCHED.test(what))
      .map(({ word, may }) => ({ id: word, may, does: () => null })),
    positions: [...things.flatMap(({ positions }) => positions), ...readings],
    statements: [...things.flatMap(({ statements }) => statements), spoken],
    drafts: [...things.flatMap(({ drafts }) => drafts), observed, ...proposed.drafts],
    proposals: proposed.proposals,
    texts: [...texts, ...things.flatMap((one) => one.texts)],
    versions,
    paragraphs: new Map<string, readonly string[]>([
      ...texts.map(({ id }) => [id, ["early", "gone", "between", "open", "brief"]] as const),
      ...things.flatMap((one) => one.texts).map(({ id }) => [id, ["own", "gone", "struck"]] as const),
    ]),
  };
  return { house, roles, known };
}
