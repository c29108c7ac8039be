/** All versions that this viewer sees; officers issue the next one here, drafters restore. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect, useLoaderData } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer } from "#app/components/use-answer.ts";
import { issueVersion } from "#app/commands/issue-version.ts";
import { restoreVersion } from "#app/commands/restore-version.ts";
import { Live } from "#app/components/live.tsx";
import { ComparePicker } from "#app/components/text/compare-picker.tsx";
import { IssueForm } from "#app/components/text/issue-form.tsx";
import { Docbar } from "#app/components/text/text-nav.tsx";
import { VersionTable } from "#app/components/text/version-table.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { seesLive, suggestedLabel, suggestedSymbol } from "#app/rules/versions.ts";
import { field, formAnswer, intentOf, unknownIntent } from "#app/routes/answers.ts";
import { hasNumbers, numberedAnew, renamedIn, someOf } from "#collab/numbering.ts";
import { saidIn, withSaid } from "#app/routes/said.ts";
import { mayDo, openForm, openText, seenVersions } from "#app/routes/text/open-text.ts";
import { pagesOf, versionSummary } from "#app/routes/text/summaries.ts";
import { ConfirmRestore } from "./confirm-restore.tsx";
import { askedFor } from "./restoration.ts";

const MOST_NAMED = 60;
/** Of what a version would call otherwise, in front of the button. */
const MOST_RENAMED = 12;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const open = await openText(context, params, "readVersions");
  const { text, door, standing } = open;
  const versions = await seenVersions(context, open);
  const may = mayDo(context, door, ["issueVersion", "restoreVersion"]);
  const labels = versions.filter(({ kind }) => kind === "issued").map(({ label }) => label);
  const label = suggestedLabel(labels);
  const said = saidIn(context, request);
  return {
    text: { id: text.id, title: text.title, symbol: text.symbol, zone: text.timeZone },
    pages: pagesOf(context, open, versions),
    live: seesLive(standing),
    versions: versions
      .map((version) => ({
        ...versionSummary(version),
        symbol: version.symbol,
        note: version.note,
        chainHead: version.chainHead,
      }))
      .reverse(),
    issue: may.issueVersion
      ? {
          label,
          symbol: suggestedSymbol(text.symbol, label),
          after: versions.findLast(({ kind }) => kind === "issued")?.id ?? null,
          renamed: await renamedAnew(context, text.id, labels.length > 0),
        }
      : null,
    mayRestore: may.restoreVersion,
    asks: may.restoreVersion ? await askedFor(context, open, request) : null,
    done: {
      issued: said["issued"] ?? null,
      restored: said["restored"] ?? null,
      skipped: said["skipped"] ?? null,
      same: "same" in said,
    },
  };
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? titleOf({ matches }, "chrome:titles.versions", { text: data.text.title })
    : titleOf({ matches }, null);

/**
 * What the paragraphs of the live wording would be called if the next version numbered them anew; null where nobody has
 * numbers on paper yet.
 */
async function renamedAnew({ rooms }: LoaderFunctionArgs["context"], textId: string, isIssued: boolean) {
  const { document } = await rooms.wording(textId);
  if (!isIssued && !hasNumbers(document)) return null;
  return someOf(renamedIn(document, numberedAnew(document)), MOST_RENAMED);
}

/** Of very many the first, so that the address of the page stays one that is answered. */
function namedInAddress(paragraphs: readonly string[]): string {
  const named = paragraphs.slice(0, MOST_NAMED).join(", ");
  return paragraphs.length > MOST_NAMED ? `${named}, …` : named;
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { text, form } = await openForm(context, { params, request }, ["issueVersion", "restoreVersion"]);
  const here = `/sessions/${text.sessionId}/texts/${text.id}/versions`;
  switch (intentOf(form)) {
    case "issue": {
      const result = await issueVersion(context, {
        textId: text.id,
        label: field(form, "label"),
        symbol: field(form, "symbol"),
        note: field(form, "note"),
        renumber: field(form, "renumber") !== "",
        ...(form.has("after") ? { after: field(form, "after") || null } : {}),
      });
      if (isRefusal(result)) return formAnswer(result, form);
      return redirect(withSaid(context, here, { issued: result.versionId }));
    }
    case "restore": {
      const versionId = field(form, "version");
      const result = await restoreVersion(context, { textId: text.id, versionId });
      if (isRefusal(result)) return formAnswer(result, form);
      const { changed, skipped } = result;
      const said: Record<string, string> = { restored: versionId };
      if (skipped.length > 0) said["skipped"] = namedInAddress(skipped);
      else if (changed.length === 0) said["same"] = "";
      return redirect(withSaid(context, here, said));
    }
    default:
      return unknownIntent();
  }
}

export default function VersionsPage() {
  const { text, pages, versions, issue, live, mayRestore, asks, done } = useLoaderData<typeof loader>();
  const answer = useAnswer<typeof action>();
  const refused = answer && "refusal" in answer ? answer : undefined;
  const isIssuing = refused !== undefined && "label" in refused.typed;
  const { t } = useTranslation("text");
  // A form that was taken begins anew; one that is being filled in stays, whatever the page learns meanwhile.
  const [taken, setTaken] = useState(done.issued);
  if (done.issued !== null && done.issued !== taken) setTaken(done.issued);
  return (
    <div className="text-room plain">
      <Live topics={[`versions:${text.id}`]} />
      <Docbar title={text.title} under={[t("versions.title")]} pages={pages} />
      <main className="page" id="content">
        {asks ? (
          <ConfirmRestore
            key={asks.version.id}
            asks={asks}
            back={`${pages.base}/versions`}
            answer={isIssuing ? undefined : refused}
          />
        ) : null}
        <VersionTable
          versions={versions}
          base={pages.base}
          zone={text.zone}
          live={live}
          mayRestore={mayRestore}
          done={done}
          answer={isIssuing || asks ? undefined : refused}
        />
        <ComparePicker versions={versions} live={live} base={pages.base} />
        {issue ? <IssueForm key={taken} suggested={issue} answer={isIssuing ? refused : undefined} /> : null}
      </main>
    </div>
  );
}
