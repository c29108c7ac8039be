/** Who takes part: officers, delegations and their people. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { addDelegate } from "#app/commands/add-delegate.ts";
import { addDelegation } from "#app/commands/add-delegation.ts";
import { appointOfficer } from "#app/commands/appoint-officer.ts";
import { removeDelegate } from "#app/commands/remove-delegate.ts";
import { withdrawOfficer } from "#app/commands/withdraw-officer.ts";
import { type Answer, ChoiceField, ErrorSummary, Submit } from "#app/components/form.tsx";
import { Live } from "#app/components/live.tsx";
import { Code, Empty, PageHead } from "#app/components/page.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { may } from "#app/rules/permissions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import {
  field,
  formAnswer,
  intentOf,
  notThere,
  refusalResponse,
  unknownIntent,
} from "#app/routes/answers.ts";
import {
  type DelegateInList,
  listDelegates,
  listDelegations,
  listEntitiesOutside,
} from "#db/stores/delegation.ts";
import { type OfficerInList, listOfficers } from "#db/stores/officer.ts";
import { type PersonRow, listPeople, listPeopleOfEntity } from "#db/stores/person.ts";
import { findSession } from "#db/stores/session.ts";

const offices = ["chair", "vice-chair", "facilitator", "secretariat"] as const;
const roles = ["head", "editor", "reader"] as const;
const capacities = ["participant", "observer"] as const;

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { viewer, db } = context;
  const sessionId = params.session ?? "";
  const allowed = may("readSession", viewer, { kind: "session", sessionId });
  if (allowed !== true) throw refusalResponse(allowed);
  const session = await findSession(db.read, sessionId);
  if (!session) throw notThere();
  const manages = may("manageDelegations", viewer, { kind: "session", sessionId }) === true;
  const appoints = may("appointOfficer", viewer, { kind: "session", sessionId }) === true;
  const delegations = (await listDelegations(db.read, sessionId)).map((one) => ({
    ...one,
    mine: may("manageDelegates", viewer, { kind: "delegation", sessionId, delegationId: one.id }) === true,
  }));
  const takesPart = may("readDelegates", viewer, { kind: "session", sessionId }) === true;
  const officers = await listOfficers(db.read, sessionId);
  const delegates = takesPart ? await listDelegates(db.read, sessionId) : [];
  const people = manages || appoints ? await listPeople(db.read) : [];
  const own = delegations.find(({ mine }) => mine);
  // Rule PE10: a head chooses from the people of the own delegation and learns no other name.
  const seatable = manages ? people : own ? await listPeopleOfEntity(db.read, own.entityId) : [];
  return {
    delegations,
    delegates,
    officers,
    outside: manages ? await listEntitiesOutside(db.read, { sessionId, exercise: session.exercise }) : [],
    /** Who can be appointed, and who can be put into a delegation: rules PE3 and PE4. */
    forOffice: appoints ? withoutOffice({ people, officers, delegates }) : [],
    forSeat: withoutSeat({ people: seatable, officers, delegates }),
    manages,
    appoints,
  };
}

type Choices = {
  readonly people: readonly PersonRow[];
  readonly officers: readonly OfficerInList[];
  readonly delegates: readonly DelegateInList[];
};

function withoutOffice({ people, officers }: Choices) {
  const held = new Set(officers.map(({ personId }) => personId));
  return named(people.filter(({ id }) => !held.has(id)));
}

function withoutSeat({ people, officers, delegates }: Choices) {
  const serving = officers.filter(({ office }) => office === "chair" || office === "secretariat");
  const taken = new Set([...serving, ...delegates].map(({ personId }) => personId));
  return named(people.filter(({ id, secretariat }) => !secretariat && !taken.has(id)));
}

