/** The agenda: read by everybody, kept by the chair and the secretariat. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { useAnswer } from "#app/components/use-answer.ts";
import { adoptAgenda } from "#app/commands/adopt-agenda.ts";
import { addAgendaItem } from "#app/commands/add-agenda-item.ts";
import { deleteAgendaItem } from "#app/commands/delete-agenda-item.ts";
import { editAgendaItem } from "#app/commands/edit-agenda-item.ts";
import { moveAgendaItem } from "#app/commands/move-agenda-item.ts";
import { setItemStatus } from "#app/commands/set-item-status.ts";
import { takeUpItem } from "#app/commands/take-up-item.ts";
import { AgendaTree } from "#app/components/agenda-tree.tsx";
import { type Answer, ErrorSummary, FieldScope, Submit } from "#app/components/form.tsx";
import { Live } from "#app/components/live.tsx";
import { useItemNow } from "#app/components/now.tsx";
import { Empty, PageHead } from "#app/components/page.tsx";
import { WroteBack } from "#app/components/typed-words.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { ITEM_STATUSES, readStanding } from "#app/rules/agenda.ts";
import { may } from "#app/rules/permissions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { field, formAnswer, formOf, intentOf, refusalResponse, unknownIntent } from "#app/routes/answers.ts";
import { useSessionData } from "#app/routes/session/route.tsx";
import { AddItem } from "./add-item.tsx";
import { Adoption, AdoptionForm } from "./adoption.tsx";
import { ChangeList } from "./change-list.tsx";
import { loadAgenda } from "./load.ts";
import { ManagedAgenda } from "./managed-agenda.tsx";
import { goneIn } from "./open-items.ts";
import { ReasonForm, asksForReason, reasonOfMove } from "./reason-form.tsx";

/** What is typed into the forms: sent for an item that is not there, it is given back. */
const WORDS = ["number", "title", "note", "reason", "symbol"];

export async function loader({ context, params }: LoaderFunctionArgs) {
  const sessionId = params.session ?? "";
  const allowed = may("readSession", context.viewer, { kind: "session", sessionId });
  if (allowed !== true) throw refusalResponse(allowed);
  return loadAgenda(context, sessionId);
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const sessionId = params.session ?? "";
  const form = await formOf(request, [may("manageAgenda", context.viewer, { kind: "session", sessionId })]);
  const itemId = field(form, "item");
  const reason = field(form, "reason");
  const shown = field(form, "seen");
  const seen = readStanding(shown);
  const here = () => redirect(`/sessions/${sessionId}/agenda`);
  switch (intentOf(form)) {
    case "add":
    case "edit": {
      const input = {
        sessionId,
        parentId: field(form, "parent") || null,
        number: field(form, "number"),
        title: field(form, "title"),
        note: field(form, "note"),
        topicIds: form.getAll("topics").map(String),
        reason,
      };
      const done =
        intentOf(form) === "add"
          ? await addAgendaItem(context, input)
          : await editAgendaItem(context, { ...input, itemId, edition: field(form, "edition") });
      return isRefusal(done) ? formAnswer(done, form, WORDS) : here();
    }
    case "up":
    case "down":
    case "in":
    case "out": {
      const to = intentOf(form) as "up" | "down" | "in" | "out";
      const done = await moveAgendaItem(context, { sessionId, itemId, to, seen, reason });
      return isRefusal(done) ? formAnswer(done, form, WORDS) : here();
    }
    case "move": {
      const to = { parentId: field(form, "parent") || null, beforeId: field(form, "before") || null };
      const done = await moveAgendaItem(context, { sessionId, itemId, to, seen, reason });
      return isRefusal(done) ? formAnswer(done, form, WORDS) : here();
    }
    case "delete": {
      const done = await deleteAgendaItem(context, { sessionId, itemId, seen: shown, reason });
      return isRefusal(done) ? formAnswer(done, form, WORDS) : here();
    }
    case "adopt": {
      const done = await adoptAgenda(context, { sessionId, symbol: field(form, "symbol"), seen: shown });
      return isRefusal(done) ? formAnswer(done, form, WORDS) : here();
    }
    case "status": {
      const status = ITEM_STATUSES.find((one) => one === field(form, "status"));
      if (!status) return unknownIntent();
      const was = ITEM_STATUSES.find((one) => one === shown);
      const done = await setItemStatus(context, { sessionId, itemId, status, seen: was });
      return isRefusal(done) ? formAnswer(done, form, WORDS) : here();
    }
    case "take-up": {
      const done = await takeUpItem(context, { sessionId, itemId: itemId || null });
      return isRefusal(done) ? formAnswer(done, form, WORDS) : here();
    }
    default:
      return unknownIntent();
  }
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.agenda");

export default function Agenda() {
  const { items, kept, topics, adopted, symbol, takenOff, changes, mayManage } =
    useLoaderData<typeof loader>();
  const given = useAnswer<typeof action>();
  const answer: Answer = given && "typed" in given ? given : undefined;
  const { session } = useSessionData();
  const current = useItemNow();
  const { t } = useTranslation("session");
  const base = `/sessions/${session.id}`;
  const gone = goneIn(answer, takenOff);
  const unmoved = gone || asksForReason(answer) ? "" : reasonOfMove(answer);
  const isOf = (intent: string) => (answer?.typed["intent"] === intent ? answer : undefined);
  const { intent = "", item = "" } = answer?.typed ?? {};
  const scope = { edit: item, delete: `${item}-delete` }[intent] ?? intent;
  return (
    <main className="page" id="content">
      <Live topics={["agenda", "session"]} />
      <PageHead title={t("agenda.title")} under={<Adoption adopted={adopted} zone={session.timeZone} />}>
        {current ? null : <span className="cap">{t("agenda.unset")}</span>}
        {mayManage && current ? (
          <Form method="post">
            <Submit intent="take-up" values={{ item: "" }}>
              {t("agenda.takeUpNone")}
            </Submit>
          </Form>
        ) : null}
      </PageHead>
      {asksForReason(answer) ? (
        <ReasonForm answer={answer} />
      ) : (
        <FieldScope name={scope}>
          <ErrorSummary answer={gone ? undefined : answer} />
        </FieldScope>
      )}
      {unmoved === "" ? null : <WroteBack wrote={[unmoved]} />}
      <section className="sheet" aria-label={t("agenda.title")}>
        {items.length === 0 ? <Empty>{t("agenda.none")}</Empty> : null}
        {kept ? (
          <ManagedAgenda
            items={kept}
            topics={topics}
            takenOff={takenOff}
            isAdopted={adopted !== null}
            answer={answer}
          />
        ) : (
          <AgendaTree items={items} base={base} />
        )}
      </section>
      <ChangeList changes={changes} adopted={adopted !== null} zone={session.timeZone} />
      {kept ? (
        <AddItem
          items={kept}
          topics={topics}
          isAdopted={adopted !== null}
          answer={gone ? undefined : isOf("add")}
        />
      ) : null}
      {kept && adopted === null && kept.length > 0 ? (
        <AdoptionForm items={kept} symbol={symbol} answer={isOf("adopt")} />
      ) : null}
    </main>
  );
}
