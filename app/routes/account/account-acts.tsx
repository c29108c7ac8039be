/** Beside the list of logins: what was done to the account, so that its person notices what they did not do. */
import { useTranslation } from "react-i18next";
import { useOwnZone } from "#app/components/own-zone.ts";
import { When } from "#app/components/when.tsx";
import type { AccountAct } from "./acts.ts";

export function AccountActs({ acts }: { readonly acts: readonly AccountAct[] }) {
  const { t } = useTranslation("people");
  const zone = useOwnZone() ?? "UTC";
  if (acts.length === 0) return null;
  return (
    <section className="sheet" aria-labelledby="account-acts">
      <h2 className="h2" id="account-acts">
        {t("account.acts")}
      </h2>
      <ul className="tree">
        {acts.map(({ seq, act, at, left }) => (
          <li key={seq}>
            <div className="topic-row">
              <span>
                {left === null ? t(`account.act.${act}`) : t("account.usedRecovery", { count: left })}
              </span>
              <span className="cap">
                <When at={at} zone={zone} />
              </span>
            </div>
          </li>
        ))}
      </ul>
      <p className="cap">{t("account.actsWords")}</p>
    </section>
  );
}
