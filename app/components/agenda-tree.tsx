/** The agenda as a tree, as everybody sees it. */
import { useTranslation } from "#app/i18n/use-translation.ts";
import { type Branch, type ItemStatus, agendaTree } from "#app/rules/agenda.ts";
import { Icon } from "./icons.tsx";
import { useItemNow, useItemStatus } from "./now.tsx";
import { PlainLink } from "./plain-link.tsx";

export type AgendaRow = {
  readonly id: string;
  readonly parentId: string | null;
  readonly order: number;
  readonly number: string;
  readonly title: string;
  readonly status: ItemStatus;
  readonly statusAt: number;
  readonly statements: number;
  readonly documents: number;
};

export function AgendaTree({
  items,
  base,
}: {
  readonly items: readonly AgendaRow[];
  /** `/sessions/<id>` */
  readonly base: string;
}) {
  return (
    <ol className="tree">
      {agendaTree(items).map((branch, at) => (
        <Row key={branch.item.id} branch={branch} base={base} isFirst={at === 0} />
      ))}
    </ol>
  );
}

function Row({
  branch,
  base,
  isFirst = false,
}: {
  readonly branch: Branch<AgendaRow>;
  readonly base: string;
  /** Of the whole tree. */
  readonly isFirst?: boolean;
}) {
  const { item, children } = branch;
  const isNow = useItemNow()?.id === item.id;
  return (
    <li>
      <div className={isNow ? "r now" : "r"} aria-current={isNow ? "true" : undefined}>
        <b>
          <bdi>{item.number}</bdi>
        </b>
        <span>
          <PlainLink to={`${base}/agenda/${item.id}`} discover={isFirst}>
            {item.title}
          </PlainLink>{" "}
          <Under statements={item.statements} documents={item.documents} />
        </span>
        <ItemState item={item} />
      </div>
      {children.length > 0 ? (
        <ol>
          {children.map((child) => (
            <Row key={child.item.id} branch={child} base={base} />
          ))}
        </ol>
      ) : null}
    </li>
  );
}

/** How much stands under an item, where anything does. */
function Under({ statements, documents }: { readonly statements: number; readonly documents: number }) {
  const { t } = useTranslation("session");
  if (statements + documents === 0) return null;
  const counted = [
    documents > 0 ? t("agenda.documents", { count: documents }) : "",
    statements > 0 ? t("agenda.statements", { count: statements }) : "",
  ];
  return <span className="cap">{counted.filter((words) => words !== "").join(t("chrome:comma"))}</span>;
}

/** Where it stands at this moment. */
function ItemState({
  item,
}: {
  readonly item: { readonly id: string; readonly status: ItemStatus; readonly statusAt: number };
}) {
  const { t } = useTranslation("session");
  const isNow = useItemNow()?.id === item.id;
  const { status } = useItemStatus(item.id, item);
  if (isNow) {
    return (
      <span className="cap">
        <Icon name="floor" flip /> {t("home.now")}
      </span>
    );
  }
  return (
    <span className="cap">
      {status === "concluded" ? <Icon name="check" /> : null} {t(`agenda.state.${status}`)}
    </span>
  );
}
