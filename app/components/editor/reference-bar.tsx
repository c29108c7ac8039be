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
  /**
   * Enter takes the option that is marked, else the first that is shown, as the arrow key and Enter would. The combo box
   * itself would empty the field whenever the mark had gone with a list that was made anew in that moment.
   */
  const pickShown = (event: KeyboardEvent): void => {
    const input = field.current;
    if (event.key !== "Enter" || event.target !== input) return;
    const marked = document.getElementById(input.getAttribute("aria-activedescendant") ?? "")?.dataset["key"];
    const isShown = ({ id, label, words }: (typeof paragraphs)[number]): boolean =>
      marked === undefined ? input.value !== "" && contains(`${label} ${words}`, input.value) : id === marked;
    const picked = paragraphs.find(isShown);
    if (!picked) return;
    event.preventDefault();
    event.stopPropagation();
    pick(picked.id);
  };
  return (
    <search className="find-bar" aria-label={t("reference.aria")} onKeyDownCapture={pickShown}>
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
