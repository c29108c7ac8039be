/** A draft that exists, position or statement: what became of it, its form or how it reads, its release, its end. */
import { Link, useSearchParams } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type Answer, ErrorSummary } from "#app/components/form.tsx";
import { Icon } from "#app/components/icons.tsx";
import { PageHead } from "#app/components/page.tsx";
import { When } from "#app/components/when.tsx";
import { ConfirmDraft, DraftActs, DraftEnded, OursOnly } from "./draft-frame.tsx";

/** What a page of a draft knows of it, whatever the draft says. */
type DraftView = {
  readonly sessionId: string;
  readonly zone: string;
  /** The item that it names has been taken off the agenda: it is released once it names another. */
  readonly itemGone: boolean;
  readonly seat: {
    readonly name: string;
    readonly code: string;
    readonly mayDraft: boolean;
    readonly mayRelease: boolean;
    readonly heads: readonly string[];
  };
  readonly draft: {
    readonly id: string;
    readonly edition: number;
    readonly state: "open" | "released" | "discarded";
    readonly releasedAs: string | null;
    readonly editedByName: string;
    readonly editedAt: number;
  };
};

/** What the address asks for. */
export type DraftAsked = {
  readonly answer: Answer;
  readonly confirm: string | null;
  readonly saved: string | null;
};

/** `key` tells one form from the next: it keeps what it was made from until it is sent, whatever colleagues do. */
export function useDraftAsked<A extends Answer>(answer: A) {
  const [search] = useSearchParams();
  const confirm = search.get("confirm");
  const saved = search.get("saved");
  const key = `${confirm} ${saved} ${answer?.refusal.values?.["edition"] ?? ""}`;
  return { asked: { answer, confirm, saved }, key };
}

type SheetProps = {
  /** As drafts and what is released stand in addresses. */
  readonly kind: "positions" | "statements" | "proposals";
  /** Where what is released stands, when that is not under the session. */
  readonly releasedTo?: string;
  /** In place of the ways to its release and its end. */
  readonly acts?: ReactNode;
  readonly data: DraftView;
  /** What the form was made from; `data` may have become newer while somebody types. */
  readonly base: DraftView;
  readonly asked: DraftAsked;
  readonly title: string;
  readonly releaseTitle: string;
  /** What a release means: sentences. */
  readonly releaseSays: readonly string[];
  /** What else the head has read, to go with the release, and what has to be typed for it. */
  readonly release?: {
    readonly values: Readonly<Record<string, string>>;
    readonly fields?: ReactNode;
    /** Something stands in its way, as `words` say: it is not asked about, and the form is shown. */
    readonly isBarred?: boolean;
  };
  /** What a colleague gives up who discards it: a sentence. */
  readonly discardSays?: string;
  /** Above the form: where its words are written. */
  readonly words?: ReactNode;
  readonly form: ReactNode;
  /** As everybody would see it: what the form was made from, and what stands now. */
  readonly previews: { readonly base: ReactNode; readonly now: ReactNode };
};

export function DraftSheet(props: SheetProps) {
  const { kind, data, base, asked, title, releaseTitle, releaseSays, form, previews, words = null } = props;
  const { answer, confirm, saved } = asked;
  const { t } = useTranslation("record");
  const { seat, zone, sessionId, draft: now } = data;
  const { draft } = base;
  const here = `/sessions/${sessionId}/drafts/${kind}/${draft.id}`;
  const isOpen = now.state === "open";
  const hasForm = seat.mayDraft && (draft.state === "open" || answer !== undefined);
  const isRelease = confirm === "release";
  const isBarred = data.itemGone || props.release?.isBarred === true;
  const mayAsk = isRelease ? seat.mayRelease && !isBarred : seat.mayDraft;
  const saysGone = isOpen && seat.mayDraft && data.itemGone && answer?.refusal.code !== "item-gone";
  const asks = isOpen && mayAsk && (isRelease || confirm === "discard");
  return (
    <>
      <p className="crumbs">
        <Link to={`/sessions/${sessionId}/drafts`}>{t("draft.back")}</Link>
      </p>
      <PageHead
        title={title}
        under={
          <>
            {t("draft.editedBy", { name: now.editedByName })}
            {t("chrome:comma")}
            <When at={now.editedAt} zone={zone} /> · {t("drafts.edition", { edition: now.edition })}
          </>
        }
      >
        <OursOnly delegation={seat.name} code={seat.code} />
      </PageHead>
      {saved !== null && isOpen && answer === undefined && confirm === null ? (
        <p className="done" role="status">
          <Icon name="check" /> {t("draft.saved", { edition: draft.edition })}
        </p>
      ) : null}
      {now.state === "open" ? null : (
        <DraftEnded
          end={{
            state: now.state,
            releasedTo:
              now.releasedAs === null
                ? null
                : `${props.releasedTo ?? `/sessions/${sessionId}/${kind}`}/${now.releasedAs}`,
            by: now.editedByName,
            at: now.editedAt,
          }}
          zone={zone}
          hasTyped={hasForm}
        />
      )}
      {isOpen && now.edition !== draft.edition ? (
        <p className="done" role="status">
          <Icon name="alert" /> {t("draft.newer", { name: now.editedByName })}
        </p>
      ) : null}
      {saysGone ? (
        <div className="summary" role="alert">
          <h2>
            <Icon name="alert" /> {t("draft.itemGone")}
          </h2>
          <p>
            {t("errors:refusal.item-gone")} <a href="#f-item">{t("draft.toItem")}</a>
          </p>
        </div>
      ) : null}
      {asks ? (
        <ConfirmDraft
          kind={isRelease ? "release" : "discard"}
          title={isRelease ? releaseTitle : t("draft.discardTitle")}
          says={isRelease ? releaseSays : [props.discardSays ?? t("draft.discardWhat")]}
          edition={draft.edition}
          values={isRelease ? props.release?.values : undefined}
          fields={isRelease ? props.release?.fields : undefined}
          back={here}
          answer={answer}
        >
          {previews.base}
        </ConfirmDraft>
      ) : (
        <>
          {words}
          {hasForm ? (
            form
          ) : (
            <>
              {words === null ? <ErrorSummary answer={answer} /> : null}
              {isOpen && words === null ? <div className="sheet">{previews.now}</div> : null}
            </>
          )}
          {isOpen && seat.mayDraft
            ? (props.acts ?? <DraftActs here={here} mayRelease={seat.mayRelease} heads={seat.heads} />)
            : null}
        </>
      )}
    </>
  );
}
