/** What is the viewer's own to do; what to do first where there is nothing. */
import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { KeptCount } from "#app/components/editor/kept-count.tsx";
import { Icon } from "#app/components/icons.tsx";
import { Code, Empty } from "#app/components/page.tsx";
import { When } from "#app/components/when.tsx";
import type { Loaded } from "./load.ts";
import { Title } from "./title.tsx";

type MineProps = { readonly mine: Loaded["mine"]; readonly base: string; readonly zone: string };

export function MinePart({ mine, base, zone }: MineProps) {
  const { t } = useTranslation("home");
  const { who, delegation, drafting, chair, people } = mine;
  const isNothing =
    !hasDelegationWork(delegation) && drafting.length === 0 && !hasChairWork(chair) && !hasPeopleWork(people);
  return (
    <section aria-labelledby="mine">
      <Title id="mine">{t("mine.title")}</Title>
      {who === "public" ? (
        <Empty act={{ to: `/sign-in?to=${encodeURIComponent(base)}`, label: t("chrome:nav.signIn") }}>
          {t("mine.public")}
        </Empty>
      ) : null}
      {who === "guest" ? <Empty>{t("mine.guest")}</Empty> : null}
      {who === "part" && isNothing ? <Nothing mine={mine} base={base} /> : null}
      <ul className="mine">
        <ChairLines chair={chair} base={base} />
        <DelegationLines delegation={delegation} base={base} zone={zone} />
        {drafting.map((text) => (
          <Line
            key={text.id}
            icon="pen"
            to={`${base}/texts/${text.id}`}
            label={t("mine.youDraft")}
            words={text.title}
          >
            {text.late > 0 ? (
              <Link to={`${base}/texts/${text.id}?panel=deleted`} className="late">
                <Icon name="alert" /> {t("mine.late", { count: text.late })}{" "}
                {text.lateMine > 0 ? t("mine.lateMine", { count: text.lateMine }) : null}
              </Link>
            ) : null}
            {text.locked > 0 ? <span className="cap">{t("mine.locked", { count: text.locked })}</span> : null}
            <KeptCount textId={text.id} to={`${base}/texts/${text.id}`} />
          </Line>
        ))}
        <PeopleLines people={people} base={base} />
      </ul>
    </section>
  );
}

function hasDelegationWork(delegation: Loaded["mine"]["delegation"]): boolean {
  if (delegation === null) return false;
  return delegation.draftCount + delegation.undelivered.length + delegation.askedCount > 0;
}

function hasChairWork(chair: Loaded["mine"]["chair"]): boolean {
  if (chair === null) return false;
  const isSet = chair.hasItems && chair.isAdopted && chair.hasNextMeeting && chair.takeUp === null;
  return !isSet || chair.announced.length + chair.toIssue.length > 0;
}

function hasPeopleWork(people: Loaded["mine"]["people"]): boolean {
  if (people === null) return false;
  const { headless, unseated, links } = people;
  return headless + (unseated ?? 0) + (links?.unused ?? 0) + (links?.over ?? 0) > 0;
}

/** Nothing waits: what could be begun. */
function Nothing({ mine, base }: Pick<MineProps, "mine" | "base">) {
  const { t } = useTranslation("home");
  if (mine.delegation?.writes) {
    return <Empty act={{ to: `${base}/drafts`, label: t("mine.begin") }}>{t("mine.nothingToWrite")}</Empty>;
  }
  if (mine.delegation) return <Empty>{t("mine.nothingToRead")}</Empty>;
  return <Empty>{t("mine.nothing")}</Empty>;
}

function Line({
  icon,
  to,
  label,
  words,
  children,
}: {
  readonly icon: string;
  readonly to: string;
  readonly label: ReactNode;
  readonly words?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <li>
      <Icon name={icon} />
      <div>
        {words === undefined ? (
          <Link to={to}>{label}</Link>
        ) : (
          <>
            <span className="cap">{label}</span> <Link to={to}>{words}</Link>
          </>
        )}
        {children}
      </div>
    </li>
  );
}

