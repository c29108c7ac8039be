/** A draft position: begun, edited by colleagues, released by the head, or discarded. Its delegation's alone. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { type ShouldRevalidateFunction, redirect, useLoaderData } from "@remix-run/react";
import { useAnswer } from "#app/components/use-answer.ts";
import { discardPositionDraft } from "#app/commands/discard-position-draft.ts";
import { draftPosition } from "#app/commands/draft-position.ts";
import { editPositionDraft } from "#app/commands/edit-position-draft.ts";
import { releasePosition } from "#app/commands/release-position.ts";
import { Live } from "#app/components/live.tsx";
import { useDraftAsked } from "#app/components/record/draft-sheet.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { field, formAnswer, formOf, intentOf, unknownIntent, wrongFields } from "#app/routes/answers.ts";
import { openDrafts, rightsOf, seatOfForm } from "#app/routes/drafts/seats.ts";
import { withSaid } from "#app/routes/said.ts";
import { DraftPage } from "./draft-page.tsx";
import { WORDS, fieldsOf, positionForm } from "./form.ts";
import { NEW, loadPositionDraft } from "./load.ts";
import { NewPage } from "./new-page.tsx";

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  return loadPositionDraft(context, params, new URL(request.url).searchParams);
}

/** What stands now is read again when it was not what somebody had read. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data?.topic
    ? titleOf({ matches }, "chrome:titles.draft", { name: data.topic.title })
    : titleOf({ matches }, "chrome:titles.draftPosition");

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
      const over = field(form, "over") || null;
      const result = await releasePosition(context, {
        draftId,
        edition,
        ...(form.has("over") ? { over } : {}),
      });
      if (isRefusal(result)) return formAnswer(result, form, WORDS);
      return redirect(`${base}/positions/${result.positionId}`);
    }
    case "discard": {
      const result = await discardPositionDraft(context, { draftId, edition });
      if (isRefusal(result)) return formAnswer(result, form, WORDS);
      return redirect(withSaid(context, `${base}/drafts`, { done: "discarded" }));
    }
    default:
      return unknownIntent();
  }
  const read = positionForm.safeParse(fieldsOf(form));
  if (!read.success) {
    return formAnswer(wrongFields(read.error), form);
  }
  const { topicId, words } = read.data;
  const here = `${base}/drafts/positions`;
  if (draftId === NEW) {
    const asked = new URL(request.url).searchParams.get("delegation");
    const seat = seatOfForm(seats, { made: field(form, "delegation"), asked });
    if (isRefusal(seat)) return formAnswer(seat, form);
    const { delegationId } = seat;
    const result = await draftPosition(context, { ...words, topicId, delegationId });
    if (isRefusal(result)) return formAnswer(result, form, WORDS);
    return redirect(`${here}/${result.draftId}?saved=1`);
  }
  const result = await editPositionDraft(context, { ...words, draftId, edition: read.data.edition });
  if (isRefusal(result)) return formAnswer(result, form, WORDS);
  return redirect(`${here}/${draftId}?saved=${result.edition}`);
}

export default function PositionDraftPage() {
  const data = useLoaderData<typeof loader>();
  const answered = useAnswer<typeof action>();
  const answer = answered && "refusal" in answered ? answered : undefined;
  const { asked, key } = useDraftAsked(answer);
  return (
    <main className="page narrow" id="content">
      <Live topics={["drafts", "positions", "agenda"]} />
      {data.kind === "new" ? (
        <NewPage data={data} answer={answer} />
      ) : (
        <DraftPage key={`${data.draft.id} ${key}`} data={data} asked={asked} />
      )}
    </main>
  );
}
