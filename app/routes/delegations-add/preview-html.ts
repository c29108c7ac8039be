/** The lines of a table that was read, as HTML: thousands of them, written in portions and never drawn by React. */
import type { TFunction } from "i18next";
import { type Language, nameIn } from "#app/rules/language.ts";
import type { TableLine } from "#app/rules/delegation-table.ts";
import { escapeHtml } from "#collab/escape.ts";
import type { EntityRow } from "#db/stores/entity.ts";
import { inPortions } from "./check-table.ts";

type Words = {
  /** Of the area `delegations`. */
  readonly t: TFunction;
  readonly language: Language;
};

/** One row of a table body for each line, in the order of the file. */
export async function previewHtml(lines: readonly TableLine<EntityRow>[], words: Words): Promise<string> {
  return (await inPortions(lines, (line) => rowOf(line, words))).join("");
}

function rowOf(line: TableLine<EntityRow>, { t, language }: Words): string {
  const { number, typed, entity, head, fate, note, first } = line;
  const named = entity
    ? `<b>${escapeHtml(nameIn(entity.names, language))}</b> <bdi class="code">${escapeHtml(entity.code)}</bdi>`
    : `<bdi>${escapeHtml(typed)}</bdi>`;
  const capacity =
    fate === "add" ? `<span class="cap">${escapeHtml(t(`capacity.${line.capacity}`))}</span>` : "";
  const person = head
    ? `<bdi>${escapeHtml(head.name)}</bdi> <bdi class="cap">${escapeHtml(head.email)}</bdi>`
    : "";
  const said = note === null ? "" : ` <span>${escapeHtml(t(`note.${note}`, { line: first ?? 0 }))}</span>`;
  return (
    `<tr id="line-${number}" data-fate="${fate}"><th scope="row" class="num">${number}</th>` +
    `<td>${named} ${capacity}</td><td>${person}</td>` +
    `<td><b>${escapeHtml(t(`fate.${fate}`))}</b>${said}</td></tr>`
  );
}
