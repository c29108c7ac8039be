/** Our notes: all that a delegation has noted, for its own people and nobody else. */
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { findSubjects } from "#app/commands/note-things.ts";
import { Icon } from "#app/components/icons.tsx";
import { Live } from "#app/components/live.tsx";
import { Code, Empty, PageHead } from "#app/components/page.tsx";
import { When } from "#app/components/when.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { NOTE_THINGS } from "#app/rules/notes.ts";
import { listNotes } from "#db/stores/delegation-note.ts";
import { openNotes } from "./open-notes.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { session, seat, mayWrite } = await openNotes(context, params);
  const notes = await listNotes(context.db.read, seat.delegationId);
  const subjectOf = await findSubjects(context, session, notes);
  return {
    base: `/sessions/${session.id}`,
    zone: session.timeZone,
    code: seat.code,
    mayWrite,
    notes: notes.map((note) => ({
      id: note.id,
      thing: note.thing,
      to: `/sessions/${session.id}/notes/${note.thing}/${encodeURIComponent(note.thingId)}`,
      subject: subjectOf(note),
      body: note.body,
      editedByName: note.editedByName,
      editedAt: note.editedAt,
    })),
  };
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.notes");

export default function NotesPage() {
  const { base, zone, code, mayWrite, notes } = useLoaderData<typeof loader>();
  const { t } = useTranslation("notes");
  const kinds = NOTE_THINGS.filter((kind) => notes.some(({ thing }) => thing === kind));
  return (
    <main className="page narrow" id="content">
      <Live topics={["notes", "agenda", "topics"]} />
      <p className="crumbs">
        <Link to={`${base}/drafts`}>{t("record:drafts.title")}</Link>
      </p>
      <PageHead
        title={
          <>
            <Icon name="private" /> {t("title")} <Code>{code}</Code>
          </>
        }
        under={t("under")}
      />
      {notes.length === 0 ? (
        <Empty act={{ to: `${base}/agenda`, label: t("chrome:nav.agenda") }}>
          {t(mayWrite ? "none" : "noneReader")}
        </Empty>
      ) : null}
      {kinds.map((kind) => (
        <section key={kind} className="sheet" aria-labelledby={`on-${kind}`}>
          <h2 className="h2" id={`on-${kind}`}>
            {t(`on.${kind}`)}
          </h2>
          <ul className="doc-list">
            {notes
              .filter(({ thing }) => thing === kind)
              .map(({ id, to, subject, body, editedByName, editedAt }) => (
                <li key={id}>
                  <Link to={subject?.to ?? to}>
                    {subject === null ? (
                      t("subjectGone")
                    ) : (
                      <>
                        {subject.label === "" ? null : <bdi className="code">{subject.label}</bdi>}{" "}
                        <bdi>{subject.title}</bdi>
                      </>
                    )}
                  </Link>
                  <p className="note-words" dir="auto">
                    {body}
                  </p>
                  <p className="row-b wrap cap">
                    <span>
                      <bdi>{editedByName}</bdi>
                      {t("chrome:comma")}
                      <When at={editedAt} zone={zone} />
                    </span>
                    <span className="grow" />
                    {mayWrite ? <Link to={to}>{t("change")}</Link> : null}
                  </p>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </main>
  );
}
