/** Lets the browser forget texts that have ceased to be its person's to see: at the first page, and with news of rights. */
import { useCallback, useEffect } from "react";
import { useNotices } from "#app/components/live.tsx";

export function GoneTexts({ personId }: { readonly personId: string }) {
  const forget = useCallback(() => {
    void hasKeptTexts().then(async (has) => {
      if (!has) return;
      const { askServer, letGoOfGoneTexts } = await import("#collab/client/replica/gone-texts.ts");
      await letGoOfGoneTexts(personId, askServer);
    });
  }, [personId]);
  useEffect(forget, [forget]);
  useNotices(["rights"], forget);
  return null;
}

/** Most people keep none: for them nothing is loaded. */
async function hasKeptTexts(): Promise<boolean> {
  if (typeof indexedDB === "undefined" || typeof indexedDB.databases !== "function") return false;
  try {
    return (await indexedDB.databases()).some(({ name }) => name?.startsWith("chapeau-text/"));
  } catch {
    return false;
  }
}
