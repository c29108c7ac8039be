/** The secretariat's list of people: invitations, new passwords, authenticator codes, suspension. */
import { useAnswer } from "#app/components/use-answer.ts";
import { FIELDS } from "#app/rules/fields.ts";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { type Invitation, invitePerson } from "#app/commands/invite-person.ts";
import { issuePasswordLink } from "#app/commands/issue-password-link.ts";
import { requireCodes } from "#app/commands/require-codes.ts";
import { nameForDelegation } from "#app/commands/name-for-delegation.ts";
import { suspendPerson } from "#app/commands/suspend-person.ts";
import { ChoiceField, ErrorSummary, Submit, TextField } from "#app/components/form.tsx";
import { LinkSheet } from "#app/components/link-sheet.tsx";
import { Live } from "#app/components/live.tsx";
import { Empty, PageHead } from "#app/components/page.tsx";
import { SiteBar } from "#app/components/site-bar.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { nameIn } from "#app/rules/language.ts";
import { addressOf, isDouble } from "#app/rules/people.ts";
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal } from "#app/rules/refusal.ts";
import { field, formAnswer, formOf, intentOf, refusalResponse, unknownIntent } from "#app/routes/answers.ts";
import { listEntities } from "#db/stores/entity.ts";
import { findInstallation } from "#db/stores/installation.ts";
import { listIssuers } from "#db/stores/one-time-link.ts";
import { listPeople, listPeopleByEmail, listPeopleWithOffice, type PersonRow } from "#db/stores/person.ts";
import { CodesForm } from "./codes-form.tsx";
import { NameForForm } from "./name-for-form.tsx";
import { type Listed, PersonActs } from "./person-acts.tsx";

function stateOf(person: PersonRow): Listed["state"] {
  if (person.suspendedAt !== null) return "suspended";
  if (person.email === null) return "exercise";
  if (isDouble(person)) return "double";
  return person.accountId === null ? "invited" : "active";
}

