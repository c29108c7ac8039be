/** What stands around the editor and is loaded with it: widgets that those who only read need nothing of. */
import { createElement, type FunctionComponent, memo } from "react";
import { I18nProvider } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { localeFor } from "#app/i18n/locale.ts";
import { FindBar } from "./find-bar.tsx";
import { KeyList } from "./key-list.tsx";
import { EditorTools } from "./toolbar.tsx";

/** Widgets open and take arrow keys in the direction of the interface, not of the browser's own language. */
function turned<Props extends object>(part: FunctionComponent<Props>) {
  return memo(function Turned(props: Props) {
    const { i18n } = useTranslation();
    const children = createElement(part, props);
    return createElement(I18nProvider, { locale: localeFor(i18n.language), children });
  });
}

export const parts = {
  EditorTools: turned(EditorTools),
  FindBar: turned(FindBar),
  KeyList: turned(KeyList),
};
export type EditorParts = typeof parts;
