/** Which paragraph is referred to: picked by its label or its first words. */
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Button, ComboBox, Input, ListBox, ListBoxItem, Popover, useFilter } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { TextEditorHandle } from "#collab/client/editor/editor-options.ts";

type ReferenceBarProps = { readonly handle: TextEditorHandle; readonly close: () => void };

export function ReferenceBar({ handle, close }: ReferenceBarProps) {
  const { t } = useTranslation("editor");
  const [paragraphs] = useState(() => [...handle.referable()]);
  const field = useRef<HTMLInputElement | null>(null);
  useEffect(() => field.current?.focus(), []);
  const leave = (): void => {
    close();
    handle.focus();
  };
  const pick = (id: string): void => {
    close();
    handle.refer(id);
  };
  const { contains } = useFilter({ sensitivity: "base" });
  /** Enter before any option is marked takes the first that is shown, as the arrow key and Enter would. */
  const pickFirst = (event: KeyboardEvent): void => {
    const input = field.current;
    if (event.key !== "Enter" || event.target !== input || input.value === "") return;
    if (input.getAttribute("aria-activedescendant")) return;
    const first = paragraphs.find(({ label, words }) => contains(`${label} ${words}`, input.value));
    if (!first) return;
    event.preventDefault();
    event.stopPropagation();
    pick(first.id);
  };
  return (
    <search className="find-bar" aria-label={t("reference.aria")} onKeyDownCapture={pickFirst}>
      <ComboBox
        aria-label={t("reference.field")}
        menuTrigger="focus"
        defaultItems={paragraphs}
        onSelectionChange={(key) => {
          if (typeof key === "string") pick(key);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") leave();
        }}
      >
        <Input ref={field} className="field" placeholder={t("reference.hint")} />
        <Popover className="tool-pop">
          <ListBox className="tool-menu" renderEmptyState={() => <p>{t("reference.none")}</p>}>
            {({ id, label, words }: (typeof paragraphs)[number]) => (
              <ListBoxItem id={id} textValue={`${label} ${words}`}>
                <bdi>{label}</bdi> <span className="cap">{words}</span>
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
      <Button className="btn quiet" onPress={leave}>
        {t("reference.close")}
      </Button>
    </search>
  );
}
