/** That words of a text are on this device alone: said where the text is listed. Loaded after the page. */
import { Link, useRouteLoaderData } from "@remix-run/react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./saving-line.tsx";

/** Of the data of every page: who is signed in. */
type Frame = { readonly me: { readonly personId: string } | null };

export function KeptCount({ textId, to }: { readonly textId: string; readonly to: string }) {
  const { t } = useTranslation("home");
  const frame = useRouteLoaderData<() => Promise<Frame>>("root");
  const personId = frame?.me?.personId;
  const [count, setCount] = useState(0);
  useEffect(() => {
    if (personId === undefined) return;
    let left = false;
    void import("#collab/client/replica/kept-words.ts")
      .then(({ listKeptWords }) => listKeptWords({ personId, textId }))
      .then((found) => left || setCount(found.length));
    return () => {
      left = true;
    };
  }, [personId, textId]);
  if (count === 0) return null;
  return (
    <Link to={to} className="late">
      <Icon id="alert" /> {t("mine.unsaved", { count })}
    </Link>
  );
}
