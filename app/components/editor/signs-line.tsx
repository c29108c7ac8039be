/** Signs of square brackets that have no other end: how many, where the next is, and what makes a bracket of it. */
import { useTranslation } from "react-i18next";
import type { EditorFacts } from "#collab/client/editor/editor-options.ts";
import { Icon } from "./saving-line.tsx";

type SignsLineProps = {
  readonly signs: EditorFacts["signs"];
  readonly run: (command: "nextSign" | "pairSign") => void;
};

export function SignsLine({ signs, run }: SignsLineProps) {
  const { t } = useTranslation("editor");
  return (
    <p className="editor-line signs">
      <Icon id="bracketed" /> <span>{t("signs.count", { count: signs.count })}</span>{" "}
      <button type="button" className="btn" onClick={() => run("nextSign")}>
        {t("signs.next")}
      </button>{" "}
      {signs.isAt ? (
        <button type="button" className="btn" onClick={() => run("pairSign")}>
          {t("signs.pairThis")}
        </button>
      ) : null}
    </p>
  );
}
