/** Where one is signed in: each login can be ended, alone or with all others. */
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Submit } from "#app/components/form.tsx";
import { useOwnZone } from "#app/components/own-zone.ts";
import { When } from "#app/components/when.tsx";

export type LoginInList = {
  readonly loginId: string;
  /** Signed in, and last seen. */
  readonly at: number;
  readonly seenAt: number;
  readonly isThis: boolean;
  /** What the browser says of itself, and what is known of it. */
  readonly device: string;
  readonly known: { readonly browser: string; readonly system: string } | null;
};

export function Logins({ logins }: { readonly logins: readonly LoginInList[] }) {
  const { t } = useTranslation("people");
  const zone = useOwnZone() ?? "UTC";
  const nameOf = ({ known, device }: LoginInList) =>
    known ? t("account.browserOn", known) : device === "" ? t("account.unknownBrowser") : device;
  return (
    <section className="sheet" aria-labelledby="logins">
      <h2 className="h2" id="logins">
        {t("account.logins")}
      </h2>
      <table className="tbl">
        <thead>
          <tr>
            <th>{t("account.device")}</th>
            <th>{t("account.since")}</th>
            <th>{t("account.seen")}</th>
            <th>
              <span className="vh">{t("account.signOut")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {logins.map((login) => (
            <tr key={login.loginId} aria-current={login.isThis ? "true" : undefined}>
              <td title={login.known ? login.device : undefined}>
                {nameOf(login)} {login.isThis ? <b>({t("account.this")})</b> : null}
              </td>
              <td>
                <When at={login.at} zone={zone} />
              </td>
              <td>{login.isThis ? t("account.now") : <When at={login.seenAt} zone={zone} />}</td>
              <td className="act">
                {login.isThis ? null : (
                  <Form method="post">
                    <Submit intent="end" quiet values={{ login: login.loginId }}>
                      {t("account.signOut")}
                      <span className="vh"> {nameOf(login)}</span>
                    </Submit>
                  </Form>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Form method="post" className="row acts">
        <Submit intent="everywhere">{t("account.everywhere")}</Submit>
      </Form>
    </section>
  );
}
