/** An agenda item with all that stands under it: its texts, statements, topics and the positions on them. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { useAnswer } from "#app/components/use-answer.ts";
import { setItemStatus } from "#app/commands/set-item-status.ts";
import { takeUpItem } from "#app/commands/take-up-item.ts";
import { DocumentList } from "#app/components/document-list.tsx";
import { ErrorSummary } from "#app/components/form.tsx";
import { Live } from "#app/components/live.tsx";
import { Marked } from "#app/components/marks.tsx";
import { PageHead } from "#app/components/page.tsx";
import { NotePart } from "#app/components/record/note-part.tsx";
import { StatementList } from "#app/components/record/statement-list.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { ITEM_STATUSES } from "#app/rules/agenda.ts";
import { may } from "#app/rules/permissions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { field, formAnswer, formOf, intentOf, unknownIntent } from "#app/routes/answers.ts";
import { ItemActs } from "./item-acts.tsx";
import { ItemStanding } from "./item-standing.tsx";
import { loadAgendaItem } from "./load.ts";
import { Part } from "./part.tsx";
import { TopicParts } from "./topic-parts.tsx";

export async function loader({ context, params }: LoaderFunctionArgs) {
  return loadAgendaItem(context, params);
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { session: sessionId = "", item: itemId = "" } = params;
  const form = await formOf(request, [may("manageAgenda", context.viewer, { kind: "session", sessionId })]);
  const here = () => redirect(`/sessions/${sessionId}/agenda/${itemId}`);
  switch (intentOf(form)) {
    case "status": {
      const status = ITEM_STATUSES.find((one) => one === field(form, "status"));
      if (!status) return unknownIntent();
      const seen = ITEM_STATUSES.find((one) => one === field(form, "seen"));
      const done = await setItemStatus(context, { sessionId, itemId, status, seen });
      return isRefusal(done) ? formAnswer(done, form) : here();
    }
    case "take-up": {
      const nothing = field(form, "nothing") === "true";
      const done = await takeUpItem(context, { sessionId, itemId: nothing ? null : itemId });
      return isRefusal(done) ? formAnswer(done, form) : here();
    }
    default:
      return unknownIntent();
  }
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? titleOf({ matches }, "chrome:titles.item", { number: data.item.number, name: data.item.title })
    : titleOf({ matches }, null);

export default function AgendaItemPage() {
  const data = useLoaderData<typeof loader>();
  const { sessionId, zone, item, parent, children, documents, texts, statements, topics } = data;
  const { mayDraft, mayManage } = data;
  const given = useAnswer<typeof action>();
  const { t } = useTranslation("record");
  const base = `/sessions/${sessionId}`;
  return (
    <main className="page" id="content">
      <Live topics={["agenda", "session", "statements", "positions", "topics"]} />
      <p className="crumbs">
        <Link to={`${base}/agenda`}>{t("item.crumb")}</Link>
        {parent ? (
          <>
            {" · "}
            <Link to={`${base}/agenda/${parent.id}`}>
              <bdi>{parent.number}</bdi> {parent.title}
            </Link>
          </>
        ) : null}
      </p>
      <PageHead
        title={
          <>
            <bdi>{item.number}</bdi> <Marked>{item.title}</Marked>
          </>
        }
        under={<ItemStanding item={item} zone={zone} />}
      >
        {mayDraft ? (
          <>
            <Link className="btn" to={`${base}/drafts/positions/new?${draftOf(item.id, topics)}`}>
              {t("item.draftPosition")}
            </Link>
            <Link className="btn primary" to={`${base}/drafts/statements/new?item=${item.id}`}>
              {t("item.draftStatement")}
            </Link>
          </>
        ) : null}
      </PageHead>
      <ErrorSummary answer={given && "typed" in given ? given : undefined} />
      {mayManage ? <ItemActs item={item} /> : null}
      {item.note === "" ? null : (
        <p className="say-it" dir="auto">
          <Marked>{item.note}</Marked>
        </p>
      )}
      <NotePart own={data.ownNote} zone={zone} />
      {children.length === 0 ? null : (
        <Part id="children" title={t("item.under")}>
          <ul className="doc-list">
            {children.map((child) => (
              <li key={child.id} className="row-b">
                <Link className="entity-name" to={`${base}/agenda/${child.id}`}>
                  <bdi>{child.number}</bdi> {child.title}
                </Link>
                <ItemStanding item={child} zone={zone} />
              </li>
            ))}
          </ul>
        </Part>
      )}
      <div className="two-columns">
        <div>
          <TopicParts topics={topics} otherTopics={data.otherTopics} base={base} />
        </div>
        <div>
          <Part
            id="documents"
            title={t("session:documents.title")}
            act={
              mayManage ? (
                <Link className="cap" to={`${base}/agenda/${item.id}/documents`}>
                  {t("session:documents.manage")}
                </Link>
              ) : null
            }
          >
            {documents.length === 0 ? (
              <p className="cap">{t("session:documents.none")}</p>
            ) : (
              <DocumentList documents={documents} base={base} />
            )}
          </Part>
          <Part id="texts" title={t("item.texts")}>
            {texts.length === 0 ? (
              <p className="cap">{t("item.noTexts")}</p>
            ) : (
              <ul className="doc-list">
                {texts.map((text) => (
                  <li key={text.id}>
                    <Link className="serif" to={`${base}/texts/${text.id}`} reloadDocument>
                      {text.title}
                    </Link>
                    <div className="cap">
                      {t(`item.kind.${text.kind}`)} <bdi dir="ltr">{text.symbol}</bdi>
                    </div>
                  </li>
                ))}
              </ul>
            )}
          </Part>
          <Part
            id="statements"
            title={t("item.statements")}
            act={
              <Link className="cap" to={`${base}/statements?item=${item.id}`}>
                {t("item.allStatements")} <span className="count">{item.count}</span>
              </Link>
            }
          >
            {statements.length === 0 ? (
              <p className="cap">{t("item.noStatements")}</p>
            ) : (
              <StatementList statements={statements} zone={zone} />
            )}
          </Part>
        </div>
      </div>
    </main>
  );
}

function draftOf(itemId: string, topics: readonly { readonly id: string }[]): string {
  const [only, ...others] = topics;
  const search = new URLSearchParams({ item: itemId });
  if (only && others.length === 0) search.set("topic", only.id);
  return search.toString();
}
