/** How every page of a text begins: is there such a text for this viewer, and what of it may the viewer see? */
import type { AppLoadContext } from "#app/commands/context.ts";
import { documentOf } from "#app/commands/version-row.ts";
import { standingOf, type TextDoor, type TextStanding } from "#app/rules/audience.ts";
import { formOf, notThere, refusalResponse } from "#app/routes/answers.ts";
import { type Act, may } from "#app/rules/permissions.ts";
import { seesLive, visibleVersions } from "#app/rules/versions.ts";
import type { TextDocument } from "#collab/document.ts";
import { findTextDoor } from "#db/stores/text-audience.ts";
import { findVersionDocument, listVersions, type VersionInList } from "#db/stores/text-version.ts";
import { findTextWithMasthead, type TextWithMasthead } from "#db/stores/text.ts";

export type OpenText = {
  readonly text: TextWithMasthead;
  readonly door: TextDoor;
  readonly standing: Exclude<TextStanding, { kind: "none" }>;
  /** The first damaged row of its log, up to which it can be read; null when the log is whole. */
  readonly damagedAt: number | null;
};

type Params = Readonly<Record<string, string | undefined>>;

/** Throws the answer for a text that is not there, or that this viewer may not do `act` with. */
export async function openText(context: AppLoadContext, params: Params, act: Act): Promise<OpenText> {
  const { session: sessionId = "", text: textId = "" } = params;
  const [text, door] = await Promise.all([
    findTextWithMasthead(context.db.read, { sessionId, textId }),
    findTextDoor(context.db.read, textId),
  ]);
  if (!text || !door) throw notThere();
  const allowed = may(act, context.viewer, { kind: "text", door });
  if (allowed !== true) throw refusalResponse(allowed);
  const standing = standingOf(context.viewer, door);
  if (standing.kind === "none") throw notThere();
  return { text, door, standing, damagedAt: await context.rooms.damagedAt(text.id) };
}

/**
 * How every form of a page of a text begins: what was sent is read for whoever may do one of the acts behind the page's
 * forms (rule PM3). Throws the answer for everybody else.
 */
export async function openForm(
  context: AppLoadContext,
  asked: { readonly params: Params; readonly request: Request },
  acts: readonly [Act, ...Act[]],
): Promise<OpenText & { readonly form: FormData }> {
  const open = await openText(context, asked.params, "readText");
  const thing = { kind: "text", door: open.door } as const;
  const [first, ...others] = acts;
  const right = (act: Act) => may(act, context.viewer, thing);
  const form = await formOf(asked.request, [right(first), ...others.map(right)]);
  return { ...open, form };
}

/** Which of the acts this viewer may do with the text, for what the page offers. */
export function mayDo<const A extends Act>(
  context: AppLoadContext,
  door: TextDoor,
  acts: readonly A[],
): Record<A, boolean> {
  const thing = { kind: "text", door } as const;
  return Object.fromEntries(acts.map((act) => [act, may(act, context.viewer, thing) === true])) as Record<
    A,
    boolean
  >;
}

/** The versions that this viewer sees, oldest first. */
export async function seenVersions(context: AppLoadContext, open: OpenText): Promise<VersionInList[]> {
  return visibleVersions(open.standing, await listVersions(context.db.read, open.text.id));
}

export type NamedWording = {
  /** A version's id, or "live". */
  readonly id: string;
  readonly version: VersionInList | null;
  readonly seq: number;
  readonly document: TextDocument;
};

/** The wording behind an address: a version that this viewer sees, or the live text. Null when it is not theirs. */
export async function wordingAt(
  context: AppLoadContext,
  open: OpenText,
  id: string,
): Promise<NamedWording | null> {
  if (id === "live") {
    if (!seesLive(open.standing)) return null;
    const { seq, document } = await context.rooms.wording(open.text.id);
    return { id, version: null, seq, document };
  }
  const seen = await seenVersions(context, open);
  if (!seen.some((version) => version.id === id)) return null;
  const version = await findVersionDocument(context.db.read, { textId: open.text.id, versionId: id });
  if (!version) return null;
  const { document, ...listed } = version;
  return { id, version: listed, seq: version.seq, document: documentOf({ document }) };
}
