/** Signing in: by address and password, or, in the exercise, as one of its people. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useAnswer } from "#app/components/use-answer.ts";
import { ErrorSummary, Submit, TextField } from "#app/components/form.tsx";
import { Code, PageHead } from "#app/components/page.tsx";
import { SiteBar } from "#app/components/site-bar.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { may } from "#app/rules/permissions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { field, formAnswer, formOf, intentOf, refusalResponse, unknownIntent } from "#app/routes/answers.ts";
import { type ExerciseSeat, listExerciseSeats } from "#db/stores/exercise-seat.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const allowed = may("signIn", context.viewer, { kind: "installation" });
  if (allowed !== true) throw refusalResponse(allowed);
  const to = new URL(request.url).searchParams.get("to") ?? "/";
  const seats = context.signIn.enter ? await listExerciseSeats(context.db.read, context.language) : null;
  return { to, seats, name: context.viewer.kind === "person" ? context.viewer.name : null };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await formOf(request, [may("signIn", context.viewer, { kind: "installation" })]);
  const to = field(form, "to") || "/";
  const { signIn } = context;
  const intent = intentOf(form);
  if (intent === "password") {
    const password = String(form.get("password") ?? "");
    const done = await signIn.withPassword(request, { email: field(form, "email"), password, to });
    return isRefusal(done) ? formAnswer(done, form) : done;
  }
  if (intent === "enter" && signIn.enter) {
    const done = await signIn.enter(request, { personId: field(form, "person"), to });
    return isRefusal(done) ? formAnswer(done, form) : done;
  }
  return unknownIntent();
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.signIn");

export default function SignIn() {
  const { to, seats, name } = useLoaderData<typeof loader>();
  const answer = useAnswer<typeof action>();
  const shown = answer && "refusal" in answer ? answer : undefined;
  const { t } = useTranslation("people");
  return (
    <>
      <SiteBar />
      <main className={seats ? "page" : "page narrow"} id="content">
        <PageHead
          title={seats ? t("signIn.exerciseTitle") : t("signIn.title")}
          under={name ? t("signIn.already", { name }) : seats ? t("signIn.exerciseWords") : undefined}
        />
        {seats ? <ErrorSummary answer={shown} note={null} /> : null}
        {seats ? (
          <Seats seats={seats} to={to} />
        ) : (
          <Form method="post" className="form sheet" replace>
            <ErrorSummary answer={shown} note={null} />
            <input type="hidden" name="to" value={to} />
            <TextField
              name="email"
              type="email"
              label={t("signIn.email")}
              answer={shown}
              autoComplete="username"
              required
            />
            <TextField
              name="password"
              type="password"
              label={t("signIn.password")}
              answer={shown}
              autoComplete="current-password"
              required
            />
            <p className="row">
              <Submit intent="password" primary>
                {t("signIn.submit")}
              </Submit>
            </p>
            <p className="cap">{t("signIn.forgotten")}</p>
          </Form>
        )}
      </main>
    </>
  );
}

type Group = "officers" | "drafters" | "delegations" | "observers";

function groupOf(seat: ExerciseSeat): Group {
  if (seat.capacity === "observer") return "observers";
  if (seat.office) return "officers";
  return seat.drafts.length > 0 ? "drafters" : "delegations";
}

function Seats({ seats, to }: { readonly seats: readonly ExerciseSeat[]; readonly to: string }) {
  const { t } = useTranslation("people");
  const groups: readonly Group[] = ["officers", "drafters", "delegations", "observers"];
  return (
    <div className="seats">
      {groups.map((group) => (
        <section key={group} className="sheet" aria-labelledby={`g-${group}`}>
          <h2 className="h2" id={`g-${group}`}>
            {t(`signIn.${group}`)}
          </h2>
          <ul className="tree">
            {seats
              .filter((seat) => groupOf(seat) === group)
              .map((seat) => (
                <li key={seat.personId}>
                  <Form method="post" className="seat" replace>
                    <input type="hidden" name="to" value={to === "/" ? `/sessions/${seat.sessionId}` : to} />
                    <span>
                      <b>{seat.name}</b> {seat.code ? <Code>{seat.code}</Code> : null}
                      <br />
                      <span className="cap">
                        <Does seat={seat} />
                      </span>
                    </span>
                    <input type="hidden" name="person" value={seat.personId} />
                    <button
                      className="btn"
                      name="intent"
                      value="enter"
                      aria-label={t("signIn.enterAs", { name: seat.name })}
                    >
                      {t("signIn.enter")}
                    </button>
                  </Form>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** Who the person is, and what one can do as that person. */
function Does({ seat }: { readonly seat: ExerciseSeat }) {
  const { t } = useTranslation("people");
  const can: string[] = [];
  if (seat.capacity === "observer") can.push(t("signIn.can.observer"));
  else if (seat.role) can.push(t(`signIn.can.${seat.role}`));
  if (seat.office) can.push(t(`signIn.can.${seat.office}`));
  if (seat.drafts.length > 0)
    can.push(t("signIn.can.drafter", { texts: seat.drafts.join(t("chrome:comma")) }));
  const who = seat.office ? t(`chrome:office.${seat.office}`) : (seat.entityName ?? "");
  return (
    <>
      {who}: {can.join("; ")}
    </>
  );
}
