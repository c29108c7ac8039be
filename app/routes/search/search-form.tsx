/** What to look for, and where. A plain form: its answer has an address. */
import { Form } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { Icon } from "#app/components/icons.tsx";
import { LONGEST_QUERY, MOST_BEGINNINGS, MOST_WORDS, type QueryFault } from "#app/rules/search-query.ts";
import type { Asked } from "./parts.tsx";

/** What to do about a query that cannot be looked for; an empty one is none. */
function useFault(asked: Asked): string | null {
  const { t } = useTranslation("search");
  const { answer } = asked;
  if (answer.kind !== "refused" || answer.code === "search-empty") return null;
  return t(`fault.${answer.code}`, { most: mostOf(answer.code) });
}

function mostOf(code: QueryFault): number {
  if (code === "search-many") return MOST_WORDS;
  return code === "search-stars" ? MOST_BEGINNINGS : LONGEST_QUERY;
}

export function SearchForm({ asked }: { readonly asked: Asked }) {
  const { t } = useTranslation("search");
  const fault = useFault(asked);
  const [isLong, setLong] = useState(false);
  const wrong = isLong ? t("fault.search-long", { most: LONGEST_QUERY }) : fault;
  return (
    <Form
      method="get"
      role="search"
      className="search-form"
      reloadDocument
      // What is too long is not sent at all: it would come back in an address that nobody can use.
      onSubmit={(event) => {
        const words = new FormData(event.currentTarget).get("q");
        const long = typeof words === "string" && words.length > LONGEST_QUERY;
        setLong(long);
        if (long) event.preventDefault();
      }}
    >
      <div className="f">
        <label htmlFor="search-words">{t("field")}</label>
        <input
          type="search"
          id="search-words"
          name="q"
          className="field"
          defaultValue={asked.typed}
          aria-invalid={wrong === null ? undefined : true}
          aria-describedby={wrong === null ? undefined : "search-wrong"}
          aria-keyshortcuts="/"
          autoComplete="off"
          dir="auto"
        />
        {wrong === null ? null : (
          <span className="wrong" id="search-wrong" role="alert">
            <Icon name="alert" /> {wrong}
          </span>
        )}
      </div>
      <div className="f">
        <label htmlFor="search-session">{t("session")}</label>
        <select id="search-session" name="session" className="field" defaultValue={asked.sessionId ?? ""}>
          <option value="">{t("everySession")}</option>
          {asked.sessions.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </div>
      {asked.only === null ? null : <input type="hidden" name="kind" value={asked.only} />}
      <button type="submit" className="btn primary">
        {t("go")}
      </button>
    </Form>
  );
}
