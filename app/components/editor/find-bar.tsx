/** Find in the text: places are drawn in it, this bar counts them and goes from one to the next. */
import { useEffect, useRef, useState } from "react";
import { Button, Input, SearchField } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { EditorFacts, TextEditorHandle } from "#collab/client/editor/editor-options.ts";
import { Icon } from "./saving-line.tsx";

type FindBarProps = {
  readonly handle: TextEditorHandle;
  readonly found: EditorFacts["found"];
  readonly close: () => void;
};

export function FindBar({ handle, found, close }: FindBarProps) {
  const { t } = useTranslation("editor");
  const [query, setQuery] = useState("");
  const field = useRef<HTMLInputElement | null>(null);
  useEffect(() => {
    field.current?.focus();
    return () => handle.find("");
  }, [handle]);
  const leave = (): void => {
    close();
    handle.focus();
  };
  const go = (command: "findNext" | "findPrevious"): void => {
    handle.run(command);
    field.current?.focus();
  };
  return (
    <search className="find-bar" aria-label={t("find.aria")}>
      <SearchField
        aria-label={t("find.field")}
        value={query}
        onChange={(next) => {
          setQuery(next);
          handle.find(next);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") go(event.shiftKey ? "findPrevious" : "findNext");
          if (event.key === "Escape") leave();
        }}
      >
        <Input ref={field} className="field" />
      </SearchField>
      <output className="cap num">
        {query === ""
          ? ""
          : found.count === 0
            ? t("find.none")
            : t("find.count", { current: found.current + 1, count: found.count })}
      </output>
      <Button
        className="btn turned"
        aria-label={t("find.previous")}
        isDisabled={found.count === 0}
        onPress={() => go("findPrevious")}
      >
        <Icon id="down" />
      </Button>
      <Button
        className="btn"
        aria-label={t("find.next")}
        isDisabled={found.count === 0}
        onPress={() => go("findNext")}
      >
        <Icon id="down" />
      </Button>
      <Button className="btn quiet" onPress={leave}>
        {t("find.close")}
      </Button>
    </search>
  );
}
