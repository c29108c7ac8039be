/** The texts of a session that this viewer may see; chair and secretariat create them here. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { useAnswer } from "#app/components/use-answer.ts";
import { createText } from "#app/commands/create-text.ts";
import { Live } from "#app/components/live.tsx";
import { PageHead } from "#app/components/page.tsx";
import { CONVENTIONS } from "#collab/document.ts";
import { CreateTextForm } from "#app/components/text/create-text-form.tsx";
import { TextTable } from "#app/components/text/text-table.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { standingOf } from "#app/rules/audience.ts";
import { may } from "#app/rules/permissions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { visibleVersions } from "#app/rules/versions.ts";
import {
  formAnswer,
  formOf,
  intentOf,
  notThere,
  refusalResponse,
  unknownIntent,
  wrongFields,
} from "#app/routes/answers.ts";
import { findSession } from "#db/stores/session.ts";
import { listTextDoors } from "#db/stores/text-audience.ts";
import { listVersions } from "#db/stores/text-version.ts";
import { listItemsForTexts, listTexts } from "#db/stores/text.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const sessionId = params["session"] ?? "";
  const allowed = may("readSession", context.viewer, { kind: "session", sessionId });
  if (allowed !== true) throw refusalResponse(allowed);
  const session = await findSession(context.db.read, sessionId);
  if (!session) throw notThere();
  const mayCreate = may("createText", context.viewer, { kind: "session", sessionId }) === true;
  const doors = await listTextDoors(context.db.read, sessionId);
  const texts = [];
  for (const text of await listTexts(context.db.read, sessionId)) {
    const door = doors.get(text.id);
    if (!door || may("readText", context.viewer, { kind: "text", door }) !== true) continue;
    const standing = standingOf(context.viewer, door);
    const versions = visibleVersions(standing, await listVersions(context.db.read, text.id));
    const newest = versions.findLast((version) => version.kind === "issued");
    texts.push({
      id: text.id,
      title: text.title,
      kind: text.kind,
      symbol: text.symbol,
      item: text.itemNumber,
      itemTitle: text.itemTitle,
      standing: standing.kind === "bureau" ? ("bureau" as const) : shownAs(standing),
      newest: newest ? { id: newest.id, label: newest.label, at: newest.issuedAt } : null,
    });
  }
  return {
    sessionId,
    zone: session.timeZone,
    texts,
    items: mayCreate ? await listItemsForTexts(context.db.read, sessionId) : null,
  };
}

function shownAs(standing: ReturnType<typeof standingOf>): "live" | "versions" {
  return standing.kind === "reader" ? standing.shows : "live";
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.texts");

const newText = z.object({
  kind: z.enum(["resolution", "report"], { error: "required" }),
  item: z.string().min(1, "required"),
  title: z.string(),
  symbol: z.string(),
  organ: z.string(),
  note: z.string(),
  convention: z.enum(CONVENTIONS).default("inserted"),
  language: z.enum(["en", "fr", "es", "ru", "zh", "ar"], { error: "required" }),
});

export async function action({ context, params, request }: ActionFunctionArgs) {
  const sessionId = params["session"] ?? "";
  const form = await formOf(request, [may("createText", context.viewer, { kind: "session", sessionId })]);
  if (intentOf(form) !== "create") return unknownIntent();
  const read = newText.safeParse(Object.fromEntries(form));
  if (!read.success) {
    return formAnswer(wrongFields(read.error), form);
  }
  const { item, ...rest } = read.data;
  const result = await createText(context, { ...rest, sessionId, itemId: item });
  if (isRefusal(result)) return formAnswer(result, form);
  return redirect(`/sessions/${sessionId}/texts/${result.textId}`);
}

export default function TextsPage() {
  const { sessionId, zone, texts, items } = useLoaderData<typeof loader>();
  const answer = useAnswer<typeof action>();
  const { t } = useTranslation("text");
  return (
    <main className="page" id="content">
      <Live topics={["agenda", "session", ...texts.map((text) => `versions:${text.id}`)]} />
      <PageHead title={t("list.title")} />
      {texts.length === 0 ? (
        <p className="empty">{t(items ? "list.noneBureau" : "list.none")}</p>
      ) : (
        <TextTable texts={texts} base={`/sessions/${sessionId}/texts`} zone={zone} />
      )}
      {items ? (
        <CreateTextForm items={items} answer={answer && "refusal" in answer ? answer : undefined} />
      ) : null}
    </main>
  );
}
