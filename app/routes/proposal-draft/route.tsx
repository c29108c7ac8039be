/** A draft proposal: begun over a paragraph, edited by colleagues, reviewed, released by the head, or given up. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { type ShouldRevalidateFunction, redirect, useLoaderData } from "@remix-run/react";
import { draftProposal } from "#app/commands/draft-proposal.ts";
import { editProposalDraft } from "#app/commands/edit-proposal-draft.ts";
import { releaseProposal } from "#app/commands/release-proposal.ts";
import { discardProposalDraft, reviewProposal } from "#app/commands/review-proposal.ts";
import { Live } from "#app/components/live.tsx";
import { useDraftAsked } from "#app/components/record/draft-sheet.tsx";
import { useAnswer } from "#app/components/use-answer.ts";
import { titleOf } from "#app/i18n/title.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import {
  field,
  formAnswer,
  formOf,
  intentOf,
  notThere,
  unknownIntent,
  wrongFields,
} from "#app/routes/answers.ts";
import { openDrafts, rightsOf, seatOfForm } from "#app/routes/drafts/seats.ts";
import { withSaid } from "#app/routes/said.ts";
import { findProposalDraft } from "#db/stores/proposal-draft.ts";
import { DraftPage } from "./draft-page.tsx";
import { fieldsOf, proposalForm } from "./form.ts";
import { loadProposalDraft, NEW } from "./load.ts";
import { NewPage } from "./new-page.tsx";

const WORDS = ["wording", "reason"] as const;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  return loadProposalDraft(context, params, new URL(request.url).searchParams);
}

/** What stands now is read again when it was not what somebody had read. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? titleOf({ matches }, "chrome:titles.draftProposal", { text: data.ground?.text.title ?? "" })
    : titleOf({ matches }, null);

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { session, seats } = await openDrafts(context, params);
  const form = await formOf(request, rightsOf(seats));
  const draftId = params["draft"] ?? "";
  const base = `/sessions/${session.id}`;
  const here = `${base}/drafts/proposals`;
  const edition = Number(field(form, "edition"));
  switch (intentOf(form)) {
    case "save":
      break;
    case "review": {
      const result = await reviewProposal(context, { draftId, edition });
      return isRefusal(result) ? formAnswer(result, form) : redirect(`${here}/${draftId}`);
    }
    case "release": {
      const members = field(form, "members");
      const which = { draftId, edition, ...(members === "" ? {} : { members }) };
      const delegationIds = seats.map(({ delegationId }) => delegationId);
      const draft = await findProposalDraft(context.db.read, { id: draftId, delegationIds });
      const result = await releaseProposal(context, which);
      if (isRefusal(result)) return formAnswer(result, form);
      return redirect(`${base}/texts/${draft?.textId ?? ""}/proposals/${result.proposalId}`);
    }
    case "discard": {
      const result = await discardProposalDraft(context, { draftId, edition });
      if (isRefusal(result)) return formAnswer(result, form);
      return redirect(withSaid(context, `${base}/drafts`, { done: "discarded" }));
    }
    default:
      return unknownIntent();
  }
  const read = proposalForm.safeParse(fieldsOf(form));
  if (!read.success) return formAnswer(wrongFields(read.error), form);
  const { words, supersedes } = read.data;
  if (draftId === NEW) {
    const asked = new URL(request.url).searchParams;
    const textId = asked.get("text") ?? words.textId;
    if (textId !== words.textId && words.textId !== "") throw notThere();
    const seat = seatOfForm(seats, { made: field(form, "delegation"), asked: asked.get("delegation") });
    if (isRefusal(seat)) return formAnswer(seat, form);
    const { delegationId } = seat;
    const result = await draftProposal(context, { ...words, textId, delegationId, supersedes });
    if (isRefusal(result)) return formAnswer(result, form, WORDS);
    return redirect(`${here}/${result.draftId}?saved=1`);
  }
  const result = await editProposalDraft(context, { ...words, draftId, edition: read.data.edition });
  if (isRefusal(result)) return formAnswer(result, form, WORDS);
  return redirect(`${here}/${draftId}?saved=${result.edition}`);
}

export default function ProposalDraftPage() {
  const data = useLoaderData<typeof loader>();
  const answered = useAnswer<typeof action>();
  const answer = answered && "refusal" in answered ? answered : undefined;
  const { asked, key } = useDraftAsked(answer);
  return (
    <main className="page narrow" id="content">
      <Live topics={["drafts"]} />
      {data.kind === "new" ? (
        <NewPage data={data} answer={answer} />
      ) : (
        <DraftPage key={`${data.draft.id} ${key}`} data={data} asked={asked} />
      )}
    </main>
  );
}
