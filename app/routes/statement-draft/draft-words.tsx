/** The words of a draft statement, written together live: the editor of a text, on the page of the draft. */
import { Link } from "@remix-run/react";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { KeptWords } from "#app/components/editor/kept-words.tsx";
import { TextEditor } from "#app/components/editor/text-editor.tsx";
import { SpokenTime } from "#app/components/record/spoken-time.tsx";
import { LateWords } from "#app/components/text/late-words.tsx";
import { LiveSections } from "#app/components/text/live-sections.tsx";
import { Sections } from "#app/components/text/paper.tsx";
import { directionOf, speakingSeconds } from "#app/rules/statements.ts";
import type { Draft } from "./load.ts";

type Writing = NonNullable<Draft["writing"]>;

export function DraftWords({
  writing,
  seconds,
  fileSeconds,
  zone,
}: {
  readonly writing: Writing;
  /** To say what stood there when the page was made. */
  readonly seconds: number;
  /** Of the file, while nothing is written. */
  readonly fileSeconds: number;
  readonly zone: string;
}) {
  const { t } = useTranslation("record");
  const { id, language, base, seq, deleted } = writing;
  const writer = useWriter(writing.writer);
  const [written, setWritten] = useState<string | null>(null);
  const [isEmpty, setEmpty] = useState(writing.count === 0);
  const [presence, setPresence] = useState<HTMLElement | null>(null);
  const fill = useCallback(() => setEmpty(false), []);
  return (
    <section className="draft-words" aria-labelledby="draft-words">
      <div className="part-head">
        <h2 id="draft-words">{t("draft.body")}</h2>
        <SpokenTime
          seconds={written === null ? seconds : speakingSeconds(written, language) || fileSeconds}
        />
        <span className="grow" />
        {writer ? <span className="presence no-print" ref={setPresence} /> : null}
        <Link className="btn quiet" to={base} reloadDocument>
          {t("draft.textRoom")}
        </Link>
        <Link className="btn quiet" to={`${base}/versions`}>
          {t("text:nav.versions")}
        </Link>
        <Link className="btn quiet" to={`${base}/authorship`}>
          {t("text:nav.authorship")}
        </Link>
      </div>
      {writing.damagedAt === null ? null : (
        <p className="summary">
          {t("text:damaged.lead", { row: writing.damagedAt, last: writing.damagedAt - 1 })}
        </p>
      )}
      {deleted === null ? null : (
        <LateWords textId={id} deleted={deleted} zone={zone} more={`${base}?panel=deleted`} />
      )}
      <div className="desk">
        <article className="paper" lang={language} dir={directionOf(language)}>
          {writer ? (
            <TextEditor
              textId={id}
              kind="statement"
              language={language}
              person={writer}
              zone={zone}
              presenceHost={presence}
              onWords={setWritten}
            >
              <Sections id={id} source={null} />
            </TextEditor>
          ) : (
            <>
              <KeptWords textId={id} />
              <LiveSections textId={id} seq={seq} onChange={fill} />
              {isEmpty ? <p className="empty">{t("draft.noWords")}</p> : null}
            </>
          )}
        </article>
      </div>
    </section>
  );
}

/** Who has begun to write stays in the editor: it says by itself when the right has ended, and keeps what was not taken. */
function useWriter(writer: Writing["writer"]): Writing["writer"] {
  const [began, setBegan] = useState(writer);
  if (writer !== null && began?.id !== writer.id) setBegan(writer);
  return began;
}
