/** The bar of a page that is also read within a session, which has one of its own. */
import { useParams } from "@remix-run/react";
import { SiteBar } from "./site-bar.tsx";

export function OwnBar() {
  return useParams()["session"] === undefined ? <SiteBar /> : null;
}
