/**
 * The visible words of a `Y.Text`, run by run, read from its items. `toDelta` and `event.delta` are not used:
 * the first knows no ids, the second deletes format items while it is read.
 */
import * as Y from "yjs";
import type { BracketEmbed, FootnoteEmbed, IdRange, ReferenceEmbed } from "./model.ts";

export type Formats = { readonly em: boolean; readonly strong: boolean };

/** Characters of one item with equal formatting; an embed has length 1. */
export type Run = Formats & {
  readonly content: string | Readonly<Record<string, unknown>>;
  readonly offset: number;
  readonly length: number;
  readonly client: number;
  readonly clock: number;
};

/** The first item of a text; `_start` is private in name only and has been stable since Yjs 13.0. */
export function firstItem(text: Y.Text): Y.Item | null {
  return text._start;
}

/** Formatting as it stands after a format item; any value but `true` reads as absent. */
export function withFormat(formats: Formats, content: Y.ContentFormat): Formats {
  const { key, value } = content as unknown as { key: string; value: unknown };
  if (key === "em") return { ...formats, em: value === true };
  if (key === "strong") return { ...formats, strong: value === true };
  return formats;
}

/** The visible content of an item: its string or its embed. */
export function contentOf(item: Y.Item): string | Readonly<Record<string, unknown>> {
  if (item.content instanceof Y.ContentString) return item.content.str;
  if (item.content instanceof Y.ContentEmbed) {
    const embed: unknown = item.content.embed;
    if (typeof embed === "object" && embed !== null) return embed as Record<string, unknown>;
  }
  return {};
}

export function runsOf(text: Y.Text): Run[] {
  const runs: Run[] = [];
  let formats: Formats = { em: false, strong: false };
  let offset = 0;
  for (let item = firstItem(text); item !== null; item = item.right) {
    if (item.deleted) continue;
    if (item.content instanceof Y.ContentFormat) {
      formats = withFormat(formats, item.content);
      continue;
    }
    if (!item.countable) continue;
    const { client, clock } = item.id;
    runs.push({ ...formats, content: contentOf(item), offset, length: item.length, client, clock });
    offset += item.length;
  }
  return runs;
}

export function isFootnoteEmbed(embed: unknown): embed is FootnoteEmbed {
  return (
    typeof embed === "object" && embed !== null && "footnote" in embed && typeof embed.footnote === "string"
  );
}

export function isReferenceEmbed(embed: unknown): embed is ReferenceEmbed {
  return (
    typeof embed === "object" && embed !== null && "paragraph" in embed && typeof embed.paragraph === "string"
  );
}

export function isBracketEmbed(embed: unknown): embed is BracketEmbed {
  return (
    typeof embed === "object" &&
    embed !== null &&
    "bracket" in embed &&
    typeof embed.bracket === "string" &&
    "side" in embed &&
    (embed.side === "open" || embed.side === "close")
  );
}

/** The ids of a whole run. */
export function rangeOf(run: Run): IdRange {
  return [run.client, run.clock, run.length];
}
