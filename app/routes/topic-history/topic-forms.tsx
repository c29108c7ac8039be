/** With which the secretariat changes a topic. */
import { Form } from "@remix-run/react";
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
  const isClosed = topic.closedAt !== null;
  return (
    <div className="part">
      <Fold name="rename" seen={seen} title={t("topic.rename")} answer={answerTo("rename")}>
        <TextField
          name="title"
          label={t("topics.name")}
          value={topic.title}
          answer={answerTo("rename")}
          maxLength={FIELDS.topic.title.longest}
          required
        />
        <Press>
          <Submit intent="rename">{t("topic.rename")}</Submit>
        </Press>
      </Fold>
      <Fold name="ask" seen={seen} title={t("topic.ask")} answer={answerTo("ask")}>
        <TextField
          name="question"
          label={t("topics.question")}
          value={topic.question}
          answer={answerTo("ask")}
          maxLength={FIELDS.topic.question.longest}
          required
        />
        <Press>
          <Submit intent="ask">{t("topic.ask")}</Submit>
        </Press>
      </Fold>
      <Fold name="add-stance" seen={seen} title={t("topic.addStance")} answer={answerTo("add-stance")}>
        <TextField
          name="label"
          label={t("topic.stance")}
          answer={answerTo("add-stance")}
          maxLength={FIELDS.stance.label.longest}
          required
        />
        <Press>
          <Submit intent="add-stance">{t("topic.addStance")}</Submit>
        </Press>
      </Fold>
      <Fold
        name="rename-stance"
        seen={seen}
        title={t("topic.renameStance")}
        answer={answerTo("rename-stance")}
      >
        <ChoiceField
          name="stance"
          label={t("topic.stance")}
          answer={answerTo("rename-stance")}
          choices={topic.scale.map(({ id, label }) => ({ value: id, label }))}
          required
        />
        <TextField
          name="label"
          label={t("topic.newName")}
          hint={t("topic.renameHint")}
          answer={answerTo("rename-stance")}
          maxLength={FIELDS.stance.label.longest}
          required
        />
        <Press>
          <Submit intent="rename-stance">{t("topic.renameStance")}</Submit>
        </Press>
      </Fold>
      <ErrorSummary answer={answerTo("close") ?? answerTo("reopen")} />
      <Form method="post">
        <SeenField seen={seen} />
        {isClosed ? (
          <Submit intent="reopen">{t("topic.reopen")}</Submit>
        ) : (
          <Submit intent="close">{t("topic.close")}</Submit>
        )}
      </Form>
    </div>
  );
}

function Fold(props: {
  readonly name: string;
  readonly title: string;
  readonly seen: string;
  readonly answer: Answer;
  readonly children: ReactNode;
}) {
  const { name, title, seen, answer, children } = props;
  return (
    <details open={answer !== undefined}>
      <summary>{title}</summary>
      <FieldScope name={name}>
        <Form method="post" className="form">
          <ErrorSummary answer={answer} />
          <SeenField seen={seen} />
          {children}
        </Form>
      </FieldScope>
    </details>
  );
}

function Press({ children }: { readonly children: ReactNode }) {
  return <p className="row">{children}</p>;
}
