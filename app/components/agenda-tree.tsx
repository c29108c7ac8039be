/** The agenda as a tree, as everybody sees it. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { type Branch, type ItemStatus, agendaTree } from "#app/rules/agenda.ts";
import { Icon } from "./icons.tsx";

export type AgendaRow = {
  readonly id: string;
  readonly parentId: string | null;
  readonly order: number;
  readonly number: string;
  readonly title: string;
  readonly status: ItemStatus;
  readonly statements: number;
};

export function AgendaTree({
  items,
  base,
  now,
}: {
  readonly items: readonly AgendaRow[];
  /** `/sessions/<id>` */
  readonly base: string;
  readonly now: string | null;
}) {
  return (
    <ol className="tree">
      {agendaTree(items).map((branch) => (
        <Row key={branch.item.id} branch={branch} base={base} now={now} />
      ))}
    </ol>
  );
}

function Row({
  branch,
  base,
  now,
}: {
  readonly branch: Branch<AgendaRow>;
  readonly base: string;
  readonly now: string | null;
}) {
  const { t } = useTranslation("session");
  const { item, children } = branch;
  const isNow = item.id === now;
  return (
    <li>
      <div className={isNow ? "r now" : "r"} aria-current={isNow ? "true" : undefined}>
        <b>
          <bdi>{item.number}</bdi>
        </b>
        <Link to={`${base}/agenda/${item.id}`}>{item.title}</Link>
        <span className="cap">
          {isNow ? (
            <>
              <Icon name="next" flip /> {t("home.now")}
            </>
          ) : (
            <>
              {item.status === "concluded" ? <Icon name="check" /> : null} {t(`agenda.state.${item.status}`)}
            </>
          )}
        </span>
      </div>
      {children.length > 0 ? (
        <ol>
          {children.map((child) => (
            <Row key={child.item.id} branch={child} base={base} now={now} />
          ))}
        </ol>
      ) : null}
    </li>
  );
}
