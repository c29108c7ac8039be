/** With which the secretariat changes a topic. */
import { Form, useLocation } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import {
  type Answer,
  ChoiceField,
  ErrorSummary,
  FieldScope,
  Submit,
  TextField,
} from "#app/components/form.tsx";
import { SeenField } from "#app/components/reference/names-list.tsx";
import { useOwnForm } from "#app/components/use-own-form.ts";
import { FIELDS } from "#app/rules/fields.ts";
import type { Stance } from "#app/rules/topics.ts";

type Managed = {
  readonly title: string;
  readonly question: string;
  readonly scale: readonly Stance[];
  readonly closedAt: number | null;
};

export function TopicForms({
  topic,
  seen,
  answer,
}: {
  readonly topic: Managed;
  /** How the topic stood when the forms were made. */
  readonly seen: string;
  readonly answer: Answer;
}) {
  const { t } = useTranslation("reference");
  const answerTo = (intent: string) => (answer?.typed["intent"] === intent ? answer : undefined);
  return (
    <div className="part">
      <Fold name="rename" seen={seen} title={t("topic.rename")} answer={answerTo("rename")}>
        {(own) => (
          <TextField
            name="title"
            label={t("topics.name")}
            value={topic.title}
            answer={own}
            maxLength={FIELDS.topic.title.longest}
            required
          />
        )}
      </Fold>
      <Fold name="ask" seen={seen} title={t("topic.ask")} answer={answerTo("ask")}>
        {(own) => (
          <TextField
            name="question"
            label={t("topics.question")}
            value={topic.question}
            answer={own}
            maxLength={FIELDS.topic.question.longest}
            required
          />
        )}
      </Fold>
      <Fold name="add-stance" seen={seen} title={t("topic.addStance")} answer={answerTo("add-stance")}>
        {(own) => (
          <TextField
            name="label"
            label={t("topic.stance")}
            answer={own}
            maxLength={FIELDS.stance.label.longest}
            required
          />
        )}
      </Fold>
      <Fold
        name="rename-stance"
        seen={seen}
        title={t("topic.renameStance")}
        answer={answerTo("rename-stance")}
      >
        {(own) => (
          <>
            <ChoiceField
              name="stance"
              label={t("topic.stance")}
              answer={own}
              choices={topic.scale.map(({ id, label }) => ({ value: id, label }))}
              required
            />
            <TextField
              name="label"
              label={t("topic.newName")}
              hint={t("topic.renameHint")}
              answer={own}
              maxLength={FIELDS.stance.label.longest}
              required
            />
          </>
        )}
      </Fold>
      <CloseForm
        isClosed={topic.closedAt !== null}
        seen={seen}
        answer={answerTo("close") ?? answerTo("reopen")}
      />
    </div>
  );
}

/** Nothing is typed into it: any form that its person sends makes it anew. */
function CloseForm(props: { readonly isClosed: boolean; readonly seen: string; readonly answer: Answer }) {
  const { isClosed, seen, answer } = props;
  const { key } = useLocation();
  const { t } = useTranslation("reference");
  return (
    <>
      <ErrorSummary answer={answer} />
      <Form method="post" key={key}>
        <SeenField seen={seen} />
        {isClosed ? (
          <Submit intent="reopen">{t("topic.reopen")}</Submit>
        ) : (
          <Submit intent="close">{t("topic.close")}</Submit>
        )}
      </Form>
    </>
  );
}

function Fold(props: {
  readonly name: "rename" | "ask" | "add-stance" | "rename-stance";
  readonly title: string;
  readonly seen: string;
  readonly answer: Answer;
  /** Its fields, with what the form was answered. */
  readonly children: (answer: Answer) => ReactNode;
}) {
  const { name, title, children } = props;
  const { answer, seen, sent, key, form: own } = useOwnForm(props.answer, props.seen);
  return (
    <details key={sent} open={answer !== undefined}>
      <summary>{title}</summary>
      <FieldScope name={name}>
        <Form method="post" className="form" key={key} {...own}>
          <ErrorSummary answer={answer} />
          <SeenField seen={seen} />
          {children(answer)}
          <p className="row">
            <Submit intent={name}>{title}</Submit>
          </p>
        </Form>
      </FieldScope>
    </details>
  );
}
