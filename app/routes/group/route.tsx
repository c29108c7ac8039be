/** A group: who belongs to it since when and how that is known, its names, what was corrected. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useLoaderData, useLocation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { addMembership } from "#app/commands/add-membership.ts";
import { correctGroup } from "#app/commands/correct-group.ts";
import { correctMembership } from "#app/commands/correct-membership.ts";
import { Live } from "#app/components/live.tsx";
import { Code, Empty, PageHead } from "#app/components/page.tsx";
import { PlainDay } from "#app/components/record/plain-day.tsx";
import { CorrectionList } from "#app/components/reference/correction-list.tsx";
import { MemberCount } from "#app/components/reference/member-count.tsx";
import { NamesList } from "#app/components/reference/names-list.tsx";
import { SiteBar } from "#app/components/site-bar.tsx";
import { useHeld } from "#app/components/use-held.ts";
import { useAnswer } from "#app/components/use-answer.ts";
import { titleOf } from "#app/i18n/title.ts";
import { may } from "#app/rules/permissions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { field, formAnswer, formOf, intentOf, refusalResponse, unknownIntent } from "#app/routes/answers.ts";
import { namesIn, seenIn } from "#app/routes/reference/form.ts";
import { AddMember, CorrectMember, GroupForm } from "./group-forms.tsx";
import { type GroupShown, loadGroup } from "./load.ts";
import { MemberTable } from "./member-table.tsx";

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const allowed = may("readReference", context.viewer, { kind: "installation" });
  if (allowed !== true) throw refusalResponse(allowed);
  return loadGroup(context, params["group"] ?? "", new URL(request.url).searchParams);
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const form = await formOf(request, [may("correctReference", context.viewer, { kind: "installation" })]);
  const groupId = params["group"] ?? "";
  // With the membership that is being corrected on the page, unless it was that.
  const here = `/groups/${groupId}${new URL(request.url).search}`;
  const reason = field(form, "reason");
  const seen = seenIn(form);
  const membership = {
    groupId,
    entityId: field(form, "entity"),
    role: field(form, "role") || null,
    from: field(form, "from"),
    to: field(form, "to") || null,
    reason,
  };
  switch (intentOf(form)) {
    case "correct": {
      const verified = field(form, "verified") === "1";
      const words = { ...namesIn(form), source: field(form, "source"), asOf: field(form, "asOf") };
      const done = await correctGroup(context, { groupId, ...words, verified, reason, seen });
      return isRefusal(done) ? formAnswer(done, form) : redirect(here);
    }
    case "add-member": {
      const done = await addMembership(context, membership);
      return isRefusal(done) ? formAnswer(done, form) : redirect(here);
    }
    case "correct-member": {
      const done = await correctMembership(context, { ...membership, was: field(form, "was"), seen });
      return isRefusal(done) ? formAnswer(done, form) : redirect(`/groups/${groupId}`);
    }
    default:
      return unknownIntent();
  }
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data ? titleOf({ matches }, "chrome:titles.named", { name: data.group.name }) : titleOf({ matches }, null);

export default function GroupPage() {
  const { group, counts, members, others, mayCorrect, seen, chosen, entities, corrections } =
    useLoaderData<typeof loader>();
  const given = useAnswer<typeof action>();
  const answer = given && "typed" in given ? given : undefined;
  const answerTo = (intent: string) => (answer?.typed["intent"] === intent ? answer : undefined);
  const { t } = useTranslation("reference");
  const held = useHeld(chosen, `${group.id} ${useLocation().search}`);
  const base = `/groups/${group.id}`;
  const correct = mayCorrect
    ? ({ entityId, from }: { readonly entityId: string; readonly from: string }) =>
        `${base}?${new URLSearchParams({ member: entityId, from }).toString()}#correct-member`
    : null;
  return (
    <>
      <Live topics={["reference"]} />
      <SiteBar />
      <main className="page" id="content">
        <PageHead
          title={
            <>
              {group.name} <Code group>{group.code}</Code>
            </>
          }
          under={<MemberCount counts={counts} />}
        />
        {held.shown ? (
          <CorrectMember
            key={`member ${held.shown.entityId} ${held.shown.from}`}
            chosen={held.shown}
            isGone={held.isGone}
            back={base}
            answer={answerTo("correct-member")}
          />
        ) : null}
        <div className="two-columns">
          <div>
            <section className="part" aria-labelledby="members">
              <h2 id="members">{t("group.members")}</h2>
              {members.length === 0 ? (
                <Empty>{t("group.none")}</Empty>
              ) : (
                <>
                  <p className="cap">{t("group.daysNote")}</p>
                  <MemberTable members={members} correct={correct} />
                </>
              )}
              {group.otherMembers.length === 0 ? null : (
                <p>
                  <span className="cap">{t("group.others")}: </span>
                  <bdi>{group.otherMembers.join(", ")}</bdi>
                </p>
              )}
            </section>
            {others.length === 0 ? null : (
              <section className="part" aria-labelledby="others">
                <h2 id="others">{t("group.past")}</h2>
                <MemberTable members={others} correct={correct} />
              </section>
            )}
            {mayCorrect ? (
              <AddMember key={`add ${group.id}`} entities={entities} answer={answerTo("add-member")} />
            ) : null}
          </div>
          <div>
            <AboutList group={group} />
            <section className="part" aria-labelledby="names">
              <h2 id="names">{t("names.title")}</h2>
              <NamesList names={group.names} />
            </section>
            {mayCorrect ? (
              <GroupForm key={`group ${group.id}`} group={group} seen={seen} answer={answerTo("correct")} />
            ) : null}
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

function AboutList({ group }: { readonly group: GroupShown["group"] }) {
  const { t } = useTranslation("reference");
  const missing = <span className="cap">{t("notRecorded")}</span>;
  return (
    <section className="part" aria-labelledby="about">
      <h2 id="about">{t("group.about")}</h2>
      <dl className="facts">
        <div>
          <dt>{t("group.asOf")}</dt>
          <dd>{group.asOf === null ? missing : <PlainDay day={group.asOf} />}</dd>
        </div>
        <div>
          <dt>{t("group.source")}</dt>
          <dd>{group.source === null ? missing : <bdi lang="en">{group.source}</bdi>}</dd>
        </div>
        <div>
          <dt>{t("group.check")}</dt>
          <dd>
            {group.verified === null ? missing : t(group.verified ? "groups.verified" : "groups.unverified")}
          </dd>
        </div>
        {group.note === null ? null : (
          <div>
            <dt>{t("group.note")}</dt>
            <dd>
              <bdi lang="en">{group.note}</bdi>
            </dd>
          </div>
        )}
        {group.isReal ? (
          <div>
            <dt>{t("group.doubts")}</dt>
            <dd>
              {group.doubts.map((doubt) => (
                <p key={doubt}>{t(`group.doubt.${doubt}`)}</p>
              ))}
              <p>{t("group.unchecked")}</p>
            </dd>
          </div>
        ) : null}
      </dl>
    </section>
  );
}
