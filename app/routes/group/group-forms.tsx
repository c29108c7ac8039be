/** With which the secretariat corrects a group and its memberships. */
import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import {
  type Answer,
  type Choice,
  ChoiceField,
  ErrorSummary,
  FieldScope,
  Submit,
  TextField,
} from "#app/components/form.tsx";
import { NamesFields, ReasonField, SeenField } from "#app/components/reference/names-list.tsx";
import { GoneNotice } from "#app/components/reference/gone-notice.tsx";
import { useOwnForm } from "#app/components/use-own-form.ts";
import { FIELDS } from "#app/rules/fields.ts";
import { MEMBER_ROLES } from "#app/rules/reference.ts";
import type { GroupShown } from "./load.ts";

export function GroupForm(props: {
  readonly group: GroupShown["group"];
  readonly seen: number;
  readonly answer: Answer;
}) {
  const { group } = props;
  const { answer, seen, sent, key, form: own } = useOwnForm(props.answer, props.seen);
  const { t } = useTranslation("reference");
  return (
    <details className="part" key={sent} open={answer !== undefined}>
      <summary>{t("group.correct")}</summary>
      <FieldScope name="group">
        <Form method="post" className="form" key={key} {...own}>
          <ErrorSummary answer={answer} />
          <SeenField seen={seen} />
          <NamesFields names={group.names} answer={answer} />
          <TextField
            name="source"
            label={t("group.source")}
            value={group.source ?? ""}
            answer={answer}
            maxLength={FIELDS.group.source.longest}
          />
          <TextField
            name="asOf"
            type="date"
            label={t("group.asOf")}
            value={group.asOf ?? ""}
            answer={answer}
          />
          <label className="row">
            <input
              type="checkbox"
              name="verified"
              value="1"
              defaultChecked={answer ? answer.typed["verified"] === "1" : (group.verified ?? false)}
            />{" "}
            {t("group.verifiedField")}
          </label>
          <ReasonField answer={answer} />
          <p className="row">
            <Submit intent="correct">{t("correct")}</Submit>
          </p>
        </Form>
      </FieldScope>
    </details>
  );
}

type Facts = { readonly role: string | null; readonly from: string; readonly to: string | null };

function MembershipFields({ facts, answer }: { readonly facts: Facts | null; readonly answer: Answer }) {
  const { t } = useTranslation("reference");
  return (
    <>
      <ChoiceField
        name="role"
        label={t("group.roleHead")}
        value={facts?.role ?? ""}
        answer={answer}
        none={t("group.full")}
        choices={MEMBER_ROLES.map((role) => ({ value: role, label: t(`group.role.${role}`) }))}
      />
      <div className="pair">
        <TextField
          name="from"
          type="date"
          label={t("group.from")}
          hint={t("group.fromHint")}
          value={facts?.from ?? ""}
          answer={answer}
        />
        <TextField
          name="to"
          type="date"
          label={t("group.to")}
          hint={t("group.toHint")}
          value={facts?.to ?? ""}
          answer={answer}
        />
      </div>
      <ReasonField answer={answer} />
    </>
  );
}

export function AddMember(props: { readonly entities: readonly Choice[]; readonly answer: Answer }) {
  const { entities } = props;
  const { answer, sent, key, form: own } = useOwnForm(props.answer, null);
  const { t } = useTranslation("reference");
  return (
    <details className="part" key={sent} open={answer !== undefined}>
      <summary>{t("group.add")}</summary>
      <FieldScope name="add">
        <Form method="post" className="form" key={key} {...own}>
          <ErrorSummary answer={answer} />
          <ChoiceField name="entity" label={t("group.entity")} answer={answer} choices={entities} required />
          <MembershipFields facts={null} answer={answer} />
          <p className="row">
            <Submit intent="add-member">{t("group.add")}</Submit>
          </p>
        </Form>
      </FieldScope>
    </details>
  );
}

type Chosen = NonNullable<GroupShown["chosen"]>;

export function CorrectMember(props: {
  readonly chosen: Chosen;
  /** Somebody has given it another first day since: it is not on record by this one. */
  readonly isGone: boolean;
  readonly back: string;
  readonly answer: Answer;
}) {
  const { chosen, isGone, back } = props;
  const { answer, seen, key, form: own } = useOwnForm(props.answer, chosen.seen);
  const { t } = useTranslation("reference");
  return (
    <section className="part" id="correct-member" aria-labelledby="correct-member-title">
      <h2 id="correct-member-title">{t("group.correctMember", { entity: chosen.name })}</h2>
      <FieldScope name="member">
        <Form method="post" className="form" key={key} {...own}>
          <ErrorSummary answer={answer} />
          {isGone && answer === undefined ? <GoneNotice>{t("group.moved")}</GoneNotice> : null}
          <SeenField seen={seen} />
          <MembershipFields facts={chosen} answer={answer} />
          <p className="row">
            <Submit intent="correct-member" primary values={{ entity: chosen.entityId, was: chosen.from }}>
              {t("correct")}
            </Submit>
            <Link className="btn" to={back}>
              {t("group.close")}
            </Link>
          </p>
        </Form>
      </FieldScope>
    </section>
  );
}
