/** Where delegations and groups stand on brackets, as pages tell it. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { createTranslator } from "#app/i18n/translate.ts";
import {
  type Chip,
  chipOf,
  chipText,
  holdersOf,
  newestStances,
  stanceOf,
  standingStances,
} from "#app/rules/bracket-stances.ts";
import { headedIn } from "#app/rules/permissions.ts";
import { namesFrom, seesLive } from "#app/rules/versions.ts";
import type { BracketInPanel, DrawnChip } from "#app/components/text/bracket-list.tsx";
import type { ToldStance } from "#app/components/text/stance-lines.tsx";
import { bracketsOf, wordsInside } from "#collab/brackets.ts";
import type { TextDocument } from "#collab/document.ts";
import { type BracketStanceInList, listStances } from "#db/stores/bracket-stance.ts";
import { authorsOf } from "./authors.ts";
import { type NamedWording, type OpenText, seenVersions, wordingAt } from "./open-text.ts";

/** The wording that this viewer reads: the live one, or that of the newest issued version. */
export async function wordingRead(context: AppLoadContext, open: OpenText): Promise<NamedWording | null> {
  if (seesLive(open.standing)) return wordingAt(context, open, "live");
  const newest = (await seenVersions(context, open)).findLast(({ kind }) => kind === "issued");
  return newest ? wordingAt(context, open, newest.id) : null;
}

/**
 * Rows of brackets that the viewer may know of, by bracket. Rule BF8: what stands is told to whoever reads the text, what
 * stood before their time is not, nor who wrote it.
 */
export async function toldStances(
  context: AppLoadContext,
  open: OpenText,
  bracketIds: readonly string[],
  /** Of one that is gone no more is told than was said in the viewer's time. */
  isGone: (bracketId: string) => boolean = () => false,
): Promise<ReadonlyMap<string, readonly ToldStance[]>> {
  if (open.text.delegationId !== null || bracketIds.length === 0) return new Map();
  const { language } = context;
  const wanted = new Set(bracketIds);
  // Those of the whole text: the ids of a long one are too many for a query.
  const rows = (await listStances(context.db.read, { textId: open.text.id, language })).filter(
    ({ bracketId }) => wanted.has(bracketId),
  );
  const from = namesFrom(open.standing);
  const isOwnTime = ({ seq }: BracketStanceInList): boolean => from !== null && seq >= from;
  const authorId = ({ setBy, delegationId, setAt }: BracketStanceInList) => {
    return { person: setBy, delegation: delegationId, at: setAt };
  };
  const authors = await authorsOf(context, open.text.sessionId, rows.filter(isOwnTime).map(authorId));
  const byBracket = Map.groupBy(rows, ({ bracketId }) => bracketId);
  return new Map(
    [...byBracket].map(([bracketId, its]) => {
      const newest = new Set(newestStances(its));
      const told = its
        .filter((row) => isOwnTime(row) || (newest.has(row) && !isGone(bracketId)))
        .map((row): ToldStance => {
          const {
            id,
            entityId,
            groupId,
            code,
            name,
            alphabet,
            except,
            asks,
            view,
            reason,
            meetingNumber,
            saidOn,
            kind,
            setAt,
          } = row;
          const by = isOwnTime(row) ? authors(authorId(row)) : null;
          return {
            id,
            entityId,
            groupId,
            code,
            name,
            alphabet,
            except,
            exceptions: row.exceptions,
            asks,
            view,
            reason,
            meeting: meetingNumber,
            day: saidOn,
            kind,
            by: by && { name: by.name, siglum: by.siglum },
            at: setAt,
          };
        });
      return [bracketId, told];
    }),
  );
}

/** Brackets of a paragraph of which something was said, standing or gone, with all that was; `number` 0: it is gone. */
export async function stancesInLife(
  context: AppLoadContext,
  open: OpenText,
  { paragraphId, document }: { readonly paragraphId: string; readonly document: TextDocument | null },
) {
  const { byId } = bracketsOf(document ?? { paragraphs: [] });
  const rows = await listStances(context.db.read, { textId: open.text.id });
  const ids = new Set(
    rows.flatMap(({ bracketId, paragraphIds }) => (paragraphIds.includes(paragraphId) ? [bracketId] : [])),
  );
  const told = await toldStances(context, open, [...ids], (id) => !byId.has(id));
  return [...told].flatMap(([id, stances]) =>
    stances.length === 0 ? [] : [{ id, number: byId.get(id)?.number ?? 0, stances }],
  );
}

function codeOf({ code, except }: ToldStance): string {
  return except.length === 0 ? code : `${code} ex ${except.join(" ")}`;
}

/** Null where nobody has said anything that stands. */
export function chipFor(context: AppLoadContext, stances: readonly ToldStance[]): DrawnChip | null {
  const parties = standingStances(stances).map((stance) => ({ ...stance, code: codeOf(stance) }));
  const chip = chipOf(parties);
  const holders = holdersOf(stances).map(({ code }) => code);
  return chip && { text: chipText(chip), spoken: spokenChip(context, chip), holders };
}

const SPOKEN = { "": "asks", "+": "keep", "−": "out", "?": "reserve" } as const;

function spokenChip({ language }: AppLoadContext, { groups, more }: Chip): string {
  const { t } = createTranslator(language);
  const said = groups.map(({ sign, codes }) =>
    t(`text:brackets.spoken.${SPOKEN[sign]}`, { codes: codes.join(t("chrome:comma")) }),
  );
  return [...said, ...(more > 0 ? [t("text:brackets.spoken.more", { count: more })] : [])].join("; ");
}

const WORDS_SHOWN = 120;

/** The brackets of the wording that is shown, in reading order. */
export async function bracketsInPanel(
  context: AppLoadContext,
  open: OpenText,
  document: TextDocument,
): Promise<BracketInPanel[]> {
  if (open.text.delegationId !== null) return [];
  const { brackets } = bracketsOf(document);
  const speaker = speakerIn(context, open.text.sessionId);
  const told = await toldStances(
    context,
    open,
    brackets.map(({ id }) => id),
  );
  return brackets.map((bracket) => {
    const { id, number, paragraphs } = bracket;
    const rows = told.get(id) ?? [];
    const stances = standingStances(rows);
    const own = speaker === null ? null : stanceOf(rows, { entityId: speaker, groupId: null });
    const words = wordsInside(document, bracket).slice(0, WORDS_SHOWN);
    return { id, number, words, paragraphs, stances, own, chip: chipFor(context, rows) };
  });
}

/** The entity of which the viewer is a head in the session; null for everybody else. */
export function speakerIn({ viewer }: AppLoadContext, sessionId: string): string | null {
  return (viewer.kind === "person" && headedIn(viewer, sessionId)?.entityId) || null;
}
