/** Many delegations at once: the members of a group, or a table. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { addDelegations } from "#app/commands/add-delegations.ts";
import type { AppLoadContext } from "#app/commands/context.ts";
import { Live } from "#app/components/live.tsx";
import { PageHead } from "#app/components/page.tsx";
import { useAnswer } from "#app/components/use-answer.ts";
import { titleOf } from "#app/i18n/title.ts";
import { createTranslator } from "#app/i18n/translate.ts";
import { MOST_LINES } from "#app/rules/delegation-table.ts";
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { field, formAnswer, formOf, intentOf, unknownIntent } from "#app/routes/answers.ts";
import { capacities } from "#app/routes/delegations/add-delegation-form.tsx";
import type { SessionRow } from "#db/stores/session.ts";
import { AddedPart } from "./added-part.tsx";
import { checkTable } from "./check-table.ts";
import { GroupPart } from "./group-part.tsx";
import { findGroupToAdd, loadAdding, openAdding } from "./load.ts";
import { previewHtml } from "./preview-html.ts";
import { readSource } from "./read-table.ts";
import { type Preview, TablePart } from "./table-part.tsx";

const SHOWN_WRONG = 20;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const session = await openAdding(context, params);
  return { ...(await loadAdding(context, session, new URL(request.url).searchParams)), most: MOST_LINES };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const sessionId = params["session"] ?? "";
  const form = await formOf(request, [
    may("manageDelegations", context.viewer, { kind: "session", sessionId }),
  ]);
  const session = await openAdding(context, params);
  switch (intentOf(form)) {
    case "group": {
      const done = await addGroup(context, session, form);
      return isRefusal(done) ? formAnswer(done, form) : { done };
    }
    case "preview": {
      const preview = await previewOf(context, session, form);
      return isRefusal(preview) ? formAnswer(preview, withoutSource(form)) : { preview };
    }
    case "import": {
      const done = await importTable(context, session, form);
      return isRefusal(done) ? formAnswer(done, withoutSource(form)) : { done };
    }
    default:
      return unknownIntent();
  }
}

/** Exactly those who were shown, as far as they are members still. */
async function addGroup(context: AppLoadContext, session: SessionRow, form: FormData) {
  const group = await findGroupToAdd(context, session, field(form, "group"));
  if (group === null) return refuse("not-found", "not-there");
  const shown = new Set(field(form, "entities").split(" "));
  const capacity = capacities.find((one) => one === field(form, "capacity")) ?? "observer";
  const rows = group.toAdd
    .filter(({ id }) => shown.has(id))
    .map(({ id }) => ({ entityId: id, capacity, head: null }));
  return addDelegations(context, { sessionId: session.id, rows });
}

async function previewOf(
  context: AppLoadContext,
  session: SessionRow,
  form: FormData,
): Promise<Refusal | Preview> {
  const read = await readSource(form);
  if (isRefusal(read)) return read;
  const lines = await checkTable(context, session, read);
  if (isRefusal(lines)) return lines;
  const { language } = context;
  const t = createTranslator(language).getFixedT(language, "delegations");
  const count = (fate: string) => lines.filter((line) => line.fate === fate).length;
  const wrong = lines.filter(({ fate }) => fate === "wrong").map(({ number }) => number);
  return {
    ...read,
    counts: { add: count("add"), head: count("head"), there: count("there"), wrong: wrong.length },
    wrong: wrong.slice(0, SHOWN_WRONG),
    rows: await previewHtml(lines, { t, language }),
  };
}

async function importTable(context: AppLoadContext, session: SessionRow, form: FormData) {
  const read = await readSource(form);
  if (isRefusal(read)) return read;
  const lines = await checkTable(context, session, read);
  if (isRefusal(lines)) return lines;
  const rows = lines.flatMap(({ entity, capacity, head, fate }) =>
    entity !== null && (fate === "add" || fate === "head") ? [{ entityId: entity.id, capacity, head }] : [],
  );
  return addDelegations(context, { sessionId: session.id, rows });
}

/** A file cannot go back into a form: it is chosen again. What was pasted stays. */
function withoutSource(form: FormData): FormData {
  form.delete("source");
  return form;
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.addDelegations");

export default function AddDelegations() {
  const loaded = useLoaderData<typeof loader>();
  const given = useAnswer<typeof action>();
  const { t } = useTranslation("delegations");
  const base = `/sessions/${loaded.sessionId}`;
  const preview = given && "preview" in given ? given.preview : null;
  return (
    <main className="page" id="content">
      <Live topics={["delegations", "reference"]} />
      <p className="crumbs">
        <Link to={`${base}/delegations`}>{t("session:delegations.title")}</Link>
      </p>
      <PageHead title={t("add.title")} under={t("add.lead")} />
      {given && "done" in given ? (
        <AddedPart key={JSON.stringify(given.done)} done={given.done} base={base} />
      ) : null}
      {preview ? null : <GroupPart loaded={loaded} />}
      <TablePart
        template={`${base}/delegations/template.csv`}
        most={loaded.most}
        preview={preview}
        answer={given && "refusal" in given ? given : undefined}
      />
    </main>
  );
}
