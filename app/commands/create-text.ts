/** A text begins: empty, written by officers alone until drafters are appointed, seen by the bureau alone. */
import { cleanFields, faultsOfLength } from "#app/rules/fields.ts";
import { authorIn } from "#app/rules/author.ts";
import { may } from "#app/rules/permissions.ts";
import { type Refusal, refuse } from "#app/rules/refusal.ts";
import type { Convention } from "#collab/document.ts";
import { appendEvent } from "#db/stores/event.ts";
import { insertTextAudience } from "#db/stores/text-audience.ts";
import { insertText, listItemsForTexts } from "#db/stores/text.ts";
import type { CommandContext } from "./context.ts";

export type NewText = {
  readonly sessionId: string;
  readonly itemId: string;
  readonly kind: "resolution" | "report";
  readonly title: string;
  readonly symbol: string;
  /** Who speaks in a resolution: "The Standing Group,". */
  readonly organ: string;
  /** What stands under the title: "Chair's text, without prejudice". */
  readonly note: string;
  /** BCP 47 tag of the language it is written in. */
  readonly language: string;
  /** What "bis" says in its labels ("inserted" when not said); it stays for good, for people hold paper. */
  readonly convention?: Convention;
};

/** Refused to all but chair and secretariat, without a title or with a field that is too long, and for an item of another session. */
export async function createText(
  context: CommandContext,
  input: NewText,
): Promise<Refusal | { readonly textId: string }> {
  const { sessionId } = input;
  const allowed = may("createText", context.viewer, { kind: "session", sessionId });
  if (allowed !== true) return allowed;
  if (context.viewer.kind !== "person") return refuse("sign-in", "sign-in");
  const by = authorIn(context.viewer, sessionId);
  const words = cleanFields("text", input);
  const fields = faultsOfLength("text", words);
  if (words.title === "") fields["title"] = "required";
  if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
  const at = context.now();
  const textId = context.newId();

  const refused = await context.db.write(async (tx) => {
    const items = await listItemsForTexts(tx, sessionId);
    if (!items.some((item) => item.id === input.itemId)) {
      return refuse("invalid", "check-fields", { fields: { item: "item-not-there" } });
    }
    const { itemId, kind, title, symbol, note, language, convention = "inserted" } = words;
    const organ = kind === "resolution" ? words.organ : "";
    await insertText(tx, {
      id: textId,
      sessionId,
      itemId,
      kind,
      title,
      symbol,
      organ,
      note,
      language,
      convention,
      createdBy: by.personId,
      createdAt: at,
    });
    const sha256 = await insertTextAudience(tx, {
      id: context.newId(),
      textId,
      audience: "bureau",
      delegationIds: [],
      shows: "live",
      fromSeq: 0,
      setBy: by.personId,
      setAt: at,
    });
    await appendEvent(tx, {
      at,
      by,
      act: "createText",
      thing: "text",
      thingId: textId,
      sessionId,
      detail: { kind, itemId, language, convention, sha256 },
    });
    return null;
  });
  if (refused) return refused;
  context.notices.tell({ kind: "text", textId, sessionId, who: "bureau" }, "agenda");
  return { textId };
}
