/** Groups of States and organizations, by kind, with how many belong to each today. */
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Live } from "#app/components/live.tsx";
import { Code, Empty, PageHead } from "#app/components/page.tsx";
import { MemberCount } from "#app/components/reference/member-count.tsx";
import { SiteBar } from "#app/components/site-bar.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { nameIn } from "#app/rules/language.ts";
import { may } from "#app/rules/permissions.ts";
import { dayAt } from "#app/rules/positions.ts";
import { memberCounts } from "#app/rules/reference.ts";
import { refusalResponse } from "#app/routes/answers.ts";
import { listMemberCounts, listGroups } from "#db/stores/group.ts";

/** In the order of the page; whatever else there is comes last. */
const kinds = ["regional", "integration", "negotiating", "other"] as const;

export async function loader({ context }: LoaderFunctionArgs) {
  const allowed = may("readReference", context.viewer, { kind: "installation" });
  if (allowed !== true) throw refusalResponse(allowed);
  const db = context.db.read;
  // An exercise says of itself that every State in it is invented.
  const groups = (await listGroups(db, { exercise: context.mode === "exercise" })).toSorted((a, b) =>
    a.names.en.localeCompare(b.names.en, "en"),
  );
  const counts = await listMemberCounts(db, dayAt(context.now(), "UTC"));
  return {
    groups: groups.map(({ id, kind, code, names, verified, otherMembers }) => ({
      id,
      kind: kinds.find((one) => one === kind) ?? ("other" as const),
      code,
      name: nameIn(names, context.language),
      verified,
      counts: memberCounts(
        counts.filter(({ groupId }) => groupId === id).map(({ role, members }) => ({ role, count: members })),
        otherMembers?.length ?? 0,
      ),
    })),
  };
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.groups");

export default function Groups() {
  const { groups } = useLoaderData<typeof loader>();
  const { t } = useTranslation("reference");
  return (
    <>
      <Live topics={["reference"]} />
      <SiteBar />
      <main className="page" id="content">
        <PageHead title={t("groups.title")} under={t("groups.under")} />
        {groups.length === 0 ? <Empty>{t("groups.none")}</Empty> : null}
        {kinds.map((kind) => {
          const those = groups.filter((group) => group.kind === kind);
          if (those.length === 0) return null;
          return (
            <section key={kind} className="part" aria-labelledby={`kind-${kind}`}>
              <h2 id={`kind-${kind}`}>{t(`groups.kind.${kind}`)}</h2>
              <ul className="entry-list">
                {those.map((group) => (
                  <li key={group.id}>
                    <Link to={`/groups/${group.id}`}>
                      <b>{group.name}</b> <Code group>{group.code}</Code>
                    </Link>
                    <span className="cap">
                      <MemberCount counts={group.counts} />
                      {group.verified === null
                        ? ""
                        : t("chrome:comma") + t(group.verified ? "groups.verified" : "groups.unverified")}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </main>
    </>
  );
}
