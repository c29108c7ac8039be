/**
 * Who wrote each run of a text. Words keep the author who typed them however often they are split, merged, moved or
 * restored; the runs of a paragraph cover its characters exactly.
 */
import { eachStamp } from "./attribution.ts";
import type { Attribution, Stamp } from "./attribution.ts";
import type { Paragraph, TextDocument } from "./document.ts";
import type { Carry } from "./model.ts";
import { eachRoot, rootsOf } from "./roots.ts";
import type { Roots } from "./roots.ts";

/** Characters `from` to `to` (embeds count 1). `seq` and `at` are null where the log does not say who typed them. */
export type AuthorRun = {
  readonly from: number;
  readonly to: number;
  readonly person: string | null;
  readonly delegation: string | null;
  readonly at: number | null;
  readonly seq: number | null;
};

function runsOf(paragraph: Paragraph, roots: Roots, attribution: Attribution): AuthorRun[] {
  const runs: AuthorRun[] = [];
  let from = 0;
  let to = 0;
  let stamp: Stamp | null = null;
  const close = (): void => {
    if (to === from) return;
    runs.push({
      from,
      to,
      person: stamp?.person ?? null,
      delegation: stamp?.delegation ?? null,
      at: stamp?.at ?? null,
      seq: stamp?.seq ?? null,
    });
    from = to;
  };
  const add = (length: number, next: Stamp | null): void => {
    if (next !== stamp) {
      close();
      stamp = next;
    }
    to += length;
  };
  for (const span of paragraph.spans) {
    for (const range of span.ids) {
      eachRoot(roots, range, (root) => {
        eachStamp(attribution, "inserted", root, (_clock, length, inserted) => add(length, inserted));
      });
    }
  }
  close();
  return runs;
}

/** Runs of every paragraph by its id, live and hidden ones alike. */
export function authorshipOf(
  document: TextDocument,
  carries: readonly Carry[],
  attribution: Attribution,
): Map<string, AuthorRun[]> {
  const roots = rootsOf(carries);
  const authorship = new Map<string, AuthorRun[]>();
  for (const paragraph of [...document.paragraphs, ...document.hidden]) {
    authorship.set(paragraph.id, runsOf(paragraph, roots, attribution));
  }
  return authorship;
}
