/** Who belongs to a group, in which role and on which days. */
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Code } from "#app/components/page.tsx";
import { PlainDay } from "#app/components/record/plain-day.tsx";
import type { GroupShown } from "./load.ts";

type Member = GroupShown["members"][number];

export function MemberTable({
  members,
  correct,
}: {
  readonly members: readonly Member[];
  /** Where one is corrected; null for those who may not. */
  readonly correct: ((member: Member) => string) | null;
}) {
  const { t } = useTranslation("reference");
  return (
    <table className="tbl people members">
      <thead>
        <tr>
          <th>{t("list.name")}</th>
          <th>{t("group.roleHead")}</th>
          <th>{t("group.since")}</th>
          <th>{t("group.until")}</th>
          {correct ? (
            <th>
              <span className="vh">{t("correct")}</span>
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <tr key={`${member.entityId} ${member.from}`}>
            <td>
              <Link className="entity-name" to={`/entities/${member.entityId}`} discover="none">
                {member.name}
              </Link>{" "}
              <Code>{member.code}</Code>
              {member.note === null ? null : (
                <p className="cap">
                  <bdi lang="en">{member.note}</bdi>
                </p>
              )}
            </td>
            <td className="cap">
              {member.role === null ? null : t([`group.role.${member.role}`, "group.role.participant"])}
            </td>
            <td className="cap" data-label={t("group.since")}>
              {member.from === "" ? t("notRecorded") : <PlainDay day={member.from} />}
            </td>
            <td className="cap" data-label={member.to === null ? undefined : t("group.until")}>
              {member.to === null ? null : <PlainDay day={member.to} />}
              {member.to === null && member.scheduledTo !== null ? (
                <>
                  {t("group.scheduled")} <PlainDay day={member.scheduledTo} />
                </>
              ) : null}
            </td>
            {correct ? (
              <td className="act">
                <Link className="link" to={correct(member)} discover="none">
                  {t("correct")}
                  <span className="vh"> {member.name}</span>
                </Link>
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
