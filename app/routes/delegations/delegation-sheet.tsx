/**
 * A delegation and its people, whom its heads alone invite, seat, remove and hand over to; the first head comes by the
 * secretariat.
 */
import { FIELDS } from "#app/rules/fields.ts";
import { Form, Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type Answer, ChoiceField, FieldScope, Submit, TextField } from "#app/components/form.tsx";
import { Code } from "#app/components/page.tsx";
import { useWays } from "#app/components/record/ways.ts";
import { HandOverFields } from "./hand-over.tsx";
import { useOpened } from "#app/components/use-opened.ts";
import type { Loaded } from "./load.ts";

export const roles = ["head", "editor", "reader"] as const;

/** The scope of the fields of one of its forms. */
export const seatScope = (delegationId: string, intent: string): string => `${delegationId}-${intent}`;

/** The form that a refusal belongs to: what was confirmed was filled in one step before. */
export const formOfIntent = (intent: string): string =>
  intent === "hand-over" ? "review-hand-over" : intent;

/** Of a form in which nobody is chosen. */
const none: readonly never[] = [];

type People = readonly { readonly id: string; readonly name: string }[];

type SheetProps = {
  readonly delegation: Loaded["delegations"][number];
  readonly delegates: Loaded["delegates"];
  readonly forHead: People;
  readonly forSeat: People;
  readonly answer: Answer;
  /** The person who looks. */
  readonly me: string | null;
  /** Seats whose people have not followed their link, where that is the viewer's to know. */
  readonly unanswered: readonly string[];
  /** Whether the viewer may withdraw it from the session. */
  readonly withdraws: boolean;
};

export function DelegationSheet(props: SheetProps) {
  const { delegation, delegates, forHead, forSeat, answer, me, unanswered, withdraws } = props;
  const { t } = useTranslation("session");
  const ways = useWays();
  const { mine, hasHead, namesHead } = delegation;
  const others = delegates.filter(({ personId }) => personId !== me);
  return (
    <section className="sheet delegation" aria-label={delegation.name} id={delegation.id}>
      <div className="row-b wrap">
        <h2 className="h2">
          <Link to={ways.entity(delegation.entityId)}>{delegation.name}</Link> <Code>{delegation.code}</Code>
        </h2>
        <span className="row">
          <span className="cap">{t(`delegations.${delegation.capacity}`)}</span>
          {withdraws ? (
            <Link
              className="btn quiet"
              to={`?withdraw=${delegation.id}`}
              id={`withdraw-${delegation.id}`}
              preventScrollReset
            >
              {t("delegations.withdrawFrom")} <span className="vh">{delegation.name}</span>
            </Link>
          ) : null}
        </span>
      </div>
      <ul className="tree">
        {delegates.map((delegate) => (
          <li key={delegate.id}>
            <div className="seat-row">
              <bdi>{delegate.name}</bdi>
              <span className="row wrap">
                <span className="cap">{t(`chrome:role.${delegate.role}`)}</span>
                {unanswered.includes(delegate.id) ? (
                  <span className="cap">{t("delegations.notCome")}</span>
                ) : null}
                <span className="grow" />
                {unanswered.includes(delegate.id) ? (
                  <Form method="post">
                    <Submit intent="renew-invitation" quiet values={{ delegate: delegate.id }}>
                      {t("delegations.newLink")} <span className="vh">{delegate.name}</span>
                    </Submit>
                  </Form>
                ) : null}
                {mine ? (
                  <Link
                    className="btn quiet"
                    to={`?remove=${delegate.id}`}
                    id={`remove-${delegate.id}`}
                    preventScrollReset
                  >
                    {t("delegations.remove")} <span className="vh">{delegate.name}</span>
                  </Link>
                ) : null}
              </span>
            </div>
          </li>
        ))}
      </ul>
      {hasHead || namesHead ? null : <p className="cap">{t("delegations.noHead")}</p>}
      {namesHead && forHead.length === 0 ? (
        <p className="cap">
          <Link to="/people">{t("delegations.invite")}</Link>
        </p>
      ) : null}
      {namesHead && forHead.length > 0 ? (
        <SeatForm
          title={t("delegations.nameHead")}
          intent="first-head"
          id={delegation.id}
          people={forHead}
          answer={answer}
        >
          {(people) => (
            <>
              <p className="hint">{t("delegations.nameHeadHint")}</p>
              <PersonField people={people} answer={answer} />
            </>
          )}
        </SeatForm>
      ) : null}
      {mine && forSeat.length > 0 ? (
        <SeatForm
          title={t("delegations.addPerson")}
          intent="add-delegate"
          id={delegation.id}
          people={forSeat}
          answer={answer}
        >
          {(people) => (
            <div className="pair">
              <PersonField people={people} answer={answer} />
              <RoleField answer={answer} />
            </div>
          )}
        </SeatForm>
      ) : null}
      {mine ? (
        <SeatForm
          title={t("delegations.inviteOwn")}
          intent="invite-delegate"
          id={delegation.id}
          people={none}
          answer={answer}
        >
          {() => (
            <>
              <div className="pair">
                <TextField
                  name="name"
                  label={t("people:list.name")}
                  answer={answer}
                  maxLength={FIELDS.person.name.longest}
                  required
                />
                <TextField
                  name="email"
                  type="email"
                  label={t("people:list.email")}
                  answer={answer}
                  required
                />
              </div>
              <RoleField answer={answer} />
              <p className="hint">{t("delegations.inviteOwnHint")}</p>
            </>
          )}
        </SeatForm>
      ) : null}
      {mine && others.length > 0 ? (
        <SeatForm
          title={t("delegations.handOver")}
          intent="review-hand-over"
          id={delegation.id}
          people={others}
          answer={answer}
        >
          {(people) => <HandOverFields people={people} answer={answer} />}
        </SeatForm>
      ) : null}
    </section>
  );
}

