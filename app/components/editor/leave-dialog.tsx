/** Going to another page of the application asks first while something is not saved, and says what waits. */
import { useBlocker } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { EditorView } from "./use-editor.ts";

export function LeaveDialog({ view }: { readonly view: EditorView }) {
  const { t } = useTranslation("editor");
  const { opened, kept } = view;
  const dialog = useRef<HTMLDialogElement>(null);
  const isWaiting = (): boolean => opened?.drafting.isWaiting() ?? false;
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => currentLocation.pathname !== nextLocation.pathname && isWaiting(),
  );
  const isAsking = blocker.state === "blocked";
  useEffect(() => {
    // The first button is "stay": it has the focus, and the focus goes back to where it was.
    if (isAsking) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isAsking]);
  const isDone = isAsking && !isWaiting();
  useEffect(() => {
    // Saved meanwhile: there is nothing left to ask.
    if (isDone) blocker.proceed?.();
  }, [blocker, isDone]);
  const labels = isAsking ? labelsOfPending(opened) : [];
  return (
    <dialog
      className="sheet-dialog leave-dialog"
      aria-labelledby="leave-title"
      aria-describedby="leave-words"
      ref={dialog}
      onClose={() => blocker.reset?.()}
    >
      <h2 id="leave-title">{t("leaving.title")}</h2>
      <p id="leave-words">
        {labels.length > 0 ? t("leaving.where", { paragraphs: labels.join(t("chrome:comma")) }) : null}{" "}
        {t(kept ? "leaving.kept" : "leaving.notKept")}
      </p>
      <div className="row wrap">
        <button type="button" className="btn primary" onClick={() => dialog.current?.close()}>
          {t("leaving.stay")}
        </button>
        <button type="button" className="btn" onClick={() => blocker.proceed?.()}>
          {t("leaving.go")}
        </button>
      </div>
    </dialog>
  );
}

/** Labels of the paragraphs with changes that wait, in the order of the text where they have one. */
function labelsOfPending(opened: EditorView["opened"]): string[] {
  if (!opened) return [];
  return [...opened.drafting.pending()].map((id) => opened.handle.labelOf(id).short).filter(Boolean);
}
