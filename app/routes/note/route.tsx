/** One note of the own delegation: read by its people, written by its head and editors. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useLoaderData, useLocation } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { deleteNote } from "#app/commands/delete-note.ts";
import { findSubjects } from "#app/commands/note-things.ts";
import { writeNote } from "#app/commands/write-note.ts";
import { ErrorSummary, Submit, WordsField } from "#app/components/form.tsx";
import { Icon } from "#app/components/icons.tsx";
import { PageHead } from "#app/components/page.tsx";
import { useKeepTyped } from "#app/components/typed-words.tsx";
import { useAnswer } from "#app/components/use-answer.ts";
import { When } from "#app/components/when.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { FIELDS } from "#app/rules/fields.ts";
import { type NoteAbout, mayDelete, noteThing } from "#app/rules/notes.ts";
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { field, formAnswer, formOf, intentOf, notThere, unknownIntent } from "#app/routes/answers.ts";
import { openNotes } from "#app/routes/notes/open-notes.ts";
import { findFirstWriter, findNoteOn } from "#db/stores/delegation-note.ts";

type Params = LoaderFunctionArgs["params"];

/** The note that the address names, with what it is about. Throws "not there" where there is neither. */
async function openNote(context: LoaderFunctionArgs["context"], params: Params) {
  const open = await openNotes(context, params);
  const thing = noteThing(params["thing"] ?? "");
  if (thing === null) throw notThere();
  const about: NoteAbout = { thing, thingId: params["id"] ?? "" };
  const note = await findNoteOn(context.db.read, { delegationId: open.seat.delegationId, ...about });
  const subject = (await findSubjects(context, open.session, [about]))(about);
  if (note === null && subject === null) throw notThere();
  return { ...open, about, note, subject };
}

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { session, seat, mayWrite, about, note, subject } = await openNote(context, params);
  const { viewer } = context;
  const personId = viewer.kind === "person" ? viewer.personId : "";
  const writtenBy = note === null ? null : await findFirstWriter(context.db.read, note.id);
  const thing = { kind: "delegation", sessionId: session.id, delegationId: seat.delegationId } as const;
  const isHead = may("release", viewer, thing) === true;
  return {
    all: `/sessions/${session.id}/notes`,
    delegationId: seat.delegationId,
    zone: session.timeZone,
    thing: about.thing,
    subject,
    mayWrite,
    mayDelete: mayWrite && note !== null && mayDelete({ writtenBy }, { personId, isHead }),
    note: note && {
      id: note.id,
      body: note.body,
      edition: note.edition,
      editedByName: note.editedByName,
      editedAt: note.editedAt,
    },
  };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { seat, mayWrite, about, note, subject, session } = await openNote(context, params);
  const right: true | Refusal = mayWrite || refuse("not-allowed", "note-not-yours");
  const form = await formOf(request, [right]);
  const all = `/sessions/${session.id}/notes`;
  const edition = Number(field(form, "edition"));
  // What was written for a delegation that somebody has left does not become the next one's (rule PE14).
  const made = field(form, "delegation");
  if (made !== "" && made !== seat.delegationId) {
    return formAnswer(refuse("rule", "draft-delegation-left"), form);
  }
  switch (intentOf(form)) {
    case "save": {
      const body = form.get("body");
      const words = typeof body === "string" ? body : "";
      const done = await writeNote(context, {
        ...about,
        delegationId: seat.delegationId,
        body: words,
        edition,
      });
      if (isRefusal(done)) return formAnswer(done, form, ["body"]);
      return redirect(subject === null ? all : `${subject.to}#our-note`);
    }
    case "delete": {
      const done = await deleteNote(context, { noteId: note?.id ?? "", edition });
      return isRefusal(done) ? formAnswer(done, form) : redirect(all);
    }
    default:
      return unknownIntent();
  }
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.notes");

export default function NotePage() {
  const { pathname } = useLocation();
  return <NoteSheet key={pathname} />;
}

function NoteSheet() {
  const data = useLoaderData<typeof loader>();
  const given = useAnswer<typeof action>();
  const answer = given && "typed" in given ? given : undefined;
  const { all, zone, thing, subject, mayWrite, note } = data;
  const { t } = useTranslation("notes");
  const keepTyped = useKeepTyped(answer !== undefined);
  const isConflict = answer?.refusal.kind === "conflict";
  // The form is of the edition that it was opened with, whatever comes in meanwhile; after a conflict it is of the
  // newest, which stands above it.
  const [opened] = useState(note?.edition ?? 0);
  const [delegationId] = useState(data.delegationId);
  const edition = String(isConflict ? (answer?.refusal.values?.["edition"] ?? 0) : opened);
  return (
    <main className="page narrow" id="content">
      <p className="crumbs">
        <Link to={all}>{t("title")}</Link>
      </p>
      <PageHead
        title={
          <>
            <Icon name="private" /> {t("ours")}
          </>
        }
        under={
          <>
            {t(`on.${thing}`)}:{" "}
            {subject === null ? (
              t("subjectGone")
            ) : (
              <Link to={subject.to}>
                {subject.label === "" ? null : <bdi className="code">{subject.label}</bdi>}{" "}
                <bdi>{subject.title}</bdi>
              </Link>
            )}
          </>
        }
      />
      <p className="cap">{t("under")}</p>
      {note !== null && (!mayWrite || isConflict) ? (
        <section className="sheet own-note" aria-label={t("asItStands")}>
          <p className="note-words" dir="auto">
            {note.body}
          </p>
          <p className="cap">
            <bdi>{note.editedByName}</bdi>
            {t("chrome:comma")}
            <When at={note.editedAt} zone={zone} />
          </p>
        </section>
      ) : null}
      {mayWrite ? (
        <Form method="post" className="form sheet" onInput={keepTyped}>
          <ErrorSummary answer={answer} />
          <input type="hidden" name="delegation" value={delegationId} />
          <Edition key={edition} edition={edition} />
          <WordsField
            name="body"
            label={t("words")}
            hint={t("hint")}
            answer={answer}
            value={note?.body}
            maxLength={FIELDS.note.body.longest}
            tall
            required
          />
          <p className="row wrap">
            <Submit intent="save" primary>
              {t("save")}
            </Submit>
            <Link className="btn" to={subject?.to ?? all}>
              {t("chrome:form.cancel")}
            </Link>
          </p>
        </Form>
      ) : note === null ? (
        <p>{t("noneReader")}</p>
      ) : null}
      {data.mayDelete ? (
        <details>
          <summary>{t("delete")}</summary>
          <p>{t("deleteWhat")}</p>
          <Form method="post" className="row acts">
            <input type="hidden" name="delegation" value={delegationId} />
            <Edition key={edition} edition={edition} />
            <Submit intent="delete">{t("deleteNow")}</Submit>
          </Form>
        </details>
      ) : null}
    </main>
  );
}

function Edition({ edition }: { readonly edition: string }) {
  return <input type="hidden" name="edition" defaultValue={edition} />;
}
