/** Which roles a person may choose, and how deep each goes. */
import type { TextKind } from "#collab/document.ts";
import { MAX_LEVEL } from "#collab/model.ts";
import type { Role } from "#collab/model.ts";

/** Roles of a text of each kind, in the order of the menu and of its keys. */
export const ROLES_OF_KIND: Readonly<Record<TextKind, readonly Role[]>> = {
  resolution: ["pp", "op", "heading", "annex", "plain"],
  report: ["numbered", "recommendation", "heading", "annex", "plain"],
  statement: ["plain", "heading"],
};

/** Headings go no deeper than I., A., 1., (a). */
export const MAX_HEADING_LEVEL = 3;

export function mayHaveLevel(role: Role): boolean {
  return role !== "plain" && role !== "annex" && role !== "footnote";
}

export function deepestLevel(role: Role): number {
  if (!mayHaveLevel(role)) return 0;
  return role === "heading" ? MAX_HEADING_LEVEL : MAX_LEVEL;
}
