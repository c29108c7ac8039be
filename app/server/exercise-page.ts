/**
 * A drafter's page without a screen: it takes a seat in the real room, keeps its own copy of the text and sends its
 * edits through gate and log like a browser. The exercise is played with it.
 */
import * as Y from "yjs";
import {
  type CaretJson,
  type ClientPart,
  decodeServerFrame,
  encodeClientFrame,
  type ServerPart,
} from "#collab/frames.ts";
import { idRangesOf } from "#collab/id-ranges.ts";
import {
  CARRY_PREFIX,
  createTextDoc,
  type ParagraphMap,
  paragraphsOf,
  type Role,
  SCHEMA_VERSION,
  wordsOf,
} from "#collab/model.ts";
import { orderBetween } from "#collab/order.ts";
import { liveIds } from "#collab/projection.ts";
import { hideParagraphs } from "#collab/seen.ts";
import type { Author, Rooms, Seat } from "#collab/server/room.ts";
import type { Act } from "#db/exercise/script.ts";

const EMBED = "\uFFFC";
const FROM_ROOM = { name: "room" };

type Placed = { readonly id: string; readonly map: ParagraphMap; readonly words: Y.Text };

export type DraftingPage = {
  /** Does one act of the script and waits until it is in the log. Throws when it is refused or its words are gone. */
  perform(act: Act): Promise<void>;
  leave(): void;
};

/** The characters of a paragraph, one per position: embeds stand as U+FFFC. */
function charactersOf(words: Y.Text): string {
  let characters = "";
  for (const part of words.toDelta() as readonly { readonly insert: unknown }[]) {
    characters += typeof part.insert === "string" ? part.insert : EMBED;
  }
  return characters;
}

/** Writes words with their formatting at a position; nothing is inherited from the neighbours. */
function writePart(words: Y.Text, at: number, from: Y.Text, start: number, end: number): void {
  let position = 0;
  let target = at;
  type Part = { readonly insert: string | object; readonly attributes?: Readonly<Record<string, unknown>> };
  for (const part of from.toDelta() as readonly Part[]) {
    const length = typeof part.insert === "string" ? part.insert.length : 1;
    const first = Math.max(start, position);
    const last = Math.min(end, position + length);
    if (last > first) {
      const attributes = { ...part.attributes };
      if (typeof part.insert === "string") {
        words.insert(target, part.insert.slice(first - position, last - position), attributes);
      } else words.insertEmbed(target, part.insert, attributes);
      target += last - first;
    }
    position += length;
  }
}

/** Words that are still to be typed at a place. */
type Typing = { readonly words: Y.Text; readonly at: number; readonly typed: string };

