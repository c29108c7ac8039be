/** What is saved and what is not: a quiet line in the bar, a framed strip across the text when it matters. */
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavingStatus } from "#collab/client/connection/saving.ts";
import type { Untaken } from "#collab/client/replica/replay.ts";
import { clockMinute, clockTime } from "./clock-time.ts";
import { isFollowed } from "./status-feed.ts";
import type { StatusFeed } from "./status-feed.ts";

type SavingProps = { readonly status: SavingStatus; readonly zone?: string };

export function Icon({ id }: { readonly id: string }) {
  return (
    <svg className="i" aria-hidden="true">
      <use href={`#i-${id}`} />
    </svg>
  );
}

/** In the bar. It changes with every keystroke, so it is not read aloud; `SavingNews` is. */
export function SavingLine({ status, zone, feed }: SavingProps & { readonly feed: StatusFeed }) {
  const { t } = useTranslation("editor");
  if (isFollowed(status)) return <FollowingLine feed={feed} zone={zone} />;
  switch (status.kind) {
    case "opening":
      return <span className="saved">{t("status.opening")}</span>;
    case "saved":
      return (
        <span className="saved" data-saved="true">
          <Icon id="check" /> {t("status.saved")}
        </span>
      );
    case "sending":
      return (
        <span className="saved">
          <span className="i" /> {t("status.sending")}
        </span>
      );
    case "sent":
      return (
        <span className="saved" data-saved="true">
          <Icon id="check" /> {t("status.sent", { count: status.changes, time: clockTime(status.at, zone) })}
        </span>
      );
    case "saving":
      return (
        <span className="saved">
          <b className="saving">{t("status.saving", { count: status.changes })}</b>
        </span>
      );
    case "offline":
      return <span className="saved">{t("status.offline")}</span>;
    case "not-saved":
    case "ended":
      return null;
    default:
      return status satisfies never;
  }
}

/** Which sentence says where unsaved changes are. */
const NOT_SAVED = {
  kept: "status.notSaved",
  keeping: "status.notKeptYet",
  "not-kept": "status.notKept",
} as const;

type FollowingProps = { readonly feed: StatusFeed; readonly zone: string | undefined };

/** Goes to and fro between "saved" and "last saved" with the feed, by itself. */
function FollowingLine({ feed, zone }: FollowingProps) {
  const { t } = useTranslation("editor");
  const line = useRef<HTMLSpanElement>(null);
  const time = useRef<HTMLElement>(null);
  useLayoutEffect(
    () =>
      feed.follow(({ kind, at }) => {
        if (kind === "saved") line.current?.setAttribute("data-saved", "true");
        else line.current?.removeAttribute("data-saved");
        const clock = clockTime(at, zone);
        if (time.current && time.current.textContent !== clock) time.current.textContent = clock;
      }),
    [feed, zone],
  );
  return (
    <span className="saved following" ref={line}>
      <Icon id="check" />{" "}
      <span className="either">
        <span className="settled">{t("status.saved")}</span>
        <span className="awaiting">{t("status.lastSaved")}</span>
      </span>{" "}
      <b className="num" ref={time} />
    </span>
  );
}

/** For a screen reader: only what changed for good or bad, not every keystroke. */
export function SavingNews({ status, zone }: SavingProps) {
  const { t } = useTranslation("editor");
  const said =
    status.kind === "not-saved"
      ? t(NOT_SAVED[status.device], {
          count: status.changes,
          since: clockMinute(status.since, zone),
        })
      : status.kind === "sent"
        ? t("status.sent", { count: status.changes, time: clockTime(status.at, zone) })
        : status.kind === "offline"
          ? t("status.offline")
          : "";
  const [news, setNews] = useState("");
  const what = status.kind === "not-saved" ? status.device : status.kind;
  useEffect(() => {
    setNews(said);
    // The count of a running strip is not read out again at each keystroke.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [what]);
  return <output className="vh">{news}</output>;
}

type StripsProps = SavingProps & {
  readonly tryNow: () => void;
  readonly unsavedWording: () => readonly Untaken[];
};

/** Across the top of the text, at every width. */
export function SavingStrips({ status, zone, tryNow, unsavedWording }: StripsProps) {
  const { t } = useTranslation("editor");
  if (status.kind === "not-saved") {
    const values = { count: status.changes, since: clockMinute(status.since, zone) };
    return (
      <div className="unsaved" data-strip="not-saved" data-device={status.device}>
        <Icon id="alert" />
        <span>
          {t(NOT_SAVED[status.device], values)} <Retry at={status.retryAt} />
        </span>
        <span className="grow" />
        <button type="button" className="btn" onClick={tryNow}>
          {t("status.tryNow")}
        </button>
      </div>
    );
  }
  if (status.kind !== "ended") return null;
  // Who may not write any more reads on, with the words that were not taken, on a page that is loaded again.
  const reload = status.why === "schema" || status.why === "malformed" || status.why === "notAllowed";
  return (
    <div className="unsaved lost" role="alert" data-strip="ended">
      <Icon id="alert" />
      <span>
        {t(`ended.${status.why}`, { time: clockMinute(status.at, zone) })}{" "}
        <span className="plain">
          {status.changes > 0 ? t("ended.lost", { count: status.changes }) : t("ended.nothingLost")}
        </span>
      </span>
      <span className="grow" />
      {status.changes > 0 ? <CopyButton words={() => wordsOf(unsavedWording())} /> : null}
      {reload ? (
        <button type="button" className="btn" onClick={() => location.reload()}>
          {t("ended.reload")}
        </button>
      ) : null}
    </div>
  );
}

function Retry({ at }: { readonly at: number | null }) {
  const { t } = useTranslation("editor");
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const seconds = at === null ? 0 : Math.ceil((at - now) / 1_000);
  return (
    <span className="plain">
      {seconds > 0 ? t("status.retry", { count: seconds }) : t("status.retryNow")}
    </span>
  );
}

export function wordsOf(untaken: readonly Untaken[]): string {
  return untaken.map(({ words }) => words).join("\n\n");
}

type CopyButtonProps = { readonly words: () => string; readonly name?: string };

export function CopyButton({ words, name }: CopyButtonProps) {
  const { t } = useTranslation("editor");
  const [copied, setCopied] = useState(false);
  return (
    <button
      type="button"
      className="btn"
      onClick={() => {
        copy(words());
        setCopied(true);
      }}
    >
      {copied ? t("refused.copied") : (name ?? t("refused.copy"))}
    </button>
  );
}

/** On a plain-HTTP network the browser has no clipboard for scripts; a selected field works everywhere. */
function copy(words: string): void {
  if (navigator.clipboard) {
    void navigator.clipboard.writeText(words).catch(() => copyBySelection(words));
  } else {
    copyBySelection(words);
  }
}

function copyBySelection(words: string): void {
  const field = document.createElement("textarea");
  field.value = words;
  field.className = "vh";
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
