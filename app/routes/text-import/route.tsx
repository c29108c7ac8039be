/** Brings in a text that was written elsewhere: a file or a paste, a preview, then the place where it goes. */
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from "@remix-run/node";
import { redirect, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useAnswer } from "#app/components/use-answer.ts";
import { importText } from "#app/commands/import-text.ts";
import { PageHead } from "#app/components/page.tsx";
import { ImportChooser, ImportPreview } from "#app/components/text/import-forms.tsx";
import { Docbar } from "#app/components/text/text-nav.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { isRefusal, refuse } from "#app/rules/refusal.ts";
import { field, formAnswer, intentOf, unknownIntent } from "#app/routes/answers.ts";
import { withSaid } from "#app/routes/said.ts";
import { openForm, openText, seenVersions } from "#app/routes/text/open-text.ts";
import { pagesOf } from "#app/routes/text/summaries.ts";
import { outlineOf } from "#app/routes/text/room-data.ts";
import { readSource } from "./read-source.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const open = await openText(context, params, "importText");
  const { text } = open;
  const { document } = await context.rooms.wording(text.id);
  const outline = outlineOf(document, new Set());
  return {
    text: { id: text.id, title: text.title, language: text.language },
    pages: pagesOf(context, open, await seenVersions(context, open)),
    places: outline
      .filter(({ role }) => role !== "footnote")
      .map(({ id, label, start }) => ({ id, words: `${label} ${start}`.trim() })),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data ? titleOf({ matches }, "chrome:titles.import", { text: data.text.title }) : titleOf({ matches }, null);

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { text, form } = await openForm(context, { params, request }, ["importText"]);
  const intent = intentOf(form);
  if (intent !== "preview" && intent !== "insert") return unknownIntent();
  const read = await readSource(form);
  if (isRefusal(read)) return formAnswer(read, withoutSource(form));
  const imported = await context.readImport({ ...read, kind: text.kind });
  if (!imported) {
    return formAnswer(
      refuse("invalid", "import-unreadable", { fields: { file: "import-unreadable" } }),
      form,
    );
  }
  if (intent === "preview") return { preview: { ...read, imported } };
  const place = field(form, "after");
  const result = await importText(context, {
    textId: text.id,
    imported,
    after: place === "" ? null : place,
  });
  if (isRefusal(result)) {
    // The file cannot be sent a second time by the page: what was read of it goes back with its preview.
    form.delete("after");
    const answer = formAnswer(result, withoutSource(form));
    return data({ ...answer.data, preview: { ...read, imported } }, answer.init ?? undefined);
  }
  const to = `/sessions/${text.sessionId}/texts/${text.id}`;
  return redirect(withSaid(context, to, { imported: String(result.paragraphs) }));
}

/** What was pasted goes back to the page that has it still; a file cannot, and is chosen again. */
function withoutSource(form: FormData): FormData {
  form.delete("source");
  return form;
}

export default function ImportPage() {
  const { text, pages, places } = useLoaderData<typeof loader>();
  const answer = useAnswer<typeof action>();
  const { t } = useTranslation("text");
  return (
    <div className="text-room plain">
      <Docbar title={text.title} under={[t("import.title")]} pages={pages} />
      <main className="page" id="content">
        <PageHead isPart title={t("import.title")} under={t("import.lead")} />
        {answer && "preview" in answer ? (
          <ImportPreview
            {...answer.preview}
            places={places}
            lang={text.language}
            answer={"refusal" in answer ? answer : undefined}
          />
        ) : (
          <ImportChooser answer={answer && "refusal" in answer ? answer : undefined} />
        )}
      </main>
    </div>
  );
}
