/** The own delegation's note, beside what it is about: there for its people alone. */
import { Link } from "@remix-run/react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { Icon } from "#app/components/icons.tsx";
import { Live } from "#app/components/live.tsx";
import { When } from "#app/components/when.tsx";

export type OwnNote = {
  readonly to: string;
  readonly all: string;
  readonly mayWrite: boolean;
  /** Null where nothing is noted yet. */
  readonly note: {
    readonly body: string;
    readonly editedByName: string;
    readonly editedAt: number;
  } | null;
};

export function NotePart({ own, zone }: { readonly own: OwnNote | null; readonly zone: string }) {
  const { t } = useTranslation("notes");
  if (own === null) return null;
  const { note, mayWrite, to, all } = own;
  return (
    <section className="part own-note" id="our-note" aria-labelledby="our-note-title">
      <Live topics={["notes"]} />
      <div className="part-head">
        <h2 id="our-note-title">
          <Icon name="private" /> {t("ours")}
        </h2>
        <Link className="cap" to={all}>
          {t("all")}
        </Link>
      </div>
      {note === null ? (
        <p className="cap">{t(mayWrite ? "noneYet" : "noneReader")}</p>
      ) : (
        <>
          <p className="note-words" dir="auto">
            {note.body}
          </p>
          <p className="cap">
            <bdi>{note.editedByName}</bdi>
            {t("chrome:comma")}
            <When at={note.editedAt} zone={zone} />
          </p>
        </>
      )}
      {mayWrite ? (
        <p className="no-print">
          <Link className="btn" to={to}>
            {t(note === null ? "write" : "change")}
          </Link>
        </p>
      ) : null}
    </section>
  );
}
