/** An entity as it stands in the reference data: names, code, regional group; the secretariat corrects it here. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { correctEntity } from "#app/commands/correct-entity.ts";
import {
  type Answer,
  type Choice,
  ChoiceField,
  ErrorSummary,
  Submit,
  TextField,
} from "#app/components/form.tsx";
import { Live } from "#app/components/live.tsx";
import { Code, PageHead } from "#app/components/page.tsx";
import { CorrectionList } from "#app/components/reference/correction-list.tsx";
import { NamesFields, NamesList, ReasonField, SeenField } from "#app/components/reference/names-list.tsx";
import { SiteBar } from "#app/components/site-bar.tsx";
import { useAnswer } from "#app/components/use-answer.ts";
import { useOwnForm } from "#app/components/use-own-form.ts";
import { titleOf } from "#app/i18n/title.ts";
import { FIELDS } from "#app/rules/fields.ts";
import { nameIn } from "#app/rules/language.ts";
import { may } from "#app/rules/permissions.ts";
import { belongsTo } from "#app/rules/positions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import {
  field,
  formAnswer,
  formOf,
  intentOf,
  notThere,
  refusalResponse,
  unknownIntent,
} from "#app/routes/answers.ts";
import { namesIn, seenIn } from "#app/routes/reference/form.ts";
import { correctionLines } from "#app/routes/reference/lines.ts";
import { findEntity } from "#db/stores/entity.ts";
import { listGroups } from "#db/stores/group.ts";
import { findNewestCorrection } from "#db/stores/reference-correction.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const allowed = may("readReference", context.viewer, { kind: "installation" });
  if (allowed !== true) throw refusalResponse(allowed);
  const { language } = context;
  const db = context.db.read;
  const exercise = context.mode === "exercise";
  const entity = await findEntity(db, params["entity"] ?? "");
  if (!entity || (exercise && !belongsTo(entity, { exercise }))) throw notThere();
  const groups = (await listGroups(db, { exercise: entity.kind.startsWith("exercise") }))
    .filter(({ kind }) => kind === "regional")
    .map(({ id, names }) => ({ value: id, label: nameIn(names, language) }));
  return {
    entity: { ...entity, name: nameIn(entity.names, language) },
    regionalGroups: groups,
    mayCorrect: may("correctReference", context.viewer, { kind: "installation" }) === true,
    seen: await findNewestCorrection(db, { thing: "entity", thingId: entity.id }),
    corrections: await correctionLines(context, { thing: "entity", thingId: entity.id }, { named: false }),
  };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const form = await formOf(request, [may("correctReference", context.viewer, { kind: "installation" })]);
  const entityId = params["entity"] ?? "";
  switch (intentOf(form)) {
    case "correct": {
      const done = await correctEntity(context, {
        entityId,
        ...namesIn(form),
        code: field(form, "code"),
        alphabet: field(form, "alphabet"),
        regionalGroup: field(form, "regionalGroup") || null,
        reason: field(form, "reason"),
        seen: seenIn(form),
      });
      return isRefusal(done) ? formAnswer(done, form) : redirect(`/reference/entities/${entityId}`);
    }
    default:
      return unknownIntent();
  }
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data ? titleOf({ matches }, "chrome:titles.named", { name: data.entity.name }) : titleOf({ matches }, null);

export default function ReferenceEntity() {
  const { entity, regionalGroups, mayCorrect, corrections, seen } = useLoaderData<typeof loader>();
  const given = useAnswer<typeof action>();
  const answer = given && "typed" in given ? given : undefined;
  const { t } = useTranslation("reference");
  const group = regionalGroups.find(({ value }) => value === entity.regionalGroup);
  const missing = <span className="cap">{t("notRecorded")}</span>;
  return (
    <>
      <Live topics={["reference"]} />
      <SiteBar />
      <main className="page" id="content">
        <PageHead
          title={
            <>
              {entity.name} <Code>{entity.code}</Code>
            </>
          }
          under={t(`record:entity.kind.${entity.kind}`)}
        >
          <Link className="btn" to={`/entities/${entity.id}`}>
            {t("entity.page")}
          </Link>
        </PageHead>
        <div className="two-columns">
          <div>
            <section className="part" aria-labelledby="names">
              <h2 id="names">{t("names.title")}</h2>
              <NamesList names={entity.names} />
            </section>
            {mayCorrect ? (
              <CorrectEntity
                key={entity.id}
                entity={entity}
                groups={regionalGroups}
                seen={seen}
                answer={answer}
              />
            ) : null}
          </div>
          <div>
            <section className="part" aria-labelledby="facts">
              <h2 id="facts">{t("entity.facts")}</h2>
              <dl className="facts">
                <div>
                  <dt>{t("list.regionalGroup")}</dt>
                  <dd>{group ? <Link to={`/groups/${group.value}`}>{group.label}</Link> : missing}</dd>
                </div>
                {entity.regionalRole === null ? null : (
                  <div>
                    <dt>{t("entity.role")}</dt>
                    <dd>{t([`group.role.${entity.regionalRole}`, "group.role.observer"])}</dd>
                  </div>
                )}
                {entity.abbreviation === null ? null : (
                  <div>
                    <dt>{t("entity.abbreviation")}</dt>
                    <dd>
                      <bdi>{entity.abbreviation}</bdi>
                    </dd>
                  </div>
                )}
                {entity.basis === null ? null : (
                  <div>
                    <dt>{t("entity.basis")}</dt>
                    <dd>
                      <bdi lang="en">{entity.basis}</bdi>
                    </dd>
                  </div>
                )}
                <div>
                  <dt>{t("entity.alphabet")}</dt>
                  <dd>
                    <bdi lang="en">{entity.alphabet}</bdi>
                  </dd>
                </div>
              </dl>
            </section>
            <section className="part" aria-labelledby="history">
              <h2 id="history">{t("history.title")}</h2>
              <CorrectionList lines={corrections} />
            </section>
          </div>
        </div>
      </main>
    </>
  );
}

type Corrected = {
  readonly names: Readonly<Record<string, string | undefined>>;
  readonly code: string;
  readonly alphabet: string;
  readonly regionalGroup: string | null;
};

function CorrectEntity(props: {
  readonly entity: Corrected;
  readonly groups: readonly Choice[];
  readonly seen: number;
  readonly answer: Answer;
}) {
  const { entity, groups } = props;
  const { answer, seen, sent, key, form: own } = useOwnForm(props.answer, props.seen);
  const { t } = useTranslation("reference");
  return (
    <details className="part" key={sent} open={answer !== undefined}>
      <summary>{t("entity.correct")}</summary>
      <Form method="post" className="form" key={key} {...own}>
        <ErrorSummary answer={answer} />
        <SeenField seen={seen} />
        <p className="hint">{t("names.hint")}</p>
        <NamesFields names={entity.names} answer={answer} />
        <div className="pair">
          <TextField
            name="code"
            label={t("list.code")}
            value={entity.code}
            answer={answer}
            maxLength={FIELDS.entity.code.longest}
            required
          />
          <TextField
            name="alphabet"
            label={t("entity.alphabet")}
            value={entity.alphabet}
            answer={answer}
            maxLength={FIELDS.entity.alphabet.longest}
            required
          />
        </div>
        <ChoiceField
          name="regionalGroup"
          label={t("list.regionalGroup")}
          hint={t("entity.regionalGroupHint")}
          value={entity.regionalGroup ?? ""}
          answer={answer}
          none={t("entity.noGroup")}
          choices={groups}
        />
        <ReasonField answer={answer} />
        <p className="row">
          <Submit intent="correct" primary>
            {t("correct")}
          </Submit>
        </p>
      </Form>
    </details>
  );
}
