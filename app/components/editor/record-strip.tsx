/** The record is not the one that this browser saw before: stays until somebody has noted what was seen. */
import { useTranslation } from "react-i18next";
import type { RecordBreak, RecordEnd } from "#collab/client/replica/replica.ts";
import { CopyButton, Icon } from "./saving-line.tsx";

type RecordStripProps = { readonly broken: RecordBreak; readonly answer: () => void };

export function RecordStrip({ broken, answer }: RecordStripProps) {
  const { t } = useTranslation("editor");
  const { before, now } = broken;
  return (
    <div className="unsaved lost" role="alert" data-strip="record">
      <Icon id="alert" />
      <span>
        {t("record.broken")} <span className="plain">{t("record.tell")}</span>
      </span>
      <span className="grow" />
      <CopyButton name={t("record.copy")} words={() => noteOf(before)} />
      <button type="button" className="btn" onClick={answer}>
        {t("record.noted")}
      </button>
      <ul className="untaken">
        <li>
          <b>{t("record.before", { seq: before.seq })}</b> <code>{before.head}</code>
        </li>
        <li>
          <b>{t("record.now", { seq: now.seq })}</b> <code>{now.head}</code>
        </li>
      </ul>
    </div>
  );
}

/** In the list of keys, where it is at hand and in nobody's way: what the verifier takes with `--head`. */
export function RecordNote({ end }: { readonly end: RecordEnd }) {
  const { t } = useTranslation("editor");
  return (
    <div className="record-note">
      <p className="cap">{t("record.kept", { seq: end.seq })}</p>
      <p>
        <code>{end.head}</code>
      </p>
      <CopyButton name={t("record.copy")} words={() => end.head} />
    </div>
  );
}

function noteOf({ seq, head }: RecordEnd): string {
  return `${seq} ${head}`;
}
