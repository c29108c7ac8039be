/** Pieces of forms. They work without script; with it, a press is answered at once and a second press is ignored. */
import { useNavigation } from "@remix-run/react";
import { type ReactNode, createContext, useContext, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Refusal } from "#app/rules/refusal.ts";
import { Icon } from "./icons.tsx";
import { useRefusals } from "./message.ts";

const Scope = createContext("");

/** For a page with several forms of the same fields: `name` tells the fields inside from the others. */
export function FieldScope({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return <Scope.Provider value={`${name}-`}>{children}</Scope.Provider>;
}

/** What an action gives back when it took nothing: see `formAnswer`. */
export type Answer =
  | { readonly refusal: Refusal; readonly typed: Readonly<Record<string, string>> }
  | undefined;

type SummaryProps = {
  readonly answer: Answer;
  /** What became of what was typed, where it is not kept as it is; null says nothing of it. */
  readonly note?: string | null;
};

/** On top of a form that was not taken: takes focus, says what to do, links to the fields. */
export function ErrorSummary({ answer, note }: SummaryProps) {
  const { t } = useTranslation();
  const { say, sayField } = useRefusals();
  const scope = useContext(Scope);
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (answer) summary.current?.focus();
  }, [answer]);
  if (!answer) return null;
  const fields = Object.entries(answer.refusal.fields ?? {});
  return (
    <div className="summary" role="alert" tabIndex={-1} ref={summary}>
      <h2>
        <Icon name="alert" /> {fields.length > 0 ? t("form.summary") : say(answer.refusal)}
      </h2>
      {fields.length > 0 ? (
        <ul>
          {fields.map(([name, code]) => (
            <li key={name}>
              <a href={`#f-${scope}${name}`}>{sayField(code, answer.refusal.values)}</a>
            </li>
          ))}
        </ul>
      ) : null}
      {note === null ? null : <p className="cap">{note ?? t("form.nothingSent")}</p>}
    </div>
  );
}

type FieldProps = {
  readonly name: string;
  readonly label: string;
  readonly answer?: Answer;
  readonly hint?: string;
  readonly required?: boolean;
  /** What stood here before anything was typed. */
  readonly value?: string;
};

/** `now`: what is wrong with it since the form was answered. */
function useField({ name, answer, hint, value = "" }: FieldProps, now?: string) {
  const { sayField } = useRefusals();
  const scope = useContext(Scope);
  const code = now ?? answer?.refusal.fields?.[name];
  const wrong = code === undefined ? null : sayField(code, answer?.refusal.values);
  const described = [hint ? `h-${scope}${name}` : "", wrong ? `w-${scope}${name}` : ""]
    .filter(Boolean)
    .join(" ");
  return {
    wrong,
    attributes: {
      id: `f-${scope}${name}`,
      name,
      defaultValue: answer?.typed[name] ?? value,
      "aria-invalid": wrong ? true : undefined,
      "aria-describedby": described === "" ? undefined : described,
    },
  };
}

