/** The agenda by subject, with its topics. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { OutlineShown } from "./load.ts";

export function OutlineTree({ items }: { readonly items: readonly OutlineShown[] }) {
  const { t } = useTranslation("reference");
  return (
    <section className="part outline-tree" aria-labelledby="outline">
      <h2 id="outline">{t("calendar.outline")}</h2>
      <p className="cap">{t("calendar.outlineUnder")}</p>
      <Branches items={items} />
    </section>
  );
}

function Branches({ items }: { readonly items: readonly OutlineShown[] }) {
  const { t } = useTranslation("reference");
  return (
    <ul>
      {items.map((item) => (
        <li key={item.number}>
          <div>
            <b>
              <bdi>{item.number}</bdi>
            </b>{" "}
            <bdi>{item.title}</bdi>
            {item.topics.length === 0 ? null : (
              <p className="entity-cloud cap">
                {item.topics.map(({ id, title }) => (
                  <Link key={id} to={`/topics/${id}`}>
                    <bdi>{title}</bdi>
                  </Link>
                ))}
              </p>
            )}
            {item.subjects.length === 0 ? null : (
              <p className="cap">
                {t("calendar.subjects", { subjects: item.subjects.join(t("chrome:comma")) })}
              </p>
            )}
          </div>
          {item.items.length === 0 ? null : <Branches items={item.items} />}
        </li>
      ))}
    </ul>
  );
}
