/** Reference data: every State and organization, to search, and what the secretariat corrected. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { takeFilesReading } from "#app/commands/correct-reading.ts";
import { ChoiceField, TextField } from "#app/components/form.tsx";
import { Live } from "#app/components/live.tsx";
import { Code, Empty, PageHead } from "#app/components/page.tsx";
import { CorrectionList } from "#app/components/reference/correction-list.tsx";
import { SiteBar } from "#app/components/site-bar.tsx";
import { useAnswer } from "#app/components/use-answer.ts";
import { titleOf } from "#app/i18n/title.ts";
import { oneLine } from "#app/rules/fields.ts";
import { nameIn } from "#app/rules/language.ts";
import { may } from "#app/rules/permissions.ts";
import { belongsTo } from "#app/rules/positions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { field, formAnswer, formOf, intentOf, refusalResponse, unknownIntent } from "#app/routes/answers.ts";
import { type EntityRow, listEntities } from "#db/stores/entity.ts";
import { listGroups } from "#db/stores/group.ts";
import { heldLines } from "./held.ts";
import { HeldList } from "./held-list.tsx";
import { correctionLines } from "./lines.ts";

const NEWEST = 20;

export async function loader({ context, request }: LoaderFunctionArgs) {
  const allowed = may("readReference", context.viewer, { kind: "installation" });
  if (allowed !== true) throw refusalResponse(allowed);
  const { language } = context;
  const db = context.db.read;
  const search = new URL(request.url).searchParams;
  const words = oneLine(search.get("q") ?? "").slice(0, 100);
  const exercise = context.mode === "exercise";
  const all = (await listEntities(db)).filter((entity) => belongsTo(entity, { exercise }));
  const kinds = [...new Set(all.map(({ kind }) => kind))];
  const kind = kinds.find((one) => one === search.get("kind")) ?? null;
  const groups = new Map((await listGroups(db)).map(({ id, names }) => [id, nameIn(names, language)]));
  return {
    words,
    kind,
    kinds,
    entities: all
      .filter((entity) => (kind === null || entity.kind === kind) && isCalled(entity, words))
      .map(({ id, code, names, regionalGroup }) => ({
        id,
        code,
        name: nameIn(names, language),
        regionalGroup: groups.get(regionalGroup ?? "") ?? null,
      })),
    corrections: await correctionLines(context, { limit: NEWEST }, { named: true }),
    held: await heldLines(context),
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await formOf(request, [may("correctReference", context.viewer, { kind: "installation" })]);
  switch (intentOf(form)) {
    case "take-files": {
      const done = await takeFilesReading(context, {
        entityId: field(form, "entity"),
        topicId: field(form, "topic"),
        seen: field(form, "seen"),
        reason: field(form, "reason"),
      });
      return isRefusal(done) ? formAnswer(done, form) : redirect("/reference");
    }
    default:
      return unknownIntent();
  }
}

/** By its code or by a piece of its name in any language, without regard to case and accents. */
function isCalled({ code, names }: EntityRow, words: string): boolean {
  const plain = (name: string) => name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const wanted = plain(words);
  return [code, ...Object.values(names)].some((name) => plain(name ?? "").includes(wanted));
}

export const meta: MetaFunction = (shown) => titleOf(shown, "chrome:titles.reference");

export default function Reference() {
  const { words, kind, kinds, entities, corrections, held } = useLoaderData<typeof loader>();
  const given = useAnswer<typeof action>();
  const answer = given && "typed" in given ? given : undefined;
  const { t } = useTranslation("reference");
  return (
    <>
      <Live topics={["reference", "positions"]} />
      <SiteBar />
      <main className="page" id="content">
        <PageHead title={t("list.title")} under={t("list.under")}>
          {held === null || held.length === 0 ? null : (
            <a className="btn" href="#held-back">
              {t("held.title")} <bdi>({held.length})</bdi>
            </a>
          )}
        </PageHead>
        <div className="two-columns">
          <div>
            <section className="part" aria-labelledby="entities">
              <div className="part-head">
                <h2 id="entities">{t("list.entities")}</h2>
                <span className="cap">{t("list.count", { count: entities.length })}</span>
              </div>
              <Form method="get" className="filter" key={`${words} ${kind}`}>
                <TextField name="q" label={t("list.search")} value={words} maxLength={100} />
                <ChoiceField
                  name="kind"
                  label={t("list.kind")}
                  value={kind ?? ""}
                  none={t("list.every")}
                  choices={kinds.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
                />
                <button type="submit" className="btn">
                  {t("list.show")}
                </button>
              </Form>
              {entities.length === 0 ? <Empty>{t("list.none")}</Empty> : null}
              <ul className="entry-list">
                {entities.map((entity) => (
                  <li key={entity.id}>
                    <Link to={`/reference/entities/${entity.id}`} discover="none">
                      <b>{entity.name}</b> <Code>{entity.code}</Code>
                    </Link>
                    <span className="cap">{entity.regionalGroup}</span>
                  </li>
                ))}
              </ul>
            </section>
          </div>
          <div>
            {held === null ? null : <HeldList lines={held} answer={answer} />}
            <section className="part" aria-labelledby="newest">
              <h2 id="newest">{t("list.newest")}</h2>
              <CorrectionList lines={corrections} />
            </section>
          </div>
        </div>
      </main>
    </>
  );
}