function named(people: readonly PersonRow[]) {
  return people.filter(({ suspendedAt }) => suspendedAt === null).map(({ id, name }) => ({ id, name }));
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const sessionId = params.session ?? "";
  const form = await request.formData();
  const personId = field(form, "person");
  const done = await act();
  if (done === null) return unknownIntent();
  return isRefusal(done) ? formAnswer(done, form) : redirect(`/sessions/${sessionId}/delegations`);

  async function act() {
    switch (intentOf(form)) {
      case "add-delegation": {
        // Whatever cannot be read gives the fewest rights.
        const capacity = capacities.find((one) => one === field(form, "capacity")) ?? "observer";
        return addDelegation(context, { sessionId, entityId: field(form, "entity"), capacity });
      }
      case "add-delegate": {
        const role = roles.find((one) => one === field(form, "role")) ?? "reader";
        return addDelegate(context, { delegationId: field(form, "delegation"), personId, role });
      }
      case "remove-delegate":
        return removeDelegate(context, { delegateId: field(form, "delegate") });
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

export const meta: MetaFunction = () => titleOf("chrome:titles.delegations");

export default function Delegations() {
  const data = useLoaderData<typeof loader>();
  const given = useActionData<typeof action>();
  const answer: Answer = given && "typed" in given ? given : undefined;
  const { t } = useTranslation("session");
  const people = data.forOffice.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <main className="page" id="content">
      <Live topics={["delegations"]} />
      <PageHead title={t("delegations.title")} />
      <ErrorSummary answer={answer} />
      <section className="sheet" aria-labelledby="officers">
        <h2 className="h2" id="officers">
          {t("delegations.officers")}
        </h2>
        {data.officers.length === 0 ? <p className="cap">{t("delegations.noOfficers")}</p> : null}
        <table className="tbl">
          <tbody>
            {data.officers.map((officer) => (
              <tr key={officer.id}>
                <td>
                  <b>{officer.name}</b>
                </td>
                <td>{t(`chrome:office.${officer.office}`)}</td>
                <td className="act">
                  {data.appoints ? (
                    <Form method="post">
                      <Submit intent="withdraw" quiet values={{ officer: officer.id }}>
                        {t("delegations.withdraw")}
                      </Submit>
                    </Form>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {data.appoints ? (
          people.length === 0 ? (
            <p className="cap">
              <Link to="/people">{t("delegations.invite")}</Link>
            </p>
          ) : (
            <Form method="post" className="form acts" key={`officers-${data.officers.length}`}>
              <div className="pair">
                <ChoiceField
                  name="person"
                  label={t("delegations.person")}
                  answer={answer}
                  choices={people}
                  required
                />
                <ChoiceField
                  name="office"
                  label={t("delegations.office")}
                  answer={answer}
                  choices={offices.map((value) => ({ value, label: t(`chrome:office.${value}`) }))}
                  required
                />
              </div>
              <p className="row">
                <Submit intent="appoint">{t("delegations.appoint")}</Submit>
              </p>
            </Form>
          )
        ) : null}
      </section>
      {data.delegations.length === 0 ? <Empty>{t("delegations.none")}</Empty> : null}
      {data.delegations.map((delegation) => (
        <section
          key={delegation.id}
          className="sheet delegation"
          aria-label={delegation.name}
          id={delegation.id}
        >
          <div className="row-b wrap">
            <h2 className="h2">
              <Link to={`/entities/${delegation.entityId}`}>{delegation.name}</Link>{" "}
              <Code>{delegation.code}</Code>
            </h2>
            <span className="cap">{t(`delegations.${delegation.capacity}`)}</span>
          </div>
          <ul className="tree">
            {data.delegates
              .filter(({ delegationId }) => delegationId === delegation.id)
              .map((delegate) => (
                <li key={delegate.id}>
                  <div className="seat-row">
                    <span>{delegate.name}</span>
                    <span className="row">
                      <span className="cap">{t(`chrome:role.${delegate.role}`)}</span>
                      <span className="grow" />
                      {delegation.mine ? (
                        <Form method="post">
                          <Submit intent="remove-delegate" quiet values={{ delegate: delegate.id }}>
                            {t("delegations.remove")}
                          </Submit>
                        </Form>
                      ) : null}
                    </span>
                  </div>
                </li>
              ))}
          </ul>
          {delegation.mine && data.forSeat.length === 0 && !data.manages ? (
            <p className="cap">{t("delegations.nobodyLeft")}</p>
          ) : null}
          {delegation.mine && data.forSeat.length > 0 ? (
            <details>
              <summary>{t("delegations.addPerson")}</summary>
              <Form method="post" className="form" key={data.delegates.length}>
                <input type="hidden" name="delegation" value={delegation.id} />
                <div className="pair">
                  <label className="f">
                    <b>{t("delegations.person")}</b>
                    <select name="person" required>
                      {data.forSeat.map(({ id, name }) => (
                        <option key={id} value={id}>
                          {name}
                        </option>
                      ))}
                    </select>
                  </label>
                  <label className="f">
                    <b>{t("delegations.role")}</b>
                    <select name="role" required>
                      {roles.map((role) => (
                        <option key={role} value={role}>
                          {t(`chrome:role.${role}`)}
                        </option>
                      ))}
                    </select>
                  </label>
                </div>
                <p className="row">
                  <Submit intent="add-delegate">{t("delegations.addPerson")}</Submit>
                </p>
              </Form>
            </details>
          ) : null}
        </section>
      ))}
      {data.manages ? (
        <Form method="post" className="form sheet" key={data.delegations.length}>
          <h2 className="h2">{t("delegations.add")}</h2>
          {data.outside.length === 0 ? (
            <p className="cap">{t("delegations.noneLeft")}</p>
          ) : (
            <>
              <div className="pair">
                <ChoiceField
                  name="entity"
                  label={t("delegations.entity")}
                  answer={answer}
                  choices={data.outside.map(({ id, name, code }) => ({
                    value: id,
                    label: `${name} (${code})`,
                  }))}
                  required
                />
                <ChoiceField
                  name="capacity"
                  label={t("delegations.capacity")}
                  answer={answer}
                  choices={capacities.map((value) => ({ value, label: t(`delegations.${value}`) }))}
                  required
                />
              </div>
              <p className="row">
                <Submit intent="add-delegation" primary>
                  {t("delegations.add")}
                </Submit>
              </p>
            </>
          )}
        </Form>
      ) : null}
    </main>
  );
}
