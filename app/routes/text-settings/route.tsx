/** Drafters and audience of a text, for chair and secretariat. Opening it wider is shown in words before it is done. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { useAnswer } from "#app/components/use-answer.ts";
import { appointDrafter } from "#app/commands/appoint-drafter.ts";
import { setAudience } from "#app/commands/set-audience.ts";
import { withdrawDrafter } from "#app/commands/withdraw-drafter.ts";
import { Live } from "#app/components/live.tsx";
import { PageHead } from "#app/components/page.tsx";
import { AudienceForm, AudienceReview } from "#app/components/text/audience-form.tsx";
import { AudienceHistory } from "#app/components/text/audience-history.tsx";
import { Drafters } from "#app/components/text/drafters.tsx";
import { Docbar } from "#app/components/text/text-nav.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { isRefusal, refuse } from "#app/rules/refusal.ts";
import { field, formAnswer, intentOf, unknownIntent, wrongFields } from "#app/routes/answers.ts";
import { saidIn, withSaid } from "#app/routes/said.ts";
import { openForm, openText, seenVersions } from "#app/routes/text/open-text.ts";
import { pagesOf } from "#app/routes/text/summaries.ts";
import { listDrafters, listEligibleDrafters } from "#db/stores/drafter.ts";
import { listDelegationsForAudience, listTextAudiences } from "#db/stores/text-audience.ts";

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const open = await openText(context, params, "setAudience");
  const { text, door } = open;
  const db = context.db.read;
  const drafters = await listDrafters(db, text.id);
  const appointed = new Set(drafters.map(({ personId }) => personId));
  const delegations = await listDelegationsForAudience(db, text.sessionId, context.language);
  const codes = new Map(delegations.map(({ id, code }) => [id, code]));
  return {
    text: { id: text.id, title: text.title, zone: text.timeZone },
    pages: pagesOf(context, open, await seenVersions(context, open)),
    drafters,
    eligible: (await listEligibleDrafters(db, text.sessionId)).filter(
      ({ personId }) => !appointed.has(personId),
    ),
    audience: door.audience,
    delegations,
    history: (await listTextAudiences(db, text.id)).map((row) => ({
      number: row.number,
      audience: row.audience,
      shows: row.shows,
      delegations: row.delegationIds.map((id) => codes.get(id) ?? "–"),
      at: row.setAt,
      by: row.setByName,
    })),
    done: saidIn(context, request)["done"] ?? null,
  };
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? titleOf({ matches }, "chrome:titles.settings", { text: data.text.title })
    : titleOf({ matches }, null);

const newAudience = z.object({
  audience: z.enum(["bureau", "named", "all", "observers", "public"], { error: "required" }),
  shows: z.enum(["live", "versions"], { error: "required" }),
  delegations: z.array(z.string()),
});

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { text, form } = await openForm(context, { params, request }, [
    "appointDrafter",
    "withdrawDrafter",
    "setAudience",
  ]);
  const here = `/sessions/${text.sessionId}/texts/${text.id}/settings`;
  const said = (done: string) => withSaid(context, here, { done });
  const personId = field(form, "person");
  const intent = intentOf(form);
  switch (intent) {
    case "appoint": {
      const result = await appointDrafter(context, { textId: text.id, personId });
      return isRefusal(result) ? formAnswer(result, form) : redirect(said("appointed"));
    }
    case "withdraw": {
      const result = await withdrawDrafter(context, { textId: text.id, personId });
      return isRefusal(result) ? formAnswer(result, form) : redirect(said("withdrawn"));
    }
    case "review":
    case "open": {
      const read = newAudience.safeParse({
        audience: form.get("audience"),
        shows: form.get("shows"),
        delegations: form.getAll("delegations").map(String),
      });
      if (!read.success) {
        return formAnswer(wrongFields(read.error), form);
      }
      const { audience, shows, delegations } = read.data;
      if (audience === "named" && delegations.length === 0) {
        const fields = { delegations: "delegations-none" };
        return formAnswer(refuse("invalid", "check-fields", { fields }), form);
      }
      if (intent === "review") return { review: read.data };
      const result = await setAudience(context, {
        textId: text.id,
        audience,
        shows,
        delegationIds: delegations,
      });
      return isRefusal(result) ? formAnswer(result, form) : redirect(said("set"));
    }
    default:
      return unknownIntent();
  }
}

const sentences: Readonly<Record<string, string>> = {
  appointed: "drafters.appointed",
  withdrawn: "drafters.withdrawn",
  set: "audience.set",
};

export default function SettingsPage() {
  const data = useLoaderData<typeof loader>();
  const answer = useAnswer<typeof action>();
  const { t } = useTranslation("text");
  const refused = answer && "refusal" in answer ? answer : undefined;
  const isAboutDrafters = refused !== undefined && "person" in refused.typed;
  const review = answer && "review" in answer ? answer.review : null;
  const said = sentences[data.done ?? ""];
  return (
    <div className="text-room plain">
      <Live topics={["rights"]} />
      <Docbar title={data.text.title} under={[t("settings.title")]} pages={data.pages} />
      <main className="page" id="content">
        <PageHead isPart title={t("settings.title")} />
        {said && !answer ? <output className="done">{t(said)}</output> : null}
        <Drafters
          drafters={data.drafters}
          eligible={data.eligible}
          zone={data.text.zone}
          answer={isAboutDrafters ? refused : undefined}
        />
        {review ? (
          <AudienceReview chosen={review} delegations={data.delegations} />
        ) : (
          <AudienceForm
            current={data.audience}
            delegations={data.delegations}
            answer={isAboutDrafters ? undefined : refused}
          />
        )}
        <AudienceHistory history={data.history} zone={data.text.zone} />
      </main>
    </div>
  );
}
