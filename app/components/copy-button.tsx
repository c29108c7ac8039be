/** Copies words to the clipboard and says that it did. Without script the words beside it can be selected whole. */
import { useState } from "react";
import { useTranslation } from "react-i18next";

export function CopyButton({ words }: { readonly words: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard?.writeText(words).then(() => setCopied(true));
  };
  return (
    <button type="button" className="btn" onClick={copy} aria-live="polite">
      {copied ? t("form.copied") : t("form.copy")}
    </button>
  );
}