function ChairLines({ chair, base }: { readonly chair: Loaded["mine"]["chair"]; readonly base: string }) {
  const { t } = useTranslation("home");
  if (chair === null) return null;
  const agenda = `${base}/agenda`;
  return (
    <>
      {chair.hasItems ? null : <Line icon="list" to={agenda} label={t("mine.writeAgenda")} />}
      {chair.hasItems && !chair.isAdopted ? <Line icon="list" to={agenda} label={t("mine.adopt")} /> : null}
      {chair.takeUp === null ? null : (
        <Line
          icon="floor"
          to={`${agenda}/${chair.takeUp.id}`}
          label={t("mine.takeUp")}
          words={
            <>
              <bdi>{chair.takeUp.number}</bdi> {chair.takeUp.title}
            </>
          }
        />
      )}
      {chair.announced.map((one) => (
        <Line
          key={one.id}
          icon="quote"
          to={`${base}/statements/${one.id}`}
          label={t("mine.announced")}
          words={
            <>
              {one.entityName} <Code>{one.entityCode}</Code>
            </>
          }
        >
          <span className="cap" dir="auto">
            {one.title}
          </span>
        </Line>
      ))}
      {chair.toIssue.map((text) => (
        <Line
          key={text.id}
          icon="doc"
          to={`${base}/texts/${text.id}/versions`}
          label={text.newest === null ? t("mine.firstVersion") : t("mine.ahead", { version: text.newest })}
          words={text.title}
        />
      ))}
      {chair.hasNextMeeting ? null : <Line icon="watch" to="#meetings" label={t("mine.schedule")} />}
    </>
  );
}

function DelegationLines({
  delegation,
  base,
  zone,
}: {
  readonly delegation: Loaded["mine"]["delegation"];
  readonly base: string;
  readonly zone: string;
}) {
  const { t } = useTranslation("home");
  if (delegation === null) return null;
  const { releases, writes, drafts, draftCount, undelivered, asked, askedCount } = delegation;
  const fate = releases ? "mine.toRelease" : writes ? "mine.toWrite" : "mine.toRead";
  return (
    <>
      {drafts.map((draft) => (
        <Line
          key={draft.id}
          icon="private"
          to={`${base}/drafts/${draft.kind}s/${draft.id}`}
          label={t(fate, { kind: t(`mine.kind.${draft.kind}`) })}
          words={<span dir="auto">{draft.title}</span>}
        >
          <span className="cap">
            <bdi>{draft.editedByName}</bdi>
            {t("chrome:comma")}
            <When at={draft.editedAt} zone={zone} />
          </span>
        </Line>
      ))}
      {draftCount > drafts.length ? (
        <Line
          icon="private"
          to={`${base}/drafts`}
          label={t("mine.moreDrafts", { count: draftCount - drafts.length })}
        />
      ) : null}
      {undelivered.map((one) => (
        <Line
          key={one.id}
          icon="quote"
          to={`${base}/statements/${one.id}`}
          label={t("mine.notDelivered")}
          words={<span dir="auto">{one.title}</span>}
        />
      ))}
      {asked.map((one) => (
        <Line
          key={one.id}
          icon="hand"
          to={`${base}/positions/${one.id}`}
          label={t(releases ? "mine.asked" : "mine.askedHead")}
          words={one.topicTitle}
        />
      ))}
      {askedCount > asked.length ? (
        <Line
          icon="hand"
          to={`${base}/positions`}
          label={t("mine.moreAsked", { count: askedCount - asked.length })}
        />
      ) : null}
    </>
  );
}

function PeopleLines({ people, base }: { readonly people: Loaded["mine"]["people"]; readonly base: string }) {
  const { t } = useTranslation("home");
  if (people === null) return null;
  const { headless, unseated, links } = people;
  return (
    <>
      {headless === 0 ? null : (
        <Line icon="hand" to={`${base}/delegations`} label={t("mine.headless", { count: headless })} />
      )}
      {unseated === null || unseated === 0 ? null : (
        <Line icon="hand" to="/people" label={t("mine.unseated", { count: unseated })} />
      )}
      {links === null || links.unused === 0 ? null : (
        <Line icon="watch" to="/people" label={t("mine.linksUnused", { count: links.unused })} />
      )}
      {links === null || links.over === 0 ? null : (
        <Line icon="alert" to="/people" label={t("mine.linksOver", { count: links.over })} />
      )}
    </>
  );
}
