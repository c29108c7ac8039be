/** In place of an item that somebody took off while it was open here: who did, when, and what was typed, to be added anew. */
import { Form, Link } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { type Answer, ErrorSummary, FieldScope, Submit } from "#app/components/form.tsx";
import { useRefusals } from "#app/components/message.ts";
import { WroteBack } from "#app/components/typed-words.tsx";
import { useOpened } from "#app/components/use-opened.ts";
import { refuse } from "#app/rules/refusal.ts";
import { useSessionData } from "#app/routes/session/route.tsx";
import type { AgendaItemInList } from "#db/stores/agenda.ts";
import type { TakenOff } from "#db/stores/agenda-act.ts";
import { ItemFields, type Topics } from "./item-fields.tsx";
import { wordsIn } from "./open-items.ts";

export function GoneItem({
  gone,
  words,
  reason,
  answer,
  items,
  topics,
  isAdopted,
  keep,
  leave,
}: {
  readonly gone: TakenOff;
  /** What was typed in the form that edits it, by field; null: nothing. */
  readonly words: Readonly<Record<string, string>> | null;
  /** What was typed elsewhere: why it should be moved or taken off. */
  readonly reason: string;
  /** About this item. */
  readonly answer: Answer;
  readonly items: readonly AgendaItemInList[];
  readonly topics: Topics;
  readonly isAdopted: boolean;
  /** What is typed here from now on. */
  readonly keep: (words: Readonly<Record<string, string>>) => void;
  /** It is not needed here any more. */
  readonly leave: () => void;
}) {
  const { t } = useTranslation("session");
  const { say } = useRefusals();
  const { session } = useSessionData();
  const { id, item, by, at } = gone;
  const refusal = refuse("conflict", "item-taken-off", { values: { item, by, at, zone: session.timeZone } });
  const refused = answer?.typed["anew"] === id ? answer : undefined;
  const { taken, onSubmit } = useOpened(null, { isRefused: answer !== undefined });
  useEffect(() => {
    if (taken > 0) leave();
  }, [taken, leave]);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Whoever was typing in it has lost the place; whoever is elsewhere on the page stays there.
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (refused === undefined && (answer || isLost)) heading.current?.focus();
  }, [answer, refused]);
  const leaving = (
    <Link className="btn" to="." replace preventScrollReset onClick={leave}>
      {t("agenda.leaveOff")}
    </Link>
  );
  return (
    <section className="confirm" aria-labelledby={`gone-${id}`}>
      <div role="alert">
        <h2 className="h2" id={`gone-${id}`} tabIndex={-1} ref={heading}>
          {say(refusal)}
        </h2>
      </div>
      {reason === "" ? null : <WroteBack wrote={[reason]} />}
      {words === null ? (
        <p className="row">{leaving}</p>
      ) : (
        <Form
          method="post"
          className="form"
          onInput={({ currentTarget }) => keep(wordsIn(currentTarget))}
          onSubmit={onSubmit}
        >
          <p>{t("agenda.anewWhat")}</p>
          <FieldScope name={`anew-${id}`}>
            <ErrorSummary answer={refused} />
            <ItemFields
              items={items}
              topics={topics}
              answer={refused ?? { refusal, typed: words }}
              needsReason={isAdopted}
            />
          </FieldScope>
          <p className="row">
            <Submit intent="add" primary values={{ anew: id }}>
              {t("agenda.anew")}
            </Submit>
            {leaving}
          </p>
        </Form>
      )}
    </section>
  );
}
