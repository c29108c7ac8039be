/** Who takes part: officers, delegations and their people. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  data,
  redirect,
} from "@remix-run/node";
import { Link, useLoaderData, useLocation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useAnswer } from "#app/components/use-answer.ts";
import type { AppLoadContext } from "#app/commands/context.ts";
import { addDelegate } from "#app/commands/add-delegate.ts";
import { addDelegation } from "#app/commands/add-delegation.ts";
import { appointOfficer } from "#app/commands/appoint-officer.ts";
import { afterwards, handOver } from "#app/commands/hand-over.ts";
import { inviteDelegate } from "#app/commands/invite-delegate.ts";
import { removeDelegate } from "#app/commands/remove-delegate.ts";
import { renewInvitation } from "#app/commands/renew-invitation.ts";
import { seatFirstHead } from "#app/commands/seat-first-head.ts";
import { admitToSeats } from "#app/commands/seat.ts";
import { bringBackDelegation, withdrawDelegation } from "#app/commands/withdraw-delegation.ts";
import { withdrawOfficer } from "#app/commands/withdraw-officer.ts";
import { type Answer, ErrorSummary, FieldScope } from "#app/components/form.tsx";
import { LinkSheet } from "#app/components/link-sheet.tsx";
import { Live } from "#app/components/live.tsx";
import { Empty, PageHead } from "#app/components/page.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal } from "#app/rules/refusal.ts";
import { field, formAnswer, formOf, intentOf, unknownIntent } from "#app/routes/answers.ts";
import { AddDelegationForm, capacities } from "./add-delegation-form.tsx";
import { DelegationSheet, formOfIntent, roles, seatScope } from "./delegation-sheet.tsx";
import { HandOverReview } from "./hand-over.tsx";
import { RemovalReview, WithdrawalReview, WithdrawnSheet } from "./leaving.tsx";
import { loadDelegations } from "./load.ts";
import { OfficersSheet, offices } from "./officers-sheet.tsx";

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  return loadDelegations(context, params.session ?? "", new URL(request.url).searchParams);
}

/** What the forms of this page ask for: of the session, and of the viewer's own delegation in it. */
function rightsIn({ viewer }: AppLoadContext, sessionId: string): [true | Refusal, ...(true | Refusal)[]] {
  const session = { kind: "session", sessionId } as const;
  const seats =
    viewer.kind === "person" ? viewer.delegates.filter((seat) => seat.sessionId === sessionId) : [];
  const own = seats.map(({ delegationId }) =>
    may("manageDelegates", viewer, { kind: "delegation", sessionId, delegationId }),
  );
  // Whoever names a first head (rule PE11) appoints officers too.
  return [
    may("manageDelegations", viewer, session),
    may("withdrawDelegation", viewer, session),
    may("appointOfficer", viewer, session),
    ...own,
  ];
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const sessionId = params.session ?? "";
  const form = await formOf(request, rightsIn(context, sessionId));
  const personId = field(form, "person");
  const delegationId = field(form, "delegation");
  // Whatever cannot be read gives the fewest rights.
  const role = roles.find((one) => one === field(form, "role")) ?? "reader";
  const handing = {
    delegationId,
    delegateId: field(form, "delegate"),
    afterwards: afterwards.find((one) => one === field(form, "afterwards")) ?? "editor",
  };
  const done = await act();
  if (done === null) return unknownIntent();
  if (isRefusal(done)) return formAnswer(done, form);
  return "link" in done || "review" in done ? data(done) : redirect(`/sessions/${sessionId}/delegations`);

  async function act() {
    switch (intentOf(form)) {
      case "add-delegation": {
        const capacity = capacities.find((one) => one === field(form, "capacity")) ?? "observer";
        return addDelegation(context, { sessionId, entityId: field(form, "entity"), capacity });
      }
      case "withdraw-delegation":
        return withdrawDelegation(context, { sessionId, delegationId, reason: field(form, "reason") });
      case "bring-back-delegation":
        return bringBackDelegation(context, { sessionId, delegationId });
      case "first-head":
        return seatFirstHead(context, { delegationId, personId });
      case "add-delegate":
        return addDelegate(context, { delegationId, personId, role });
      case "invite-delegate": {
        const named = { name: field(form, "name"), email: field(form, "email") };
        const invited = await inviteDelegate(context, { delegationId, role, ...named });
        return isRefusal(invited) ? invited : { link: { name: named.name, ...invited } };
      }
      case "renew-invitation": {
        const renewed = await renewInvitation(context, { delegateId: field(form, "delegate") });
        return isRefusal(renewed) ? renewed : { link: renewed };
      }
      case "remove-delegate":
        return removeDelegate(context, { delegateId: field(form, "delegate") });
      case "review-hand-over": {
        const admitted = await admitToSeats(context, "manageDelegates", delegationId);
        return isRefusal(admitted) ? admitted : { review: handing };
      }
      case "hand-over":
        return handOver(context, handing);
      case "appoint": {
        const allowed = may("appointOfficer", context.viewer, { kind: "session", sessionId });
        if (allowed !== true) return allowed;
        const office = offices.find((one) => one === field(form, "office"));
        return office ? appointOfficer(context, { sessionId, personId, office }) : null;
      }
      case "withdraw":
        return withdrawOfficer(context, { sessionId, officerId: field(form, "officer") });
      default:
        return null;
    }
  }
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.delegations");

export default function Delegations() {
  const loaded = useLoaderData<typeof loader>();
  const given = useAnswer<typeof action>();
  const answer: Answer = given && "typed" in given ? given : undefined;
  const typed = answer?.typed ?? {};
  const link = given && "link" in given ? given.link : null;
  const review = given && "review" in given ? given.review : null;
  const { t } = useTranslation("session");
  const { delegations, delegates, removal, withdrawal } = loaded;
  const here = useLocation().pathname;
  const asked =
    (removal && typed["intent"] === "remove-delegate") ||
    (withdrawal && typed["intent"] === "withdraw-delegation");
  return (
    <main className="page" id="content">
      <Live topics={["delegations"]} />
      <PageHead title={t("delegations.title")}>
        {loaded.manages ? (
          <Link className="btn" to="add">
            {t("delegations:add.several")}
          </Link>
        ) : null}
      </PageHead>
      {asked ? null : typed["delegation"] ? (
        <FieldScope name={seatScope(typed["delegation"], formOfIntent(typed["intent"] ?? ""))}>
          <ErrorSummary answer={answer} />
        </FieldScope>
      ) : (
        <ErrorSummary answer={answer} />
      )}
      {link ? <LinkSheet link={link} /> : null}
      {review ? (
        <HandOverReview review={review} loaded={loaded} />
      ) : removal ? (
        <RemovalReview review={removal} here={here} answer={asked ? answer : undefined} />
      ) : withdrawal ? (
        <WithdrawalReview
          key={withdrawal.delegationId}
          review={withdrawal}
          here={here}
          answer={asked ? answer : undefined}
        />
      ) : null}
      <OfficersSheet loaded={loaded} answer={typed["intent"] === "appoint" ? answer : undefined} />
      {delegations.length === 0 ? <Empty>{t("delegations.none")}</Empty> : null}
      {delegations.map((delegation) => (
        <DelegationSheet
          key={delegation.id}
          delegation={delegation}
          delegates={delegates.filter(({ delegationId }) => delegationId === delegation.id)}
          forHead={loaded.forHead}
          forSeat={loaded.forSeat}
          answer={typed["delegation"] === delegation.id ? answer : undefined}
          me={loaded.me}
          unanswered={delegation.mine ? loaded.unanswered : []}
          withdraws={loaded.withdraws}
        />
      ))}
      <WithdrawnSheet loaded={loaded} />
      {loaded.manages ? (
        <AddDelegationForm
          outside={loaded.outside}
          answer={typed["intent"] === "add-delegation" ? answer : undefined}
        />
      ) : null}
    </main>
  );
}
