/** Who stands at the places of a topic's scale; wording and source are one press away. */
import type { ReactNode } from "react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { Code } from "#app/components/page.tsx";
import { PlainLink } from "#app/components/plain-link.tsx";
import { EntityName } from "#app/components/record/position-sheet.tsx";
import { ReadingLabel, Source } from "#app/components/record/source.tsx";
import { summarySpeech } from "#app/components/record/speech.ts";
import type { loadTopic } from "./load.ts";

type Loaded = Awaited<ReturnType<typeof loadTopic>>;
type Said = Loaded["positions"][number];
type Spoken = Loaded["spoken"][number];

/** Address of a position's own page; null where there is no session to read it in. */
type AddressOf = (position: { readonly id: string; readonly sessionId: string | null }) => string | null;

export function PlacesOfScale({
  topic,
  positions,
  spoken,
  addressOf,
}: Pick<Loaded, "topic" | "positions" | "spoken"> & { readonly addressOf: AddressOf }) {
  const { t } = useTranslation("record");
  return (
    <div className="places">
      {topic.scale.map((place, at) => {
        const here = positions.filter(({ stance }) => stance === place.id);
        const own = here.filter(({ standing }) => standing === "own");
        const read = here.filter(({ standing }) => standing === "editors");
        const ofGroups = spoken.filter(({ stance }) => stance === place.id);
        return (
          <section key={place.id} className="place" aria-labelledby={`place-${place.id}`}>
            <h2 id={`place-${place.id}`}>
              <span className="num">{at + 1}</span> {place.label}
            </h2>
            {(place.formerly ?? []).length === 0 ? null : (
              <p className="cap">
                {t("topic.formerly", { names: (place.formerly ?? []).join(t("chrome:comma")) })}
              </p>
            )}
            {here.length + ofGroups.length === 0 ? <p className="cap">{t("topic.nobody")}</p> : null}
            <Block title={t("topic.ownTitle")} count={own.length}>
              {own.map((position) => (
                <Entity key={position.id} position={position} to={addressOf(position)} />
              ))}
            </Block>
            <Block title={t("topic.groupTitle")} count={ofGroups.length}>
              {ofGroups.map((position) => (
                <Group key={position.id} position={position} to={addressOf(position)} />
              ))}
            </Block>
            <Block title={t("topic.readingTitle")} count={read.length}>
              {read.length === 0 ? null : <p className="reading">{t("readingLabel")}</p>}
              {read.map((position) => (
                <Entity key={position.id} position={position} to={addressOf(position)} />
              ))}
            </Block>
          </section>
        );
      })}
    </div>
  );
}

function Block({
  title,
  count,
  children,
}: {
  readonly title: string;
  readonly count: number;
  readonly children: ReactNode;
}) {
  if (count === 0) return null;
  return (
    <div>
      <h3 className="label">
        {title} <span className="count">{count}</span>
      </h3>
      {children}
    </div>
  );
}

function Entity({ position, to }: { readonly position: Said; readonly to: string | null }) {
  const { t } = useTranslation("record");
  const { entityName, entityCode, entityId, same, differs } = position;
  return (
    <details className="said">
      <summary>
        <b>{entityName}</b> <Code>{entityCode}</Code>
        <Beside words={t("positions.and")} codes={same} />
        <Beside words={t("positions.not")} codes={differs} />
      </summary>
      <Wording position={position} to={to} />
      <p className="cap">
        <EntityName id={entityId} name={entityName} code={entityCode} />
      </p>
    </details>
  );
}

function Beside({ words, codes }: { readonly words: string; readonly codes: readonly string[] }) {
  if (codes.length === 0) return null;
  return (
    <span className="via">
      {" "}
      {words}{" "}
      {codes.map((code) => (
        <Code key={code} group>
          {code}
        </Code>
      ))}
    </span>
  );
}

function Group({ position, to }: { readonly position: Spoken; readonly to: string | null }) {
  const { t } = useTranslation("record");
  const { groupName, groupCode, only, entityName } = position;
  return (
    <details className="said">
      <summary>
        <b>{groupName}</b> <Code group>{groupCode}</Code>{" "}
        <span className="cap">{t("topic.onlyVia", { count: only.length })}</span>
      </summary>
      <Wording position={position} to={to} />
      <p className="cap">{t("positions.readBy", { entity: entityName })}</p>
      {only.length === 0 ? null : (
        <p className="entity-cloud">
          {only.map(({ id, name, code }) => (
            <EntityName key={id} id={id} name={name} code={code} />
          ))}
        </p>
      )}
    </details>
  );
}

function Wording({ position, to }: { readonly position: Said | Spoken; readonly to: string | null }) {
  const { t } = useTranslation("record");
  return (
    <>
      <p {...summarySpeech(position)} className="say-it">
        {position.summary}
      </p>
      <ReadingLabel standing={position.standing} confidence={position.confidence} via={position.via} />
      <Source of={position} />
      {to === null ? null : (
        <p>
          <PlainLink to={to}>{t("positions.open")}</PlainLink>
        </p>
      )}
    </>
  );
}
