/** The live paper of somebody who reads: it follows what is written. */
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNotices } from "#app/components/live.tsx";
import { mountReader, type Reader, type ReaderStatus } from "#collab/client/reader.ts";
import { Sections } from "./paper.tsx";

type LiveSectionsProps = {
  readonly textId: string;
  /** Of the paper in the first response. */
  readonly seq: number;
  readonly onChange?: () => void;
};

const nothing = (): void => {};

export function LiveSections({ textId, seq, onChange = nothing }: LiveSectionsProps) {
  const { t } = useTranslation("text");
  const host = useRef<HTMLDivElement>(null);
  const reader = useRef<Reader | null>(null);
  const [status, setStatus] = useState<ReaderStatus>("current");
  const first = useRef(seq);
  useEffect(() => {
    if (!host.current) return;
    const shown = host.current.childElementCount > 0 || first.current === 0 ? first.current : null;
    const mounted = mountReader({ host: host.current, textId, seq: shown, onStatus: setStatus, onChange });
    reader.current = mounted;
    return () => mounted.destroy();
  }, [textId, onChange]);
  useNotices([`text:${textId}`, `locks:${textId}`], () => reader.current?.refresh());
  return (
    <>
      <output className="vh">{status === "behind" ? t("room.stale") : ""}</output>
      {status === "behind" ? <p className="stale no-print">{t("room.stale")}</p> : null}
      <Sections id={textId} source={null} hostRef={host} />
    </>
  );
}
