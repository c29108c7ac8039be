/** The text room: outline, paper, panel. Drafters write in it, readers see it live or as it was issued. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect, useLoaderData } from "@remix-run/react";
import { useAnswer } from "#app/components/use-answer.ts";
import { bringBackParagraph } from "#app/commands/bring-back-paragraph.ts";
import { TextRoom } from "#app/components/text/text-room.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { seesLive } from "#app/rules/versions.ts";
import { field, formAnswer, intentOf, unknownIntent } from "#app/routes/answers.ts";
import { saidIn, withSaid } from "#app/routes/said.ts";
import { findDraftOfText } from "#db/stores/statement-draft.ts";
import { writerIn } from "./authors.ts";
import { mayDo, openForm, openText, seenVersions } from "./open-text.ts";
import { aboutText, changesSince, deletedParagraphs, openLivePaper, openVersionPaper } from "./room-data.ts";
import { bracketsInPanel, speakerIn, wordingRead } from "./stances.ts";
import { pagesOf, versionSummaries } from "./summaries.ts";

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const open = await openText(context, params, "readText");
  const { text, door, standing } = open;
  const versions = await seenVersions(context, open);
  const issued = versions.findLast((version) => version.kind === "issued") ?? null;
  const live = seesLive(standing);
  const may = mayDo(context, door, ["writeText", "readHistory", "lockParagraph", "setStance"]);

  const said = saidIn(context, request);
  const mark = new URL(request.url).searchParams.get("mark");
  let count = 0;
  let seq: number | null = null;
  const wording = await wordingRead(context, open);
  const brackets = wording ? await bracketsInPanel(context, open, wording.document) : [];
  if (live) ({ count, seq } = await openLivePaper(context, text.id, { mark, brackets }));
  else if (wording) count = openVersionPaper(context, wording, { lang: text.language, mark, brackets });

  const { delegationId } = text;
  const draft =
    delegationId === null ? null : await findDraftOfText(context.db.read, { textId: text.id, delegationId });
  return {
    text: {
      id: text.id,
      title: text.title,
      note: text.note,
      organ: text.organ,
      kind: text.kind,
      symbol: text.symbol,
      language: text.language,
      convention: text.convention,
      body: text.body,
      session: text.sessionTitle,
      item: text.itemNumber,
      zone: text.timeZone,
    },
    pages: pagesOf(context, open, versions),
    count,
    /** Null when a version is on the paper. */
    seq,
    /** Key of the paper's HTML. */
    paper: live ? text.id : (issued?.id ?? null),
    issued: issued && {
      label: issued.label,
      symbol: issued.symbol,
      at: issued.issuedAt,
      changesSince: live ? await changesSince(context, text.id, issued.seq) : 0,
    },
    versions: versionSummaries(versions),
    brackets,
    /** The entity for which the viewer says where it stands on a bracket. */
    speaksFor: may.setStance ? speakerIn(context, text.sessionId) : null,
    deleted: may.readHistory && live ? await deletedParagraphs(context, open) : null,
    about: await aboutText(context, open),
    writer: may.writeText ? await writerIn(context, text.sessionId) : null,
    draft: draft && `/sessions/${text.sessionId}/drafts/statements/${draft.id}`,
    mayLock: may.lockParagraph,
    broughtBack: "broughtBack" in said,
    imported: Number(said["imported"] ?? 0),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data ? titleOf({ matches }, "chrome:titles.named", { name: data.text.title }) : titleOf({ matches }, null);

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { text, form } = await openForm(context, { params, request }, ["writeText"]);
  if (intentOf(form) !== "bring-back") return unknownIntent();
  const paragraphId = field(form, "paragraph");
  const result = await bringBackParagraph(context, { textId: text.id, paragraphId });
  if (isRefusal(result)) return formAnswer(result, form);
  const here = `/sessions/${text.sessionId}/texts/${text.id}#p-${paragraphId}`;
  return redirect(withSaid(context, here, { broughtBack: paragraphId }));
}

export default function TextPage() {
  const data = useLoaderData<typeof loader>();
  const answer = useAnswer<typeof action>();
  const refused = answer && "refusal" in answer ? answer : undefined;
  return <TextRoom key={data.text.id} {...data} refused={refused} />;
}