export async function openDraftingPage(options: {
  readonly rooms: Rooms;
  readonly textId: string;
  readonly author: Author & { readonly personId: string };
  readonly name: string;
  readonly siglum: string;
  readonly newId: () => string;
}): Promise<DraftingPage> {
  const { rooms, textId, author, name, siglum, newId } = options;
  const doc = createTextDoc();
  let sent = 0;
  const answers = new Map<number, { done(): void; fail(error: Error): void }>();
  let welcomed: () => void = () => {};
  const welcome = new Promise<void>((done) => {
    welcomed = done;
  });

  function take(part: ServerPart): void {
    if (part.type === "welcome" || part.type === "update") Y.applyUpdate(doc, part.update, FROM_ROOM);
    if (part.type === "welcome") welcomed();
    if (part.type === "saved") {
      for (const [no, answer] of answers) {
        if (no > part.no) continue;
        answers.delete(no);
        answer.done();
      }
    }
    if (part.type === "refused") {
      answers.get(part.no)?.fail(new Error(`an edit of the exercise was refused: ${part.code}`));
    }
  }

  const seat: Seat = await rooms.join(textId, {
    author,
    name,
    siglum,
    mayWrite: true,
    send: (frame) => decodeServerFrame(frame).forEach(take),
    close: (code, reason) => {
      for (const answer of answers.values()) answer.fail(new Error(`the room closed: ${code} ${reason}`));
    },
  });
  const send = (part: ClientPart) => seat.receive(encodeClientFrame([part]));
  send({
    type: "hello",
    schema: SCHEMA_VERSION,
    client: doc.clientID,
    stateVector: Y.encodeStateVector(doc),
  });
  await welcome;

  function live(): Placed[] {
    return liveIds(doc).flatMap((id) => {
      const map = paragraphsOf(doc).get(id);
      const words = map && wordsOf(map);
      return map && words ? [{ id, map, words }] : [];
    });
  }

  function find(wanted: string): Placed & { readonly index: number; readonly at: number } {
    const paragraphs = live();
    for (const [index, placed] of paragraphs.entries()) {
      const at = charactersOf(placed.words).indexOf(wanted);
      if (at >= 0) return { ...placed, index, at };
    }
    throw new Error(`the exercise looks for words that are not in the text: ${wanted}`);
  }

  /** An order key right after (or before) the paragraph at `index`. */
  function orderAt(index: number): string {
    const paragraphs = live().filter(({ map }) => map.get("role") !== "footnote");
    const key = (placed: Placed | undefined) => String(placed?.map.get("order") ?? "");
    return orderBetween(key(paragraphs[index - 1]), key(paragraphs[index]));
  }

  function addParagraph(index: number, role: Role, level: number): Placed {
    const id = newId();
    const map: ParagraphMap = new Y.Map<unknown>();
    const order = orderAt(index);
    paragraphsOf(doc).set(id, map);
    map.set("order", order);
    map.set("role", role);
    map.set("level", level);
    map.set("deleted", false);
    const words = new Y.Text();
    map.set("text", words);
    return { id, map, words };
  }

  /** Copies words to another paragraph and leaves the record by which they keep their authors. */
  function carry(from: Placed, start: number, end: number, to: Placed, at: number): void {
    const src = idRangesOf(from.words, start, end - start);
    writePart(to.words, at, from.words, start, end);
    const dst = idRangesOf(to.words, at, end - start);
    to.map.set(`${CARRY_PREFIX}${newId()}`, { from: from.id, src, dst });
  }

  /** Does all of an act but its typing, and returns what is then typed, and where. */
  function change(act: Act): Typing | null {
    if (act.kind === "insert") {
      const { words, at } = find(act.after);
      return { words, at: at + act.after.length, typed: act.words };
    }
    if (act.kind === "replace") {
      const { words, at } = find(act.find);
      // Only what differs is touched, as a person would.
      let same = 0;
      while (same < Math.min(act.find.length, act.words.length) && act.find[same] === act.words[same])
        same += 1;
      let tail = 0;
      const most = Math.min(act.find.length, act.words.length) - same;
      while (tail < most && act.find.at(-1 - tail) === act.words.at(-1 - tail)) tail += 1;
      words.delete(at + same, act.find.length - same - tail);
      return { words, at: at + same, typed: act.words.slice(same, act.words.length - tail) };
    }
    if (act.kind === "split") {
      const source = find(act.find);
      const length = source.words.length;
      const added = addParagraph(
        source.index + 1,
        source.map.get("role") as Role,
        Number(source.map.get("level")),
      );
      carry(source, act.at, length, added, 0);
      source.words.delete(act.at, length - act.at);
    } else if (act.kind === "merge") {
      const first = find(act.find);
      const second = live()[first.index + 1];
      if (!second) throw new Error("the exercise merges the last paragraph with nothing");
      carry(second, 0, second.words.length, first, first.words.length);
      hideParagraphs(doc, [second.id], { newId });
    } else if (act.kind === "add") {
      const before = find(act.after);
      return { words: addParagraph(before.index + 1, act.role, act.level).words, at: 0, typed: act.words };
    } else {
      const moved = find(act.find);
      moved.map.set("order", orderAt(find(act.before).index));
    }
    return null;
  }

  /** Word by word, as it reaches the room from somebody who writes. */
  async function typeWords(typing: Typing | null): Promise<void> {
    if (typing === null) return;
    let at = typing.at;
    for (const piece of typing.typed.match(/\s*\S+\s*$|\s*\S+/g) ?? [typing.typed]) {
      await edit(() => typing.words.insert(at, piece, {}));
      at += piece.length;
    }
  }

  /** One edit: sent, and awaited until it is on record. */
  async function edit(work: () => void): Promise<void> {
    const updates: Uint8Array[] = [];
    const note = (update: Uint8Array, from: unknown) => {
      if (from !== FROM_ROOM) updates.push(update);
    };
    doc.on("update", note);
    doc.transact(work);
    doc.off("update", note);
    if (updates.length === 0) return;
    sent += 1;
    const no = sent;
    const caret: CaretJson | null = null;
    const saved = new Promise<void>((done, fail) => answers.set(no, { done, fail }));
    send({ type: "edit", no, first: no === 1, update: Y.mergeUpdates(updates), caret });
    await saved;
  }

  return {
    perform: async (act) => {
      let typing: Typing | null = null;
      await edit(() => {
        typing = change(act);
      });
      await typeWords(typing);
    },
    leave: () => {
      seat.leave();
      doc.destroy();
    },
  };
}
