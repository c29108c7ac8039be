/** The texts that the viewer may see, and the newest statements. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Code } from "#app/components/page.tsx";
import { When } from "#app/components/when.tsx";
import type { Loaded } from "./load.ts";
import { Title } from "./title.tsx";

export function NewestPart({
  texts,
  statements,
  base,
  zone,
}: Pick<Loaded, "texts" | "statements"> & { readonly base: string; readonly zone: string }) {
  const { t } = useTranslation("session");
  return (
    <>
      <Title id="texts" more={{ to: `${base}/texts`, label: t("chrome:nav.texts") }}>
        {t("home.texts")}
      </Title>
      {texts.length === 0 ? <p className="cap">{t("home.noTexts")}</p> : null}
      <table className="tbl">
        <tbody>
          {texts.map((text) => (
            <tr key={text.id}>
              <td>
                <bdi className="code">{text.symbol}</bdi>
                <br />
                <Link to={`${base}/texts/${text.id}`}>{text.title}</Link>
              </td>
              <td className="cap end">{text.newest}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Title id="statements" more={{ to: `${base}/statements`, label: t("home.allStatements") }}>
        {t("home.statements")}
      </Title>
      {statements.length === 0 ? <p className="cap">{t("home.noStatements")}</p> : null}
      <table className="tbl">
        <tbody>
          {statements.map((one) => (
            <tr key={one.id}>
              <td>
                <Link to={`${base}/statements/${one.id}`}>
                  <b>{one.entityName}</b> <Code>{one.entityCode}</Code>
                </Link>{" "}
                {one.groupCode ? <Code group>{one.groupCode}</Code> : null}
                <br />
                <span className="cap" dir="auto">
                  {one.title}
                </span>
              </td>
              <td className="cap end">
                <When at={one.releasedAt} zone={zone} form="time" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
