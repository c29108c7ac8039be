/** The fields of a draft proposal: what its kind needs, and a small editor over the words of the paragraph. */
import { Form } from "@remix-run/react";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type Answer,
  ChoiceField,
  Choices,
  ErrorSummary,
  Submit,
  WordsField,
} from "#app/components/form.tsx";
import { Changed } from "#app/components/proposal/proposal-sheet.tsx";
import { Exceptions } from "#app/components/record/exceptions.tsx";
import { Ticks } from "#app/components/record/ticks.tsx";
import { useKeepTyped } from "#app/components/typed-words.tsx";
import { FIELDS } from "#app/rules/fields.ts";
import { NEEDS, PROPOSAL_KINDS, type ProposalKind } from "#app/rules/proposals.ts";
import type { ProposalValues } from "./form.ts";
import type { Ground } from "./load.ts";

type FormProps = {
  readonly ground: Ground;
  readonly values: ProposalValues;
  /** The edition that the fields show; null for a new draft. */
  readonly edition: number | null;
  /** Of a new draft: the delegation that it is written for, and what it is to take the place of. */
  readonly hidden: Readonly<Record<string, string>>;
  readonly answer: Answer;
  /** Both wordings, when a colleague was faster. */
  readonly both?: ReactNode;
};

/** Wordings that begin as the paragraph stands. */
const OVER: readonly ProposalKind[] = ["modify", "alternative"];

export function ProposalForm({ ground, values, edition, hidden, answer, both }: FormProps) {
  const { t } = useTranslation("proposals");
  const keepTyped = useKeepTyped(answer !== undefined);
  const typed = (name: "kind" | "paragraph" | "wording" | "group") => answer?.typed[name] ?? values[name];
  const [now, setNow] = useState(() => ({
    kind: kindOf(typed("kind")),
    paragraph: typed("paragraph"),
    wording: typed("wording"),
    group: typed("group"),
    // What the field of the wording was filled with.
    filled: typed("wording"),
  }));
  const said = (name: Exclude<keyof ProposalValues, "exceptions" | "sponsors" | "bridges">) => ({
    name,
    answer,
    value: values[name],
  });
  const ticked = (name: "sponsors" | "bridges") =>
    answer ? (answer.typed[name] ?? "").split("\n") : values[name];
  const wordsOf = (id: string) => ground.paragraphs.find((one) => one.id === id)?.words ?? "";
  const onInput = (event: FormEvent<HTMLFormElement>) => {
    keepTyped(event);
    const form = new FormData(event.currentTarget);
    const value = (name: string) => String(form.get(name) ?? "");
    setNow((before) => {
      const next = { kind: kindOf(value("kind")), paragraph: value("paragraph"), group: value("group") };
      const wording = form.has("wording") ? value("wording").replace(/\r\n?/g, "\n") : before.wording;
      const isOther = next.paragraph !== before.paragraph || next.kind !== before.kind;
      // Nobody has written in it yet: it follows what is chosen.
      const isUntouched = wording === "" || wording === wordsOf(before.paragraph);
      if (!isOther || !isUntouched) return { ...before, ...next, wording };
      const filled = OVER.includes(next.kind) ? wordsOf(next.paragraph) : "";
      return { ...next, wording: filled, filled };
    });
  };
  const needs = NEEDS[now.kind];
  const choices = ground.paragraphs.map(({ id, label, words }) => ({
    value: id,
    label: `${label} ${words.length > 80 ? `${words.slice(0, 80)}…` : words}`.trim(),
  }));
  const group = ground.groups.find(({ id }) => id === now.group);
  const standing = wordsOf(now.paragraph);
  return (
    <Form method="post" className="form sheet" noValidate onInput={onInput}>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="text" value={ground.text.id} />
      <ErrorSummary answer={answer} />
      {both}
      <Choices
        {...said("kind")}
        kind="one"
        label={t("draft.kind")}
        choices={PROPOSAL_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        chosen={[now.kind]}
        required
      />
      <ChoiceField
        {...said("version")}
        label={t("draft.version")}
        hint={t("draft.versionHint")}
        choices={[
          ...(ground.isLive ? [{ value: "", label: t("draft.live") }] : []),
          ...ground.versions.map(({ id, label }) => ({ value: id, label })),
        ]}
        required
      />
      {needs.paragraph === "never" ? null : (
        <ChoiceField
          {...said("paragraph")}
          label={t("draft.paragraph")}
          none={t(needs.paragraph === "maybe" ? "draft.noneChosen" : "draft.choose")}
          choices={choices}
          required={needs.paragraph === "must"}
        />
      )}
      {needs.place ? (
        <ChoiceField
          {...said("after")}
          label={t("draft.after")}
          none={t("beginning")}
          choices={choices}
          required
        />
      ) : null}
      {needs.wording ? (
        <div key={now.filled}>
          <WordsField
            name="wording"
            answer={answer && now.filled === answer.typed["wording"] ? answer : undefined}
            value={now.filled}
            label={t("draft.wording")}
            hint={t(OVER.includes(now.kind) ? "draft.wordingHint" : "draft.wordingHintNew")}
            lang={ground.text.language}
            maxLength={FIELDS.proposal.wording.longest}
            tall
            required
          />
        </div>
      ) : null}
      {now.kind === "modify" && standing !== "" && now.wording !== standing ? (
        <div className="f" aria-live="polite">
          <p className="label">{t("changed")}</p>
          <Changed before={standing} now={now.wording} language={ground.text.language} />
        </div>
      ) : null}
      {now.kind === "bridge" && ground.proposals.length > 0 ? (
        <Ticks
          name="bridges"
          legend={t("draft.bridges")}
          hint={t("draft.bridgesHint")}
          choices={ground.proposals}
          chosen={ticked("bridges")}
          answer={answer}
        />
      ) : null}
      <WordsField
        {...said("reason")}
        label={t("draft.reason")}
        hint={t("draft.reasonHint")}
        maxLength={FIELDS.proposal.reason.longest}
      />
      {ground.sponsors.length === 0 ? null : (
        <Ticks
          name="sponsors"
          legend={t("draft.sponsors")}
          hint={t("draft.sponsorsHint")}
          choices={ground.sponsors}
          chosen={ticked("sponsors")}
          answer={answer}
        />
      )}
      {ground.groups.length === 0 ? null : (
        <ChoiceField
          {...said("group")}
          label={t("record:draft.group")}
          hint={group ? undefined : t("draft.groupHint")}
          none={t("draft.own")}
          choices={ground.groups.map(({ id, code, name }) => ({
            value: id,
            label: t("record:draft.behalf", { group: `${name} (${code})` }),
          }))}
          required
        />
      )}
      {group ? <Exceptions key={group.id} group={group} chosen={values.exceptions} answer={answer} /> : null}
      <p className="row wrap">
        <Submit intent="save" primary values={edition === null ? {} : { edition: String(edition) }}>
          {edition === null ? t("record:draft.save") : t("record:draft.saveChanges")}
        </Submit>
      </p>
    </Form>
  );
}

function kindOf(value: string): ProposalKind {
  return PROPOSAL_KINDS.find((kind) => kind === value) ?? "modify";
}
