/** What is happening now: the meeting, the item under discussion, who spoke last, the texts that move. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Icon } from "#app/components/icons.tsx";
import { useItemNow } from "#app/components/now.tsx";
import { Code } from "#app/components/page.tsx";
import { When } from "#app/components/when.tsx";
import type { Loaded } from "./load.ts";
import { Title } from "./title.tsx";

export function NowPart({
  now,
  base,
  zone,
}: {
  readonly now: Loaded["now"];
  readonly base: string;
  readonly zone: string;
}) {
  const { t } = useTranslation("home");
  const item = useItemNow();
  const { sitting, lastDelivered, moving } = now;
  return (
    <section aria-labelledby="now">
      <Title id="now">{t("now.title")}</Title>
      {sitting === null ? (
        <p>{t("now.noMeeting")}</p>
      ) : (
        <p className="row-b wrap">
          <span className="mode" data-mode={sitting.mode}>
            {t("now.meeting", { number: sitting.number })} {t(`chrome:mode.${sitting.mode}`)}
          </span>
          <span className="cap">
            {t("now.until")} <When at={sitting.endsAt} zone={zone} form="time" />
            {sitting.room === "" ? null : (
              <>
                {t("chrome:comma")}
                <bdi>{sitting.room}</bdi>
              </>
            )}
          </span>
        </p>
      )}
      {item === null ? (
        <p className="cap">{t("now.noItem")}</p>
      ) : (
        <p className="now-item">
          <span className="label">{t("session:agenda.under")}</span>
          <Link to={`${base}/agenda/${item.id}`}>
            <Icon name="floor" /> <bdi>{item.number}</bdi> {item.title}
          </Link>
        </p>
      )}
      {lastDelivered === null ? null : (
        <p className="now-item">
          <span className="label">
            {t("now.spokeLast")} <When at={lastDelivered.deliveredAt} zone={zone} form="time" />
          </span>
          <Link to={`${base}/statements/${lastDelivered.id}`}>
            {lastDelivered.entityName} <Code>{lastDelivered.entityCode}</Code>
          </Link>
        </p>
      )}
      <h3 className="label">{t("now.moving")}</h3>
      {moving.length === 0 ? (
        <p className="cap">{t("now.nothingMoves")}</p>
      ) : (
        <ul className="lines-list">
          {moving.map((text) => (
            <li key={text.id}>
              <Link to={`${base}/texts/${text.id}`}>{text.title}</Link>{" "}
              <span className="cap">
                {text.moved === "issued" ? t("now.issued", { version: text.newest ?? "" }) : t("now.written")}{" "}
                <When at={text.movedAt} zone={zone} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
