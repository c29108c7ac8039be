/** The documents of an agenda item, for those who put them there: by symbol and link, or as a file. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { addDocument } from "#app/commands/add-document.ts";
import { removeDocument } from "#app/commands/remove-document.ts";
import {
  type Answer,
  ErrorSummary,
  FieldScope,
  FileField,
  Submit,
  TextField,
} from "#app/components/form.tsx";
import { Live } from "#app/components/live.tsx";
import { Empty, PageHead } from "#app/components/page.tsx";
import { type DocumentInList, DocumentList } from "#app/components/document-list.tsx";
import { useAnswer } from "#app/components/use-answer.ts";
import { useOpened } from "#app/components/use-opened.ts";
import { titleOf } from "#app/i18n/title.ts";
import { fullNumber } from "#app/rules/agenda.ts";
import { FIELDS } from "#app/rules/fields.ts";
import { MOST_FILE_BYTES } from "#app/rules/files.ts";
import { may } from "#app/rules/permissions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import {
  field,
  formAnswer,
  formOf,
  intentOf,
  notThere,
  refusalResponse,
  unknownIntent,
} from "#app/routes/answers.ts";
import { listAgenda } from "#db/stores/agenda.ts";
import { listDocuments } from "#db/stores/document.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { session: sessionId = "", item: itemId = "" } = params;
  const allowed = may("manageAgenda", context.viewer, { kind: "session", sessionId });
  if (allowed !== true) throw refusalResponse(allowed);
  const items = await listAgenda(context.db.read, sessionId);
  const item = items.find(({ id }) => id === itemId);
  if (!item) throw notThere();
  return {
    sessionId,
    item: { id: item.id, title: item.title, number: fullNumber(items, item.id) },
    documents: await listDocuments(context.db.read, item.id),
  };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { session: sessionId = "", item: itemId = "" } = params;
  const form = await formOf(request, [may("manageAgenda", context.viewer, { kind: "session", sessionId })]);
  const here = () => redirect(`/sessions/${sessionId}/agenda/${itemId}/documents`);
  const about = { sessionId, itemId, symbol: field(form, "symbol"), title: field(form, "title") };
  switch (intentOf(form)) {
    case "link": {
      const done = await addDocument(context, { ...about, url: field(form, "url"), file: null });
      return isRefusal(done) ? formAnswer(done, form) : here();
    }
    case "file": {
      const sent = form.get("file");
      const file = sent instanceof File && sent.size > 0 ? sent : null;
      const done = await addDocument(context, { ...about, url: "", file });
      return isRefusal(done) ? formAnswer(done, form) : here();
    }
    case "remove": {
      const done = await removeDocument(context, { sessionId, documentId: field(form, "document") });
      return isRefusal(done) ? formAnswer(done, form) : here();
    }
    default:
      return unknownIntent();
  }
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? titleOf({ matches }, "chrome:titles.documents", { number: data.item.number })
    : titleOf({ matches }, null);

export default function Documents() {
  const { sessionId, item, documents } = useLoaderData<typeof loader>();
  const given = useAnswer<typeof action>();
  const answer: Answer = given && "typed" in given ? given : undefined;
  const { t } = useTranslation("session");
  const base = `/sessions/${sessionId}`;
  const isOf = (intent: string) => (answer?.typed["intent"] === intent ? answer : undefined);
  const link = useOpened(null, { isRefused: isOf("link") !== undefined });
  const file = useOpened(null, { isRefused: isOf("file") !== undefined });
  return (
    <main className="page narrow" id="content">
      <Live topics={["agenda"]} />
      <p className="crumbs">
        <Link to={`${base}/agenda/${item.id}`}>
          <bdi>{item.number}</bdi> {item.title}
        </Link>
      </p>
      <PageHead title={t("documents.title")} />
      <FieldScope name={answer?.typed["intent"] ?? ""}>
        <ErrorSummary answer={answer} note={isOf("file") ? t("documents.chooseAgain") : undefined} />
      </FieldScope>
      {documents.length === 0 ? (
        <Empty>{t("documents.none")}</Empty>
      ) : (
        <DocumentList documents={documents} base={base} act={RemoveDocument} />
      )}
      <Form method="post" className="form sheet" key={`link-${link.taken}`} onSubmit={link.onSubmit}>
        <h2 className="h2">{t("documents.addLink")}</h2>
        <FieldScope name="link">
          <Named answer={isOf("link")} />
          <TextField
            name="url"
            type="url"
            label={t("documents.url")}
            answer={isOf("link")}
            maxLength={FIELDS.document.url.longest}
            required
          />
        </FieldScope>
        <p className="row">
          <Submit intent="link">{t("documents.add")}</Submit>
        </p>
      </Form>
      <Form
        method="post"
        className="form sheet"
        encType="multipart/form-data"
        key={`file-${file.taken}`}
        onSubmit={file.onSubmit}
      >
        <h2 className="h2">{t("documents.addFile")}</h2>
        <FieldScope name="file">
          <Named answer={isOf("file")} />
          <FileField
            name="file"
            label={t("documents.file")}
            hint={t("documents.fileHint")}
            answer={isOf("file")}
            accept=".pdf,.docx"
            most={{ bytes: MOST_FILE_BYTES, code: "document-too-large" }}
            required
          />
        </FieldScope>
        <p className="row">
          <Submit intent="file">{t("documents.add")}</Submit>
        </p>
      </Form>
    </main>
  );
}

function RemoveDocument({ id, title }: DocumentInList) {
  const { t } = useTranslation("session");
  return (
    <Form method="post">
      <input type="hidden" name="document" value={id} />
      <button
        className="btn quiet"
        name="intent"
        value="remove"
        aria-label={`${t("documents.remove")}: ${title}`}
      >
        {t("documents.remove")}
      </button>
    </Form>
  );
}

function Named({ answer }: { readonly answer: Answer }) {
  const { t } = useTranslation("session");
  return (
    <div className="pair">
      <TextField
        name="symbol"
        label={t("documents.symbol")}
        answer={answer}
        maxLength={FIELDS.document.symbol.longest}
      />
      <TextField
        name="title"
        label={t("documents.name")}
        answer={answer}
        maxLength={FIELDS.document.title.longest}
        required
      />
    </div>
  );
}