/** Folded away until it is wanted, or until it was sent back. */
function SeatForm<T>({
  title,
  intent,
  id,
  people,
  answer,
  children,
}: {
  readonly title: string;
  readonly intent: "first-head" | "add-delegate" | "invite-delegate" | "review-hand-over";
  readonly id: string;
  /** Those of whom one is chosen: they stay as they were offered while somebody chooses. */
  readonly people: readonly T[];
  readonly answer: Answer;
  readonly children: (people: readonly T[]) => ReactNode;
}) {
  const isRefused = formOfIntent(answer?.typed["intent"] ?? "") === intent;
  const { opened, taken, onInput, onSubmit } = useOpened(people, { isRefused });
  // What is only looked through once more is not done yet, and may come back.
  const round = intent === "review-hand-over" ? 0 : taken;
  return (
    <details key={round} open={isRefused ? true : undefined}>
      <summary>{title}</summary>
      <FieldScope name={seatScope(id, intent)}>
        <Form method="post" className="form" onInput={onInput} onSubmit={onSubmit}>
          <input type="hidden" name="delegation" value={id} />
          {children(opened)}
          <p className="row">
            <Submit intent={intent}>{title}</Submit>
          </p>
        </Form>
      </FieldScope>
    </details>
  );
}

function PersonField({ people, answer }: { readonly people: People; readonly answer: Answer }) {
  const { t } = useTranslation("session");
  const choices = people.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <ChoiceField name="person" label={t("delegations.person")} answer={answer} choices={choices} required />
  );
}

function RoleField({ answer }: { readonly answer: Answer }) {
  const { t } = useTranslation("session");
  const choices = roles.map((role) => ({ value: role, label: t(`chrome:role.${role}`) }));
  const field = { name: "role", label: t("delegations.role"), answer, choices, value: "reader" };
  return <ChoiceField {...field} required />;
}
