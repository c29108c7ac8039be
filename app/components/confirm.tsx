/** Asks once more before a grave act, in words: what will happen, and who will see it. Works without script. */
import { Form, Link } from "@remix-run/react";
import { type ReactNode, useEffect, useRef } from "react";
import { type Answer, ErrorSummary, Submit } from "./form.tsx";

type ConfirmProps = {
  readonly title: string;
  /** Sentences. */
  readonly says: readonly string[];
  /** The act, with what it is about. */
  readonly intent: string;
  readonly values: Readonly<Record<string, string>>;
  /** Null once it cannot be done any more: what was typed stays, to be copied. */
  readonly yes: string | null;
  /** Nothing is done; Escape does the same. */
  readonly no: string;
  readonly back: string;
  /** After "no", for whoever came by keyboard: the element that asked. */
  readonly asked?: string;
  readonly answer: Answer;
  /** Exactly what it is about. */
  readonly children?: ReactNode;
  /** What has to be typed before. */
  readonly fields?: ReactNode;
};

export function Confirm(props: ConfirmProps) {
  const { title, says, intent, values, yes, no, back, asked, answer, children, fields } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  const cancel = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    heading.current?.focus();
    const leave = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) cancel.current?.click();
    };
    document.addEventListener("keydown", leave);
    return () => document.removeEventListener("keydown", leave);
  }, []);
  return (
    <section className="confirm" aria-labelledby="confirm-title">
      <ErrorSummary answer={answer} />
      <h2 className="h2" id="confirm-title" tabIndex={-1} ref={heading}>
        {title}
      </h2>
      {says.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {children ? <div className="what">{children}</div> : null}
      <Form method="post" className="row wrap" replace>
        {fields}
        {yes === null ? null : (
          <Submit intent={intent} primary values={values}>
            {yes}
          </Submit>
        )}
        <Link
          className="btn"
          to={back}
          ref={cancel}
          preventScrollReset
          onClick={() => {
            if (asked) document.getElementById(asked)?.focus();
          }}
        >
          {no}
        </Link>
      </Form>
    </section>
  );
}
