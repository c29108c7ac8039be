/** One act of a person, and what must hold of it at once, on that person's own page. */
import type * as Y from "yjs";
import { idOf } from "#collab/schema.ts";
import { countCharacters, visibleCharacters } from "./convergence-checks.ts";
import type { Letters } from "./letters.ts";
import { takeAct } from "./random-acts.ts";
import type { Act, Typist } from "./random-acts.ts";

export type Writer = Typist & { readonly doc: Y.Doc; isComposing: boolean };

/** These move words, or add some, and never take any away. */
const TAKES_NOTHING = new Set([
  "split",
  "merge",
  "move",
  "delete paragraph",
  "role",
  "type",
  "bracket",
  "unbracket",
]);

/** Now and then somebody begins or ends a composition, which holds others' words back from the view. */
export function compose(writer: Writer, random: () => number): void {
  const { binding } = writer;
  if (writer.isComposing ? random() < 0.4 : random() > 0.08) {
    if (writer.isComposing) binding.endComposition();
    writer.isComposing = false;
    return;
  }
  const { childCount } = binding.state.doc;
  if (writer.isComposing || childCount === 0) return;
  binding.beginComposition(idOf(binding.state.doc.child(Math.floor(random() * childCount))));
  writer.isComposing = true;
}

/** Does a random act and keeps the books. Returns the letters that are in the writer's text for the first time. */
export function actOn(
  { number, doc, binding }: Writer,
  {
    random,
    letters,
    acts,
  }: { readonly random: () => number; readonly letters: Letters; readonly acts: readonly Act[] },
): string[] {
  const { typed, deleted } = letters;
  const before = countCharacters(doc);
  const seenBefore = visibleCharacters(doc);
  const name = takeAct({ typist: { number, binding }, random, acts, letter: () => letters.next(number) });
  const after = countCharacters(doc);
  const fresh: string[] = [];
  for (const [each, { count, paragraphs }] of after) {
    const homes = typed.get(each)?.homes;
    if (homes === undefined || homes.size > 0 || count === 0) continue;
    homes.add(paragraphs[0] ?? "");
    fresh.push(each);
  }
  for (const [each, { count }] of before) {
    if ((after.get(each)?.count ?? 0) >= count) continue;
    if (TAKES_NOTHING.has(name)) throw new Error(`client ${number}: ${name} lost ${each}`);
    deleted.add(each);
  }
  if (name === "undo") {
    const seenAfter = visibleCharacters(doc);
    for (const each of seenBefore)
      if (typed.get(each)?.by !== number && !seenAfter.has(each))
        throw new Error(`client ${number}: undo took away ${each} of somebody else`);
  }
  return fresh;
}
