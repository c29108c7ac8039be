/** What was added, and the links of those who were invited: shown this once. */
import { Link } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Added } from "#app/commands/add-delegations.ts";
import { CopyButton } from "#app/components/copy-button.tsx";
import { Icon } from "#app/components/icons.tsx";
import { useRefusals } from "#app/components/message.ts";
import { Code } from "#app/components/page.tsx";

export function AddedPart({ done, base }: { readonly done: Added; readonly base: string }) {
  const { t } = useTranslation("delegations");
  const { say } = useRefusals();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { added, seated, there, left, links, stopped } = done;
  return (
    <section className="sheet" aria-labelledby="added">
      <h2 className="h2" id="added" tabIndex={-1} ref={heading}>
        <Icon name={stopped === null ? "check" : "alert"} /> {t("added.title", { count: added })}
      </h2>
      {stopped === null ? null : (
        <p className="means" role="alert">
          {t("added.stopped")} {say(stopped)}
        </p>
      )}
      <ul className="counts">
        {seated === 0 ? null : <li>{t("added.seated", { count: seated })}</li>}
        {there === 0 ? null : <li>{t("added.there", { count: there })}</li>}
      </ul>
      {left.length === 0 ? null : (
        <p>
          {t("added.left")}{" "}
          {left.map((code) => (
            <Code key={code}>{code}</Code>
          ))}
        </p>
      )}
      {links.length === 0 ? null : (
        <>
          <h3 className="label">{t("added.links")}</h3>
          <p className="hint">{t("added.linksHint")}</p>
          <p className="row acts">
            <CopyButton
              words={links.map((one) => [one.code, one.name, one.email, one.address].join("\t")).join("\n")}
            />
          </p>
          <ul className="links-once">
            {links.map(({ code, name, email, address }) => (
              <li key={address}>
                <Code>{code}</Code> <bdi>{name}</bdi> <bdi className="cap">{email}</bdi>
                <p className="copyable" data-link>
                  {address}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="row acts">
        <Link className="btn primary" to={`${base}/delegations`}>
          {t("added.toList")}
        </Link>
      </p>
    </section>
  );
}