export async function loader({ context }: LoaderFunctionArgs) {
  const allowed = may("managePeople", context.viewer, { kind: "installation" });
  if (allowed !== true) throw refusalResponse(allowed);
  const me = context.viewer.kind === "person" ? context.viewer.personId : "";
  const people = await listPeople(context.db.read);
  const entities = (await listEntities(context.db.read)).filter(
    ({ kind }) => context.mode === "production" || kind.startsWith("exercise"),
  );
  const withCodes = await context.accounts.listWithCodes();
  const withOffice = await listPeopleWithOffice(context.db.read);
  const installation = await findInstallation(context.db.read);
  const doubles = people.filter(isDouble);
  const addresses = doubles.flatMap((person) => addressOf(person) ?? []);
  const known = await listPeopleByEmail(context.db.read, addresses);
  const issuers = await listIssuers(
    context.db.read,
    doubles.map(({ id }) => id),
  );
  const names = new Map(entities.map(({ id, names }) => [id, nameIn(names, context.language)]));
  return {
    /** Null in an exercise, whose people have no passwords. */
    codesRequired: installation?.mode === "production" ? installation.codesRequiredAt !== null : null,
    entities: entities.map(({ id, names, code }) => ({
      id,
      name: `${nameIn(names, context.language)} (${code})`,
    })),
    people: people.map((person) => ({
      id: person.id,
      name: person.name,
      email: addressOf(person),
      secretariat: person.secretariat,
      invitedFor: names.get(person.entityId ?? "") ?? null,
      state: stateOf(person),
      /** Rule PE19: whose the address is, and which head invited another by it. */
      double: isDouble(person)
        ? {
            known: known.get(addressOf(person) ?? "")?.name ?? "",
            head: issuers.get(person.id) ?? "",
          }
        : null,
      isMe: person.id === me,
      hasCodes: person.accountId !== null && withCodes.has(person.accountId),
      holdsOffice: withOffice.has(person.id),
    })),
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await formOf(request, [
    may("managePeople", context.viewer, { kind: "installation" }),
    may("requireCodes", context.viewer, { kind: "installation" }),
  ]);
  const personId = field(form, "person");
  switch (intentOf(form)) {
    case "invite": {
      const name = field(form, "name");
      const email = field(form, "email");
      const secretariat = field(form, "secretariat") === "1";
      const entityId = field(form, "entity") || null;
      const invited = await invitePerson(context, { name, email, secretariat, entityId });
      return answerWith(invited, form, name);
    }
    case "link":
    case "codes-link": {
      const name = field(form, "name");
      const turnsOffCodes = intentOf(form) === "codes-link";
      return answerWith(await issuePasswordLink(context, { personId, turnsOffCodes }), form, name);
    }
    case "codes-required": {
      const refused = await requireCodes(context, { required: field(form, "required") === "1" });
      return refused ? formAnswer(refused, form) : data({ link: null });
    }
    case "suspend":
    case "resume": {
      const done = await suspendPerson(context, { personId, suspended: intentOf(form) === "suspend" });
      return isRefusal(done) ? formAnswer(done, form) : data({ link: null });
    }
    case "name-for": {
      const done = await nameForDelegation(context, { personId, entityId: field(form, "for") || null });
      return isRefusal(done) ? formAnswer(done, form) : data({ link: null });
    }
    default:
      return unknownIntent();
  }
}

function answerWith(done: Invitation | Refusal, form: FormData, name: string) {
  if (isRefusal(done)) return formAnswer(done, form);
  return data({ link: { name, address: done.address, expiresAt: done.expiresAt } });
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.people");

export default function People() {
  const { people, entities, codesRequired } = useLoaderData<typeof loader>();
  const given = useAnswer<typeof action>();
  const answer = given && "refusal" in given && "typed" in given ? given : undefined;
  const link = given && "link" in given ? given.link : null;
  const of = answer?.typed["intent"];
  const isOfInviting = of !== "name-for" && of !== "codes-required";
  const { t } = useTranslation("people");
  return (
    <>
      <Live topics={["people"]} />
      <SiteBar />
      <main className="page" id="content">
        <PageHead title={t("list.title")} />
        {link ? <LinkSheet link={link} /> : null}
        <Form method="post" className="form sheet" key={link?.address ?? "invite"}>
          <h2 className="h2">{t("list.invite")}</h2>
          <ErrorSummary answer={isOfInviting ? answer : undefined} />
          <div className="pair">
            <TextField
              name="name"
              label={t("list.name")}
              answer={answer}
              maxLength={FIELDS.person.name.longest}
              required
            />
            <TextField name="email" type="email" label={t("list.email")} answer={answer} required />
          </div>
          <ChoiceField
            name="entity"
            label={t("list.invitedFor")}
            hint={t("list.invitedForHint")}
            answer={answer}
            none={t("list.invitedForNone")}
            choices={entities.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <label className="row">
            <input type="checkbox" name="secretariat" value="1" /> {t("list.secretariat")}
          </label>
          <p className="row">
            <Submit intent="invite" primary>
              {t("list.submit")}
            </Submit>
          </p>
        </Form>
        <NameForForm
          people={people.filter(({ double }) => double === null)}
          entities={entities}
          answer={of === "name-for" ? answer : undefined}
        />
        {codesRequired === null ? null : (
          <CodesForm
            required={codesRequired}
            missing={
              people.filter(
                ({ holdsOffice, hasCodes, state }) => holdsOffice && !hasCodes && state !== "suspended",
              ).length
            }
            answer={of === "codes-required" ? answer : undefined}
          />
        )}
        {people.length === 0 ? (
          <Empty>{t("list.none")}</Empty>
        ) : (
          <table className="tbl sheet people">
            <thead>
              <tr>
                <th>{t("list.name")}</th>
                <th>{t("list.email")}</th>
                <th>{t("list.stateHead")}</th>
                <th>
                  <span className="vh">{t("list.acts")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {people.map((person) => (
                <tr key={person.id}>
                  <td>
                    <b>{person.name}</b> {person.isMe ? <span className="cap">({t("list.you")})</span> : null}
                    {person.secretariat ? (
                      <span className="cap"> {t("chrome:office.secretariat")}</span>
                    ) : null}
                    {person.invitedFor ? <span className="cap"> {person.invitedFor}</span> : null}
                  </td>
                  <td>
                    <bdi>{person.email}</bdi>
                    {person.double ? (
                      <p className="hint">
                        {t("list.double", { ...person.double, for: person.invitedFor ?? "" })}
                      </p>
                    ) : null}
                  </td>
                  <td className="cap">
                    {t(`list.state.${person.state}`)}
                    {person.hasCodes ? <>, {t("codes.has")}</> : null}
                    {codesRequired && person.holdsOffice && !person.hasCodes ? (
                      <>, {t("codes.hasNot")}</>
                    ) : null}
                  </td>
                  <td className="act">
                    <PersonActs person={person} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </main>
    </>
  );
}
