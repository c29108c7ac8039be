/** Any two versions compared, or a version with the live text: what changed, who did it, when. */
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect, useLoaderData } from "@remix-run/react";
import { CompareRoom } from "#app/components/text/compare-room.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { namesFrom, seesLive } from "#app/rules/versions.ts";
import { notThere } from "#app/routes/answers.ts";
import { type NamedWording, openText, seenVersions, wordingAt } from "#app/routes/text/open-text.ts";
import { changesSince } from "#app/routes/text/room-data.ts";
import { pagesOf, versionSummary } from "#app/routes/text/summaries.ts";
import { type ChangeKind, compareDocuments } from "#collab/compare.ts";
import { countTextWords } from "#collab/words.ts";
import { comparisonView } from "./comparison-view.ts";

const KINDS: readonly ChangeKind[] = ["words", "added", "deleted", "moved", "split", "merged", "role"];

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const open = await openText(context, params, "compareVersions");
  const { text, standing } = open;
  const search = new URL(request.url).searchParams;
  const [chosenA, chosenB] = [search.get("a"), search.get("b")];
  if (chosenA !== null && chosenB !== null) {
    // From the form that chooses two, without script.
    const ids = [chosenA, chosenB].map(encodeURIComponent).join("/");
    throw redirect(`/sessions/${text.sessionId}/texts/${text.id}/compare/${ids}`);
  }
  const [a, b] = await Promise.all([
    wordingAt(context, open, params["a"] ?? ""),
    wordingAt(context, open, params["b"] ?? ""),
  ]);
  if (!a || !b) throw notThere();
  const versions = await seenVersions(context, open);
  const live = seesLive(standing);
  const { attribution, carries } = await context.rooms.inside(text.id);
  // Names are told for changes after the text was opened to this viewer.
  const from = namesFrom(standing);
  const isNamed = from !== null && Math.min(a.seq, b.seq) >= from;
  const comparison = compareDocuments({
    a: a.document,
    b: b.document,
    carries,
    attribution: isNamed ? attribution : null,
    seqs: { a: a.seq, b: b.seq },
  });
  const kind: ChangeKind | "" = KINDS.find((one) => one === search.get("kind")) ?? "";
  const by = search.get("by") ?? "";
  const whole = search.get("whole") === "1";
  const newest = versions.at(-1);
  return {
    text: {
      id: text.id,
      title: text.title,
      symbol: text.symbol,
      language: text.language,
      zone: text.timeZone,
    },
    pages: pagesOf(context, open, versions),
    versions: versions.map(versionSummary),
    live: live ? { changes: newest ? await changesSince(context, text.id, newest.seq) : 0 } : null,
    a: sideOf(a),
    b: sideOf(b),
    toldBy: from === null ? broughtBy(a, b) : null,
    layout: search.get("view") === "inline" ? ("inline" as const) : ("sides" as const),
    whole,
    by,
    kind,
    change: Number(search.get("change") ?? 0) || null,
    ...(await comparisonView(context, {
      sessionId: text.sessionId,
      comparison,
      filter: { by, kind },
      whole,
      a: a.document,
      b: b.document,
    })),
  };
}

/** Who sees versions only is told with which version a change came: the newer of the two. */
function broughtBy(a: NamedWording, b: NamedWording) {
  const newer = (a.version?.number ?? 0) > (b.version?.number ?? 0) ? a : b;
  return newer.version && versionSummary(newer.version);
}

function sideOf({ id, version, document }: NamedWording) {
  return {
    id,
    version: version && versionSummary(version),
    words: version?.wordCount ?? countTextWords(document),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? titleOf({ matches }, "chrome:titles.compare", { text: data.text.title })
    : titleOf({ matches }, null);

export default function ComparePage() {
  return <CompareRoom {...useLoaderData<typeof loader>()} />;
}
