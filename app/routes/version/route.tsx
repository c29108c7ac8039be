/** One version in the layout of a United Nations document, to read, to print, to download. */
import type { AppLoadContext, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { numberedHtml } from "#app/components/text/numbered-lines.ts";
import { VersionSheet } from "#app/components/text/version-sheet.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { notThere } from "#app/routes/answers.ts";
import { type OpenText, openText, seenVersions, wordingAt } from "#app/routes/text/open-text.ts";
import type { TextDocument } from "#collab/document.ts";
import { renamedIn, someOf } from "#collab/numbering.ts";
import { openVersionPaper } from "#app/routes/text/room-data.ts";
import { pagesOf, versionSummary } from "#app/routes/text/summaries.ts";

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const open = await openText(context, params, "readVersions");
  const { text } = open;
  const id = params["version"] ?? "";
  const wording = id === "live" ? null : await wordingAt(context, open, id);
  if (!wording?.version) throw notThere();
  const { version } = wording;
  const search = new URL(request.url).searchParams;
  const lines = search.get("lines") === "1";
  const count = openVersionPaper(context, wording, { lang: text.language, mark: search.get("mark") });
  if (lines) context.paper.set(id, numberedHtml(wording.document, text.language));
  const versions = await seenVersions(context, open);
  return {
    renamed: await renamedSince(context, open, wording.document, {
      before: versions.findLast(({ kind, number }) => kind === "issued" && number < version.number)?.id,
      kind: version.kind,
    }),
    text: {
      title: text.title,
      note: text.note,
      organ: text.organ,
      kind: text.kind,
      symbol: version.symbol || text.symbol,
      language: text.language,
      body: text.body,
      session: text.sessionTitle,
      item: text.itemNumber,
      itemTitle: text.itemTitle,
      zone: text.timeZone,
    },
    version: {
      ...versionSummary(version),
      note: version.note,
      chainHead: version.chainHead,
      wordsHash: version.wordsHash,
    },
    pages: pagesOf(context, open, versions),
    count,
    lines,
  };
}

const MOST_RENAMED = 2_000;

/** What this version calls otherwise than the one issued before it, of those that this viewer sees. */
async function renamedSince(
  context: AppLoadContext,
  open: OpenText,
  document: TextDocument,
  { before, kind }: { readonly before: string | undefined; readonly kind: string },
) {
  const earlier = before && kind === "issued" ? await wordingAt(context, open, before) : null;
  const some = earlier && someOf(renamedIn(earlier.document, document), MOST_RENAMED);
  return some && { ...some, since: earlier.version?.label ?? "" };
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? titleOf({ matches }, "chrome:titles.version", { label: data.version.label, text: data.text.title })
    : titleOf({ matches }, null);

export default function VersionPage() {
  return <VersionSheet {...useLoaderData<typeof loader>()} />;
}
