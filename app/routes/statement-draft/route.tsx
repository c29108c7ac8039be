/** A draft statement: begun, edited by colleagues, released by the head, or discarded. Its delegation's alone. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { type ShouldRevalidateFunction, redirect, useLoaderData } from "@remix-run/react";
import { useAnswer } from "#app/components/use-answer.ts";
import { discardStatementDraft } from "#app/commands/discard-statement-draft.ts";
import { draftStatement } from "#app/commands/draft-statement.ts";
import { editStatementDraft } from "#app/commands/edit-statement-draft.ts";
import { releaseStatement } from "#app/commands/release-statement.ts";
import { Live } from "#app/components/live.tsx";
import { useDraftAsked } from "#app/components/record/draft-sheet.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { field, formOf, intentOf, unknownIntent, wrongFields } from "#app/routes/answers.ts";
import { openDrafts, rightsOf, seatOfForm } from "#app/routes/drafts/seats.ts";
import { withSaid } from "#app/routes/said.ts";
import { DraftPage } from "./draft-page.tsx";
import { type StatementAnswer, fieldsOf, fileIn, statementAnswer, statementForm } from "./form.ts";
import { NEW, loadStatementDraft } from "./load.ts";
import { NewPage } from "./new-page.tsx";

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  return loadStatementDraft(context, params, new URL(request.url).searchParams);
}

/** What stands now is read again when it was not what somebody had read. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data?.values.title
    ? titleOf({ matches }, "chrome:titles.draft", { name: data.values.title })
    : titleOf({ matches }, "chrome:titles.draftStatement");

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { session, seats } = await openDrafts(context, params);
  const form = await formOf(request, rightsOf(seats));
  const draftId = params["draft"] ?? "";
  const base = `/sessions/${session.id}`;
  const edition = Number(field(form, "edition"));
  switch (intentOf(form)) {
    case "save":
      break;
    case "release": {
      const [words, members] = [field(form, "words"), field(form, "members")];
      const result = await releaseStatement(context, {
        draftId,
        edition,
        words,
        ...(members === "" ? {} : { members }),
        correction: String(form.get("correction") ?? ""),
      });
      if (isRefusal(result)) return statementAnswer(result, form);
      return redirect(`${base}/statements/${result.statementId}`);
    }
    case "discard": {
      const result = await discardStatementDraft(context, { draftId, edition });
      if (isRefusal(result)) return statementAnswer(result, form);
      return redirect(withSaid(context, `${base}/drafts`, { done: "discarded" }));
    }
    default:
      return unknownIntent();
  }
  const read = statementForm.safeParse(fieldsOf(form));
  if (!read.success) {
    return statementAnswer(wrongFields(read.error), form);
  }
  const { words } = read.data;
  const file = fileIn(form);
  const here = `${base}/drafts/statements`;
  if (draftId === NEW) {
    const asked = new URL(request.url).searchParams.get("delegation");
    const seat = seatOfForm(seats, { made: field(form, "delegation"), asked });
    if (isRefusal(seat)) return statementAnswer(seat, form);
    const { delegationId } = seat;
    const result = await draftStatement(context, { ...words, delegationId, file });
    if (isRefusal(result)) return statementAnswer(result, form);
    return redirect(`${here}/${result.draftId}?saved=1`);
  }
  const result = await editStatementDraft(context, {
    ...words,
    draftId,
    edition: read.data.edition,
    file,
    dropsFile: field(form, "dropFile") === "1",
  });
  if (isRefusal(result)) return statementAnswer(result, form);
  return redirect(`${here}/${draftId}?saved=${result.edition}`);
}

export default function StatementDraftPage() {
  const data = useLoaderData<typeof loader>();
  const answered = useAnswer<typeof action>();
  const given = answered && "refusal" in answered ? answered : undefined;
  // That something else stands now is said once it is on the page.
  const read = data.kind === "draft" && isAboutRead(given) ? data.read : null;
  const isHere = read === null || !isWhatWasRead(given, read);
  const answer = isHere ? given : undefined;
  const { asked, key } = useDraftAsked(answer);
  const now = isHere && read !== null ? `${read.words} ${read.members}` : "";
  const barred = data.kind === "draft" && answer?.refusal.code === "paragraphs-barred" ? data.barred : "";
  return (
    <main className={data.kind === "draft" ? "page" : "page narrow"} id="content">
      <Live topics={["drafts", "agenda"]} />
      {data.kind === "new" ? (
        <NewPage data={data} answer={answer} />
      ) : (
        <DraftPage key={data.draft.id} formKey={`${key} ${now} ${barred}`} data={data} asked={asked} />
      )}
    </main>
  );
}

/** The words or the members were not what the head had read. */
function isAboutRead(answer: StatementAnswer): boolean {
  return answer?.refusal.code === "draft-words-changed" || answer?.refusal.code === "group-changed";
}

type Read = { readonly words: string | null; readonly members: string | null };

/** Whether the page still shows what was sent. */
function isWhatWasRead(answer: StatementAnswer, { words, members }: Read): boolean {
  return answer?.typed["words"] === (words ?? "") && answer.typed["members"] === (members ?? "");
}