function Frame({
  name,
  label,
  hint,
  required,
  wrong,
  isNews = false,
  children,
}: FieldProps & {
  readonly wrong: string | null;
  /** It is said while somebody fills the form in. */
  readonly isNews?: boolean;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const scope = useContext(Scope);
  return (
    <div className="f">
      <label htmlFor={`f-${scope}${name}`}>
        {label} {required ? null : <span className="cap">({t("form.optional")})</span>}
      </label>
      {hint ? (
        <span className="hint" id={`h-${scope}${name}`}>
          {hint}
        </span>
      ) : null}
      {children}
      {wrong ? (
        <span className="wrong" id={`w-${scope}${name}`} role={isNews ? "alert" : undefined}>
          <Icon name="alert" /> {wrong}
        </span>
      ) : null}
    </div>
  );
}

export function TextField(
  props: FieldProps & {
    readonly type?: "text" | "email" | "password" | "date" | "url" | "datetime-local" | "number";
    readonly autoComplete?: string;
    readonly maxLength?: number;
    readonly list?: readonly string[];
  },
) {
  const { wrong, attributes } = useField(props);
  const listId = useId();
  const { type = "text", required, autoComplete, maxLength, list } = props;
  return (
    <Frame {...props} wrong={wrong}>
      <input
        {...attributes}
        type={type}
        required={required}
        autoComplete={autoComplete ?? "off"}
        dir={type === "text" || type === "email" || type === "url" ? "auto" : undefined}
        maxLength={maxLength}
        list={list ? listId : undefined}
        defaultValue={type === "password" ? undefined : attributes.defaultValue}
      />
      {list ? (
        <datalist id={listId}>
          {list.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </datalist>
      ) : null}
    </Frame>
  );
}

export function WordsField(
  props: FieldProps & { readonly tall?: boolean; readonly maxLength?: number; readonly lang?: string },
) {
  const { wrong, attributes } = useField(props);
  return (
    <Frame {...props} wrong={wrong}>
      <textarea
        {...attributes}
        className={props.tall ? "tall" : undefined}
        required={props.required}
        maxLength={props.maxLength}
        lang={props.lang}
        dir="auto"
      />
    </Frame>
  );
}

/** Browsers forget a chosen file when a form comes back: it is chosen again. */
/** A file that is too large is not even sent, where there is script: the server would not read the rest of the form. */
export function FileField(
  props: FieldProps & {
    readonly accept: string;
    /** Bytes, and the message code for what is larger. */
    readonly most?: { readonly bytes: number; readonly code: string };
  },
) {
  const { most, accept, required } = props;
  const [isTooLarge, setTooLarge] = useState(false);
  const now = isTooLarge ? most?.code : undefined;
  const { wrong, attributes } = useField(props, now);
  const { defaultValue: _typed, ...bare } = attributes;
  const look = (input: HTMLInputElement) => {
    const isLarger = most !== undefined && (input.files?.[0]?.size ?? 0) > most.bytes;
    setTooLarge(isLarger);
    if (isLarger) input.value = "";
  };
  return (
    <Frame {...props} wrong={wrong} isNews={isTooLarge}>
      <input
        {...bare}
        type="file"
        accept={accept}
        required={required}
        onChange={({ currentTarget }) => look(currentTarget)}
      />
    </Frame>
  );
}

export type Choice = { readonly value: string; readonly label: string };

export function ChoiceField(
  props: FieldProps & { readonly choices: readonly Choice[]; readonly none?: string },
) {
  const { wrong, attributes } = useField(props);
  return (
    <Frame {...props} wrong={wrong}>
      <select {...attributes} required={props.required}>
        {props.none === undefined ? null : <option value="">{props.none}</option>}
        {props.choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </Frame>
  );
}

/** One or several of a few, all in view. */
export function Choices(
  props: FieldProps & {
    readonly choices: readonly Choice[];
    readonly kind: "one" | "several";
    readonly chosen?: readonly string[];
  },
) {
  const { sayField } = useRefusals();
  const { name, label, hint, answer, choices, kind, chosen = [], required } = props;
  const scope = useContext(Scope);
  const code = answer?.refusal.fields?.[name];
  // Of several, `typed` has one in a line.
  const isChosen = (value: string) => (answer?.typed[name]?.split("\n") ?? chosen).includes(value);
  return (
    <fieldset className="f" id={`f-${scope}${name}`} tabIndex={-1}>
      <legend>{label}</legend>
      {hint ? <span className="hint">{hint}</span> : null}
      {choices.map(({ value, label: words }) => (
        <label key={value} className="choice">
          <input
            type={kind === "one" ? "radio" : "checkbox"}
            name={name}
            value={value}
            required={kind === "one" ? required : undefined}
            defaultChecked={isChosen(value)}
          />
          <span>{words}</span>
        </label>
      ))}
      {code ? (
        <span className="wrong">
          <Icon name="alert" /> {sayField(code, answer?.refusal.values)}
        </span>
      ) : null}
    </fieldset>
  );
}

/** The button of a form. While it is sent it keeps its width, says so, and ignores a second press. */
export function Submit({
  intent,
  children,
  primary,
  quiet,
  values,
}: {
  readonly intent?: string;
  readonly children: ReactNode;
  readonly primary?: boolean;
  readonly quiet?: boolean;
  /** Hidden values that go with it. */
  readonly values?: Readonly<Record<string, string>>;
}) {
  const navigation = useNavigation();
  const isSent =
    navigation.state !== "idle" &&
    navigation.formData?.get("intent") === (intent ?? null) &&
    Object.entries(values ?? {}).every(([name, value]) => navigation.formData?.get(name) === value);
  return (
    <>
      {Object.entries(values ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button
        type="submit"
        name={intent === undefined ? undefined : "intent"}
        value={intent}
        className={`btn${primary ? " primary" : ""}${quiet ? " quiet" : ""}`}
        aria-busy={isSent ? true : undefined}
        onClick={isSent ? (event) => event.preventDefault() : undefined}
      >
        {children}
      </button>
    </>
  );
}
