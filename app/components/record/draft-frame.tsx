/** What stands around the form of a draft: whose it is, what became of it, and the two steps that need a second press. */
import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Confirm } from "#app/components/confirm.tsx";
import type { Answer } from "#app/components/form.tsx";
import { Icon } from "#app/components/icons.tsx";
import { When } from "#app/components/when.tsx";

export function OursOnly({ delegation, code }: { readonly delegation: string; readonly code: string }) {
  const { t } = useTranslation("record");
  return (
    <span className="ours">
      <Icon name="private" /> {t("draft.ours", { delegation })} <bdi className="code">{code}</bdi>
    </span>
  );
}

export type DraftEnd = {
  readonly state: "released" | "discarded";
  /** The address of what was released. */
  readonly releasedTo: string | null;
  readonly by: string;
  readonly at: number;
};

/** Said when a draft is no longer one. */
export function DraftEnded({
  end,
  zone,
  hasTyped,
}: {
  readonly end: DraftEnd;
  readonly zone: string;
  readonly hasTyped: boolean;
}) {
  const { t } = useTranslation("record");
  return (
    <div className="done" role="status">
      <p>
        {end.state === "released" ? t("draft.isReleased") : t("draft.isDiscarded", { name: end.by })}{" "}
        {end.state === "discarded" ? <When at={end.at} zone={zone} /> : null}{" "}
        {end.releasedTo === null ? null : <Link to={end.releasedTo}>{t("draft.readReleased")}</Link>}{" "}
        {hasTyped ? <b>{t("draft.stillHere")}</b> : null}
      </p>
    </div>
  );
}

/** Asks once more before a release or before a draft is given up, and shows what it is about. */
export function ConfirmDraft({
  kind,
  title,
  says,
  edition,
  values = {},
  fields,
  back,
  answer,
  children,
}: {
  readonly kind: "release" | "discard";
  readonly title: string;
  /** Sentences: what will happen, and who will see it. */
  readonly says: readonly string[];
  /** The edition that is shown here. */
  readonly edition: number;
  /** What else was read and is to be as it was, to go with the act. */
  readonly values?: Readonly<Record<string, string>>;
  /** What has to be typed before. */
  readonly fields?: ReactNode;
  readonly back: string;
  readonly answer: Answer;
  /** Exactly what it is about. */
  readonly children: ReactNode;
}) {
  const { t } = useTranslation("record");
  return (
    <Confirm
      title={title}
      says={says}
      intent={kind}
      values={{ ...values, edition: String(edition) }}
      fields={fields}
      yes={kind === "release" ? t("draft.releaseNow") : t("draft.discardNow")}
      no={kind === "release" ? t("draft.notYet") : t("draft.keep")}
      back={back}
      answer={answer}
    >
      {children}
    </Confirm>
  );
}

/** Links to the second steps, beside a form. */
export function DraftActs({
  here,
  mayRelease,
  heads,
}: {
  readonly here: string;
  readonly mayRelease: boolean;
  readonly heads: readonly string[];
}) {
  const { t } = useTranslation("record");
  return (
    <p className="row wrap">
      {mayRelease ? (
        <Link className="btn" to={`${here}?confirm=release`}>
          {t("draft.release")}
        </Link>
      ) : (
        <span className="cap">
          {heads.length === 0
            ? t("drafts.noHead")
            : t("drafts.headReleases", { head: heads.join(t("chrome:comma")) })}
        </span>
      )}
      <Link className="btn quiet" to={`${here}?confirm=discard`}>
        {t("draft.discard")}
      </Link>
    </p>
  );
}
