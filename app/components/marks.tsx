/** What somebody looked for, marked where they come to it from search: `?mark=` says what. Works without script. */
import { useInRouterContext, useLocation } from "@remix-run/react";
import { useMemo } from "react";
import { marked, type Piece } from "#app/rules/search-marks.ts";
import { parseQuery } from "#app/rules/search-query.ts";

/** Of a row of pieces none comes, goes or moves under the reader's eyes, so its place is its name. */
export function Pieces({ pieces }: { readonly pieces: readonly Piece[] }) {
  return pieces.map(({ words, isFound }, at) =>
    // oxlint-disable-next-line react/no-array-index-key
    isFound ? <mark key={at}>{words}</mark> : words,
  );
}

type Words = { readonly children: string };

/** Words as they are, with marks where the page's address asks for some. */
export function Marked({ children }: Words) {
  // A paper by itself has no address.
  return useInRouterContext() ? <AskedFor>{children}</AskedFor> : children;
}

function AskedFor({ children }: Words) {
  const { search } = useLocation();
  // Most addresses ask for none, and a page has hundreds of words that could be marked.
  const asked = search.includes("mark=") ? new URLSearchParams(search).get("mark") : null;
  const pieces = useMemo(() => {
    const query = asked === null ? "search-empty" : parseQuery(asked);
    return typeof query === "string" ? null : marked(children, query);
  }, [asked, children]);
  return pieces === null ? children : <Pieces pieces={pieces} />;
}
