/** One cell of the table in full, beside it: own words, what groups said, and what was said before. */
import { Link } from "@remix-run/react";
import { type RefObject, useEffect, useRef } from "react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { Code } from "#app/components/page.tsx";
import { OverTime } from "#app/components/record/over-time.tsx";
import { SaidWords } from "#app/components/record/position-sheet.tsx";
import { ScaleList } from "#app/components/record/stance.tsx";
import { useWays } from "#app/components/record/ways.ts";
import type { Cell, SpokenBy } from "./cell.ts";

type SheetProps = {
  readonly cell: Cell;
  readonly zone: string;
  /** Addresses of positions begin with it. */
  readonly base: string;
  /** The table without this sheet. */
  readonly closed: string;
  /** Somebody has just opened it; false when the page came with it. */
  readonly takesFocus: boolean;
};

export function CellSheet({ cell, zone, base, closed, takesFocus }: SheetProps) {
  const { t } = useTranslation("record");
  const ways = useWays();
  const { who, topic, own, spoken, history, here, manner } = cell;
  const sheet = useRef<HTMLElement>(null);
  const close = useRef<HTMLAnchorElement>(null);
  useClosing(close, cell.id);
  useEffect(() => {
    if (takesFocus) sheet.current?.focus();
  }, [takesFocus]);
  return (
    <section className="aside" aria-labelledby="shown-position" ref={sheet} tabIndex={-1}>
      <div className="aside-head">
        <div>
          <h2 id="shown-position">
            {who.isGroup ? (
              <>
                {who.name} <Code group>{who.code}</Code>
              </>
            ) : (
              <>
                <Link className="entity-name" to={ways.entity(who.id)}>
                  {who.name}
                </Link>{" "}
                <Code>{who.code}</Code>
              </>
            )}
          </h2>
          <p>
            <Link to={ways.topic(topic.id)}>{topic.title}</Link>
          </p>
        </div>
        <span className="grow" />
        <Link className="btn quiet" to={closed} preventScrollReset ref={close}>
          {t("positions.close")}
        </Link>
      </div>
      <div className="position-sheet">
        <section className="sec">
          <p className="question">{topic.question}</p>
          {here.length === 0 ? (
            <p>
              <b>{t("notRecorded")}</b>: {t("positions.keyNone")}
            </p>
          ) : (
            <>
              <ScaleList scale={topic.scale} here={here} />
              {manner === null || who.isGroup ? null : (
                <p className="cap">{t(`positions.manner.${manner}`)}</p>
              )}
            </>
          )}
        </section>
        {own === null ? null : (
          <section className="sec">
            <SaidWords position={own} zone={zone} heading="h3" />
            <ToPosition base={base} id={own.id} />
          </section>
        )}
        {spoken.map((one) => (
          <Spoken key={one.position.id} spoken={one} who={who.name} zone={zone} base={base} />
        ))}
        {history.length < 2 ? null : (
          <section className="sec">
            <h3 className="h">{t("position.overTime")}</h3>
            <OverTime history={history} shownId={own?.id ?? null} base={base} />
          </section>
        )}
      </div>
    </section>
  );
}

function Spoken({
  spoken: { position, isExcepted },
  who,
  zone,
  base,
}: {
  readonly spoken: SpokenBy;
  readonly who: string;
  readonly zone: string;
  readonly base: string;
}) {
  const { t } = useTranslation("record");
  const group = position.alignment?.group.name ?? "";
  const stance = position.scale.find(({ id }) => id === position.stance)?.label ?? position.stance;
  return (
    <section className="sec">
      <h3 className="h">{t("positions.groupOf", { group, entity: who })}</h3>
      <p>{stance}</p>
      <SaidWords position={position} zone={zone} heading="h3" />
      <p className="cap">
        {t("positions.readBy", { entity: position.entityName })}{" "}
        {isExcepted ? t("positions.excepted", { entity: who }) : null}
      </p>
      <ToPosition base={base} id={position.id} />
    </section>
  );
}

function ToPosition({ base, id }: { readonly base: string; readonly id: string }) {
  const { t } = useTranslation("record");
  return (
    <p>
      <Link to={`${base}/${id}`} discover="none">
        {t("positions.open")}
      </Link>
    </p>
  );
}

/** Escape closes the sheet and gives the focus back to the cell that it is about. */
function useClosing(close: RefObject<HTMLAnchorElement>, cellId: string): void {
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      close.current?.click();
      document.querySelector<HTMLElement>(`.mx button[value="${CSS.escape(cellId)}"]`)?.focus();
    };
    document.addEventListener("keydown", leave);
    return () => document.removeEventListener("keydown", leave);
  }, [close, cellId]);
}
