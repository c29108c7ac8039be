/**
 * Of texts that a browser keeps for its person: which are not theirs to see any more. Asked by that browser alone, which
 * then lets go of them; nothing is said of a text that a visit to its page would not say.
 */
import type { LoaderFunctionArgs } from "@remix-run/node";
import { may } from "#app/rules/permissions.ts";
import { findTextDoor } from "#db/stores/text-audience.ts";

const MOST = 100;

/** `?text=…&text=…` → `{ "gone": […] }`; null for whoever has not signed in: a login that has ended says nothing of rights. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const { viewer, db } = context;
  const headers = { "Cache-Control": "private, no-store" };
  if (viewer.kind === "public") return Response.json({ gone: null }, { headers });
  const kept = new URL(request.url).searchParams.getAll("text").slice(0, MOST);
  const gone: string[] = [];
  for (const textId of kept) {
    const door = await findTextDoor(db.read, textId);
    if (!door || may("readText", viewer, { kind: "text", door }) !== true) gone.push(textId);
  }
  return Response.json({ gone }, { headers });
}
