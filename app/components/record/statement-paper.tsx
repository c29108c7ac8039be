/** The words of a statement in their direction, and in words for whom they are. */
import { useTranslation } from "react-i18next";
import { Marked } from "#app/components/marks.tsx";
import { Formatted } from "#app/components/text/formatted.tsx";
import { directionOf } from "#app/rules/statements.ts";
import { paragraphAnchor, type StatementBlock } from "#collab/statement-words.ts";
import { type Alignment, ForWhom } from "./for-whom.tsx";

export function StatementPaper({
  language,
  blocks,
  alignment,
  anchored = false,
}: {
  readonly language: string;
  readonly blocks: readonly StatementBlock[];
  /** Null for a national statement. */
  readonly alignment: Alignment | null;
  /** Each paragraph can be led to; there is one such paper on a page at most. */
  readonly anchored?: boolean;
}) {
  const { t } = useTranslation("record");
  return (
    <>
      {alignment === null ? (
        <p className="cap">{t("statement.national")}</p>
      ) : (
        <ForWhom alignment={alignment} day="release" />
      )}
      <StatementWords language={language} blocks={blocks} anchored={anchored} />
    </>
  );
}

function StatementWords({
  language,
  blocks,
  anchored,
}: {
  readonly language: string;
  readonly blocks: readonly StatementBlock[];
  readonly anchored: boolean;
}) {
  const { t } = useTranslation("record");
  const notes = blocks.filter(({ role }) => role === "note");
  return (
    <div className="statement-body" lang={language} dir={directionOf(language)}>
      {blocks.map((block, at) => {
        const pieces = <Pieces block={block} />;
        const dir = block.dir === "auto" ? undefined : block.dir;
        const id = anchored ? paragraphAnchor(at) : undefined;
        if (block.role === "note") return null;
        // What is shown never changes under the reader's eyes, so a paragraph's place is its name.
        return block.role === "heading" ? (
          // oxlint-disable-next-line react/no-array-index-key
          <h3 key={at} id={id} dir={dir}>
            {pieces}
          </h3>
        ) : (
          // oxlint-disable-next-line react/no-array-index-key
          <p key={at} id={id} dir={dir}>
            {pieces}
          </p>
        );
      })}
      {notes.length === 0 ? null : (
        <section className="statement-notes" aria-label={t("statement.notes")}>
          {notes.map((note, at) => (
            // oxlint-disable-next-line react/no-array-index-key
            <p key={at} id={`note-${note.number}`} dir={note.dir === "auto" ? undefined : note.dir}>
              <sup>{note.number}</sup> <Pieces block={note} />
            </p>
          ))}
        </section>
      )}
    </div>
  );
}

function Pieces({ block }: { readonly block: StatementBlock }) {
  const { t } = useTranslation("record");
  return block.pieces.map((piece, at) =>
    "note" in piece ? (
      // oxlint-disable-next-line react/no-array-index-key
      <sup key={at} className="fn">
        <a
          href={`#note-${piece.note}`}
          role="doc-noteref"
          aria-label={t("statement.note", { number: piece.note })}
        >
          {piece.note}
        </a>
      </sup>
    ) : (
      // oxlint-disable-next-line react/no-array-index-key
      <Formatted key={at} em={piece.em} strong={piece.strong}>
        <Marked>{piece.words}</Marked>
      </Formatted>
    ),
  );
}
