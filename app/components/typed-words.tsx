/**
 * What somebody types into a form and has not saved, for the page that stands in its place when the thing is not theirs
 * any more: in this tab's memory alone, and only fields that they changed.
 */
import { useLocation, useRouteLoaderData } from "@remix-run/react";
import { type FormEvent, createContext, useContext, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "#app/components/editor/saving-line.tsx";

/** Of one form at a time: the login with the page, and what was typed by field. */
type Box = {
  /** `words` null: they are as they were. */
  keep(where: string, field: string, words: string | null): void;
  list(where: string): readonly string[];
  forget(): void;
};

/** Of one tab. */
export function makeTypedWords(): Box {
  let typed: { readonly where: string; readonly words: Map<string, string> } | null = null;
  return {
    keep(where, field, words) {
      if (typed?.where !== where) typed = { where, words: new Map() };
      if (words === null) typed.words.delete(field);
      else typed.words.set(field, words);
    },
    list: (where) => (typed?.where === where ? [...typed.words.values()] : []),
    forget() {
      typed = null;
    },
  };
}

/**
 * Stands around the whole page, in the browser alone, and outlives the form. On the server, where nothing is typed, there
 * is none.
 */
export const TypedWords = createContext<Box | null>(null);

function useWhere(): string {
  const { pathname } = useLocation();
  const root = useRouteLoaderData<() => Promise<{ readonly who: string }>>("root");
  return `${root?.who ?? ""} ${pathname}`;
}

/** For the `onInput` of a form. `isAnswered`: it was refused, and what is in it has not been saved. */
export function useKeepTyped(isAnswered: boolean): (event: FormEvent<HTMLFormElement>) => void {
  const where = useWhere();
  const box = useContext(TypedWords);
  // Of the form as it was made: one that is made anew without an answer has nothing unsaved.
  const began = useRef(isAnswered);
  useEffect(() => {
    if (!began.current) box?.forget();
  }, [box]);
  return ({ target }) => {
    const isText =
      target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === "text");
    if (!isText || target.name === "") return;
    box?.keep(where, target.name, target.value === target.defaultValue ? null : target.value);
  };
}

/** Words to copy, on the page of what is not there: those that came back with a form, else those typed here. */
export function WroteBack({ wrote }: { readonly wrote: readonly string[] | undefined }) {
  const { t } = useTranslation("errors");
  const where = useWhere();
  const box = useContext(TypedWords);
  // On the server, and in a page that was just loaded, nothing has been typed.
  const [kept] = useState(() => box?.list(where) ?? []);
  useEffect(() => () => box?.forget(), [box]);
  // The same words in two fields are to be copied once.
  const words = [...new Set(wrote ?? kept)].filter((one) => one.trim() !== "");
  if (words.length === 0) return null;
  return (
    <section className="form sheet" aria-labelledby="wrote">
      <h2 className="h2" id="wrote">
        {t("wroteTitle")}
      </h2>
      <p>{t("wroteWhat")}</p>
      {words.map((one) => (
        <div className="f" key={one}>
          <textarea
            readOnly
            dir="auto"
            rows={Math.min(12, Math.ceil(one.length / 60) + 1)}
            aria-labelledby="wrote"
            defaultValue={one}
          />
        </div>
      ))}
      <p className="row">
        <CopyButton words={() => words.join("\n\n")} name={t("wroteCopy")} />
      </p>
    </section>
  );
}
