/** Hits: what it is called, whose, when, and the passage in its own language and direction. */
import { useTranslation } from "#app/i18n/use-translation.ts";
import { Icon } from "#app/components/icons.tsx";
import { Pieces } from "#app/components/marks.tsx";
import { Code } from "#app/components/page.tsx";
import { PlainDay } from "#app/components/record/plain-day.tsx";
import { ReadingLabel } from "#app/components/record/source.tsx";
import { When } from "#app/components/when.tsx";
import { directionOf } from "#app/rules/statements.ts";
import type { Hit, HitMark } from "./hit.ts";

export function HitList({ hits }: { readonly hits: readonly Hit[] }) {
  return (
    <ol className="hit-list">
      {hits.map((hit) => (
        <li key={hit.key}>
          <HitLine hit={hit} />
        </li>
      ))}
    </ol>
  );
}

function HitLine({ hit }: { readonly hit: Hit }) {
  const { t } = useTranslation("search");
  return (
    <>
      <h3>
        {/* The page is asked for whole: it comes with its marks, and at its passage. */}
        <a href={hit.to}>
          <span lang={hit.titleLanguage ?? undefined} dir="auto">
            <Pieces pieces={hit.title} />
          </span>
        </a>
        {hit.label === "" ? null : (
          <>
            {" "}
            <Code>{hit.label}</Code>
          </>
        )}
        {hit.version === null ? null : <span className="cap"> {t("in", { label: hit.version })}</span>}
      </h3>
      <Facts hit={hit} />
      {hit.reading === null ? null : (
        <ReadingLabel standing="editors" confidence={hit.reading.confidence} via={hit.reading.via} />
      )}
      {hit.snippet === null ? null : (
        <p
          className="serif"
          lang={hit.language ?? undefined}
          dir={hit.language === null ? "auto" : directionOf(hit.language)}
        >
          {hit.snippet.isCutBefore ? `${t("cut")} ` : null}
          <Pieces pieces={hit.snippet.pieces} />
          {hit.snippet.isCutAfter ? ` ${t("cut")}` : null}
        </p>
      )}
    </>
  );
}

/** Whose and when, and what must be known of it before it is read. */
function Facts({ hit: { who, at, day, zone, session, marks } }: { readonly hit: Hit }) {
  const { t } = useTranslation("search");
  if (who === null && at === null && day === null && session === null && marks.length === 0) return null;
  return (
    <p className="row wrap cap">
      {who === null ? null : (
        <span>
          <b>{who.name}</b> <Code>{who.code}</Code>
          {who.group === null ? null : (
            <>
              {" "}
              {t("for")} <Code group>{who.group}</Code>
            </>
          )}
        </span>
      )}
      {at === null ? null : <When at={at} zone={zone} form="day" />}
      {day === null ? null : <PlainDay day={day} />}
      {session === null ? null : <bdi>{session}</bdi>}
      {marks.map((mark) => (
        <span key={mark} className="st">
          <Icon name={icons[mark]} /> {t(`mark.${mark}`)}
        </span>
      ))}
    </p>
  );
}

const icons: Readonly<Record<HitMark, string>> = {
  draft: "private",
  embargoed: "private",
  corrected: "alert",
  correction: "check",
  superseded: "alert",
  withdrawn: "alert",
  "taken-down": "alert",
  withdrawal: "alert",
  reading: "alert",
  kept: "private",
};
