/** Chooses A and B. Without script the form's answer leads to the comparison. */
import { Form, useNavigate } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useVersionName, type VersionSummary } from "./version-list.tsx";

type ComparePickerProps = {
  /** Newest first. */
  readonly versions: readonly VersionSummary[];
  readonly live: boolean;
  readonly base: string;
};

export function ComparePicker({ versions, live, base }: ComparePickerProps) {
  const { t } = useTranslation("text");
  const nameOf = useVersionName();
  const navigate = useNavigate();
  const options = [
    ...(live ? [{ id: "live", name: t("versions.live") }] : []),
    ...versions.map((version) => ({ id: version.id, name: nameOf(version) })),
  ];
  const [a, setA] = useState(options[1]?.id ?? "");
  const [b, setB] = useState(options[0]?.id ?? "");
  if (options.length < 2) return null;
  const choose = (name: "a" | "b", value: string, set: (id: string) => void) => (
    <label className="f">
      <span>{t(name === "a" ? "versions.chooseA" : "versions.chooseB")}</span>
      <select name={name} value={value} onChange={(event) => set(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.name}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <section className="block" aria-labelledby="compare-two">
      <h2 id="compare-two" className="h2">
        {t("versions.choose")}
      </h2>
      <Form
        method="get"
        action={`${base}/compare/${a}/${b}`}
        className="row wrap pick-two"
        onSubmit={(event) => {
          event.preventDefault();
          navigate(`${base}/compare/${a}/${b}`);
        }}
      >
        {choose("a", a, setA)}
        {choose("b", b, setB)}
        <button className="btn">{t("versions.chooseSubmit")}</button>
      </Form>
    </section>
  );
}
