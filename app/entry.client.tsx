import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { TypedWords, makeTypedWords } from "#app/components/typed-words.tsx";
import { catalogue as english } from "#app/i18n/en/catalogue.ts";
import { type Catalogue, translatorWith } from "#app/i18n/translator.ts";
import type { Language } from "#app/rules/language.ts";

/** The words of the page that the server has sent; English comes with this file, other languages in files of their own. */
async function findWords(): Promise<readonly [Language, Catalogue]> {
  if (document.documentElement.lang !== "ar") return ["en", english];
  const { catalogue } = await import("#app/i18n/ar/catalogue.ts");
  return ["ar", catalogue];
}

const words = await findWords();
const typed = makeTypedWords();

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <I18nextProvider i18n={translatorWith(...words)}>
        <TypedWords.Provider value={typed}>
          <RemixBrowser />
        </TypedWords.Provider>
      </I18nextProvider>
    </StrictMode>,
  );
});
