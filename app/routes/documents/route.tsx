/** The documents of an agenda item, for those who put them there: by symbol and link, or as a file. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useLoaderData, useLocation } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { addDocument } from "#app/commands/add-document.ts";
import { removeDocument } from "#app/commands/remove-document.ts";
import { DocumentList } from "#app/components/document-list.tsx";
import { type Answer, ErrorSummary, FieldScope } from "#app/components/form.tsx";
import { Icon } from "#app/components/icons.tsx";
import { Live } from "#app/components/live.tsx";
import { useRefusals } from "#app/components/message.ts";
import { Empty, PageHead } from "#app/components/page.tsx";
import { useAnswer } from "#app/components/use-answer.ts";
import { titleOf } from "#app/i18n/title.ts";
import { may } from "#app/rules/permissions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { field, formAnswer, formOf, intentOf, unknownIntent } from "#app/routes/answers.ts";
import { AddFile, AddLink } from "./add-forms.tsx";
import { loadDocuments } from "./load.ts";
import { RemovalReview, RemoveDocument } from "./removal.tsx";

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { session: sessionId = "", item: itemId = "" } = params;
  return loadDocuments(context, { sessionId, itemId }, new URL(request.url).searchParams);
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { session: sessionId = "", item: itemId = "" } = params;
  const form = await formOf(request, [may("manageAgenda", context.viewer, { kind: "session", sessionId })]);
  const where = { sessionId, itemId, reason: field(form, "reason") };
  const about = { ...where, symbol: field(form, "symbol"), title: field(form, "title") };
  const done = await act();
  if (done === null) return unknownIntent();
  if (isRefusal(done)) return formAnswer(done, form, ["symbol", "title", "url", "reason"]);
  return redirect(`/sessions/${sessionId}/agenda/${itemId}/documents`);

  async function act() {
    switch (intentOf(form)) {
      case "link":
        return addDocument(context, { ...about, url: field(form, "url"), file: null });
      case "file": {
        const sent = form.get("file");
        const file = sent instanceof File && sent.size > 0 ? sent : null;
        return addDocument(context, { ...about, url: "", file });
      }
      case "remove":
        return removeDocument(context, { ...where, documentId: field(form, "document") });
      default:
        return null;
    }
  }
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? titleOf({ matches }, "chrome:titles.documents", { number: data.number })
    : titleOf({ matches }, null);

export default function Documents() {
  const { itemId } = useLoaderData<typeof loader>();
  return <DocumentsOfItem key={itemId} />;
}

function DocumentsOfItem() {
  const loaded = useLoaderData<typeof loader>();
  const { sessionId, item, itemId, number, gone, isAdopted, documents, removal } = loaded;
  const given = useAnswer<typeof action>();
  const answer: Answer = given && "typed" in given ? given : undefined;
  const { t } = useTranslation("session");
  const { say } = useRefusals();
  const here = useLocation().pathname;
  const base = `/sessions/${sessionId}`;
  // What somebody typed before a colleague took the item off stays, to be copied.
  const [wasThere] = useState(gone === null);
  const isOf = (intent: string) => (answer?.typed["intent"] === intent ? answer : undefined);
  const isAsked = removal !== null && isOf("remove") !== undefined;
  const isFile = isOf("file") !== undefined && answer?.refusal.code !== "document-item-gone";
  return (
    <main className="page narrow" id="content">
      <Live topics={["agenda"]} />
      <p className="crumbs">
        {item ? (
          <Link to={`${base}/agenda/${itemId}`}>
            <bdi>{number}</bdi> {item.title}
          </Link>
        ) : (
          <Link to={`${base}/agenda`}>{t("agenda.title")}</Link>
        )}
      </p>
      <PageHead title={t("documents.title")} />
      {gone === null || answer?.refusal.code === gone.code ? null : (
        <div className="summary" role="alert">
          <h2>
            <Icon name="alert" /> {say(gone)}
          </h2>
        </div>
      )}
      {isAsked ? null : (
        <FieldScope name={answer?.typed["intent"] ?? ""}>
          <ErrorSummary answer={answer} note={isFile ? t("documents.chooseAgain") : undefined} />
        </FieldScope>
      )}
      {removal === null ? null : (
        <RemovalReview
          key={removal.id}
          removal={removal}
          isAdopted={isAdopted}
          here={here}
          answer={isAsked ? answer : undefined}
        />
      )}
      {item === null ? null : documents.length === 0 ? (
        <Empty>{t("documents.none")}</Empty>
      ) : (
        <DocumentList documents={documents} base={base} act={RemoveDocument} />
      )}
      {gone === null || wasThere || answer ? (
        <>
          <AddLink answer={isOf("link")} needsReason={isAdopted} />
          <AddFile answer={isOf("file")} needsReason={isAdopted} />
        </>
      ) : null}
    </main>
  );
}
