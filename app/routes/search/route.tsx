/** Search over everything that the viewer may read. */
import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { Empty, PageHead } from "#app/components/page.tsx";
import { SiteBar } from "#app/components/site-bar.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { may } from "#app/rules/permissions.ts";
import { statusOf } from "#app/rules/refusal.ts";
import { refusalResponse } from "#app/routes/answers.ts";
import { HitList } from "./hit-list.tsx";
import { loadSearch } from "./load.ts";
import { KindTabs, NothingFound, PageLinks, SearchHelp, addressOf } from "./parts.tsx";
import { SearchForm } from "./search-form.tsx";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const allowed = may("search", context.viewer, { kind: "installation" });
  if (allowed !== true) throw refusalResponse(allowed);
  const loaded = await loadSearch(context, new URL(request.url).searchParams);
  const isPublic = context.viewer.kind === "public";
  return data(
    { ...loaded, isPublic },
    { status: loaded.answer.kind === "refused" ? statusOf("invalid") : 200 },
  );
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.search");

export default function SearchPage() {
  const asked = useLoaderData<typeof loader>();
  const { answer, isPublic } = asked;
  const { t } = useTranslation("search");
  return (
    <>
      <SiteBar />
      <main className="page search-page" id="content">
        <PageHead title={t("title")} under={t("under")} />
        <SearchForm key={`${asked.typed} ${asked.sessionId}`} asked={asked} />
        {answer.kind === "found" ? (
          <>
            <KindTabs asked={asked} answer={answer} />
            {answer.parts.every(({ hits }) => hits.length === 0) ? (
              <NothingFound asked={asked} isPublic={isPublic} />
            ) : (
              answer.parts.map(({ of, hits }) => (
                <section key={of} className="part" aria-labelledby={`of-${of}`}>
                  <div className="part-head">
                    <h2 id={`of-${of}`}>{t(`kind.${of}`)}</h2>
                    {asked.only === null && answer.counts[of].count > hits.length ? (
                      <Link className="cap" to={addressOf(asked, { kind: of })}>
                        {t("showAll", { kind: t(`kind.${of}`) })}{" "}
                        <span className="count">{answer.counts[of].count}</span>
                      </Link>
                    ) : null}
                  </div>
                  <HitList hits={hits} />
                </section>
              ))
            )}
            <PageLinks asked={asked} answer={answer} />
          </>
        ) : null}
        {answer.kind === "nothing-asked" ? <Empty>{t("nothingAsked")}</Empty> : null}
        <SearchHelp isOpen={answer.kind !== "found"} />
      </main>
    </>
  );
}
