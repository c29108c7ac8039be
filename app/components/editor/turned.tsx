/** Widgets open and take arrow keys in the direction of the interface, not of the browser's own language. */
import { type FunctionComponent, memo } from "react";
import { I18nProvider } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { localeFor } from "#app/i18n/locale.ts";

export function turned<Props extends object>(Part: FunctionComponent<Props>) {
  return memo(function Turned(props: Props) {
    const { i18n } = useTranslation();
    return (
      <I18nProvider locale={localeFor(i18n.language)}>
        <Part {...props} />
      </I18nProvider>
    );
  });
}
