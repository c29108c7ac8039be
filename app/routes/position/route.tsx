/** One position, with the line of what was said before; its own delegation goes on from here. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, redirect, useLoaderData, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { confirmReading } from "#app/commands/confirm-reading.ts";
import { correctReading, putBackReading, takeDownReading } from "#app/commands/correct-reading.ts";
import { mayForPosition } from "#app/commands/position-door.ts";
import { withdrawPosition } from "#app/commands/withdraw-position.ts";
import { Live } from "#app/components/live.tsx";
import { PageHead } from "#app/components/page.tsx";
import { NewerLink } from "#app/components/record/newer-link.tsx";
import { NotePart } from "#app/components/record/note-part.tsx";
import { EntityName, PositionSheet } from "#app/components/record/position-sheet.tsx";
import { waysIn } from "#app/components/record/ways.ts";
import { useAnswer } from "#app/components/use-answer.ts";
import { titleOf } from "#app/i18n/title.ts";
import { fullNumber } from "#app/rules/agenda.ts";
import { may } from "#app/rules/permissions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { field, formAnswer, formOf, intentOf, notThere, unknownIntent } from "#app/routes/answers.ts";
import { findOwnNote } from "#app/routes/notes/own-note.ts";
import { openReleased } from "#app/routes/positions/open-session.ts";
import { findSheet } from "#app/routes/positions/sheet.ts";
import { listAgenda } from "#db/stores/agenda.ts";
import { PositionActs } from "./acts.tsx";
import { AskedPart } from "./asked.tsx";
import { ownActs } from "./own-acts.ts";
import { readingActs } from "./reading-acts.ts";
import { readingIn } from "./reading-form.ts";
import { ReadingPart } from "./reading-forms.tsx";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { session, sheet } = await findOfSession(context, params);
  const db = context.db.read;
  const sessionId = sheet.sessionId ?? session.id;
  const agenda = sheet.itemId === null ? [] : await listAgenda(db, sessionId);
  const item = agenda.find(({ id }) => id === sheet.itemId) ?? null;
  return {
    ...sheet,
    item: item && { id: item.id, sessionId, number: fullNumber(agenda, item.id), title: item.title },
    here: session.id,
    zone: session.timeZone,
    ownNote: await findOwnNote(context, session.id, { thing: "position", thingId: sheet.position.id }),
    own: await ownActs(context, session, sheet),
    reading: await readingActs(context, sheet),
  };
}

/** Throws "not there" for a position of the other kind: an exercise shows invented ones alone. */
async function findOfSession(context: LoaderFunctionArgs["context"], params: LoaderFunctionArgs["params"]) {
  const session = await openReleased(context, params);
  const sheet = await findSheet(context, session, params["position"] ?? "");
  if (!sheet) throw notThere();
  return { session, sheet };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { session: sessionId = "", position: positionId = "" } = params;
  const form = await formOf(request, [
    mayForPosition("withdrawPosition", context, { sessionId }),
    mayForPosition("confirmReading", context, { sessionId }),
    may("correctReference", context.viewer, { kind: "installation" }),
  ]);
  const which = { sessionId, positionId };
  const to = (id: string) => redirect(`/sessions/${sessionId}/positions/${id}`);
  switch (intentOf(form)) {
    case "withdraw": {
      const reason = form.get("reason");
      const done = await withdrawPosition(context, {
        ...which,
        reason: typeof reason === "string" ? reason : "",
        language: field(form, "language"),
      });
      return isRefusal(done) ? formAnswer(done, form) : to(done.positionId);
    }
    case "confirm": {
      const done = await confirmReading(context, { ...which, over: field(form, "over") || null });
      return isRefusal(done) ? formAnswer(done, form) : to(done.positionId);
    }
    case "correct-reading": {
      await findOfSession(context, params);
      const done = await correctReading(context, { ...readingIn(form), ...which });
      return isRefusal(done) ? formAnswer(done, form) : to(done.positionId);
    }
    case "take-down": {
      await findOfSession(context, params);
      const done = await takeDownReading(context, { positionId, reason: field(form, "reason") });
      return isRefusal(done) ? formAnswer(done, form) : to(done.positionId);
    }
    case "put-back": {
      await findOfSession(context, params);
      const done = await putBackReading(context, { positionId, reason: field(form, "reason") });
      return isRefusal(done) ? formAnswer(done, form) : to(done.positionId);
    }
    default:
      return unknownIntent();
  }
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? titleOf({ matches }, "chrome:titles.position", {
        entity: data.position.alignment?.group.name ?? data.position.entityName,
        topic: data.position.topicTitle,
      })
    : titleOf({ matches }, null);

export default function PositionPage() {
  const { position, history, newer, item, here, zone, own, ownNote, reading } =
    useLoaderData<typeof loader>();
  const given = useAnswer<typeof action>();
  const answer = given && "refusal" in given ? given : undefined;
  const [search] = useSearchParams();
  const { t } = useTranslation("record");
  const base = `/sessions/${here}/positions`;
  const address = `${base}/${position.id}`;
  const asked = search.get("confirm");
  const who = position.alignment?.group.name ?? position.entityName;
  return (
    <main className="page narrow" id="content">
      <Live topics={["positions", "reference"]} />
      <p className="crumbs">
        <Link to={base}>{t("position.all")}</Link>
      </p>
      <PageHead
        title={t("position.title", { entity: who, topic: position.topicTitle })}
        under={
          <>
            <EntityName id={position.entityId} name={position.entityName} code={position.entityCode} /> ·{" "}
            <Link to={waysIn(here).topic(position.topicId)}>{position.topicTitle}</Link>
          </>
        }
      />
      {newer === null ? null : (
        <p className="done">
          <NewerLink newer={newer} base={base} />
        </p>
      )}
      <AskedPart key={position.id} position={position} base={base} own={own} asked={asked} answer={answer} />
      <div className="sheet">
        <PositionSheet position={position} history={history} zone={zone} base={base} level={2} />
      </div>
      {asked === null ? (
        <PositionActs
          here={address}
          draftTo={own.draftTo}
          isReading={position.standing === "editors"}
          mayWithdraw={own.mayWithdraw}
          mayConfirm={own.mayConfirm}
        />
      ) : null}
      {reading === null ? null : (
        <ReadingPart
          key={position.id}
          here={address}
          scale={position.scale}
          acts={reading}
          asked={asked}
          answer={answer}
        />
      )}
      <NotePart own={ownNote} zone={zone} />
      {item ? (
        <p>
          {t("position.bearsOn")}{" "}
          <Link to={`/sessions/${item.sessionId}/agenda/${item.id}`}>
            {t("source.item", { number: item.number })}
            {t("chrome:comma")}
            <bdi>{item.title}</bdi>
          </Link>
        </p>
      ) : null}
    </main>
  );
}
