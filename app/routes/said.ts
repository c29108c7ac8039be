/**
 * What a page says of the act that led to it, carried in the address and signed: words of somebody else's link never
 * stand on a page as facts.
 */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { AppLoadContext } from "#app/commands/context.ts";

/** Short words by name, such as `{ issued: versionId }`. */
export type Said = Readonly<Record<string, string>>;

/** Of this process: after a restart the page says nothing of what was done before it. */
const KEY = randomBytes(32);
/** So that a page opened again much later does not tell old news. */
const TOLD_FOR_MS = 10 * 60_000;

type Asker = Pick<AppLoadContext, "viewer" | "now">;

/** The address, a path of this installation, that says it to this person on this page. */
export function withSaid(context: Asker, to: string, said: Said): string {
  const url = new URL(to, "http://here");
  const told = Buffer.from(JSON.stringify({ at: context.now(), said })).toString("base64url");
  url.searchParams.set("said", `${told}.${signature(context, url.pathname, told).toString("base64url")}`);
  return `${url.pathname}${url.search}${url.hash}`;
}

/** What `withSaid` put into the address for this person and page; nothing when it is somebody else's, or old. */
export function saidIn(context: Asker, request: Request): Said {
  const url = new URL(request.url);
  const [told = "", signed = ""] = (url.searchParams.get("said") ?? "").split(".");
  const right = signature(context, url.pathname, told);
  const given = Buffer.from(signed, "base64url");
  if (given.length !== right.length || !timingSafeEqual(given, right)) return {};
  // Signed, hence what `withSaid` wrote.
  const { at, said } = JSON.parse(Buffer.from(told, "base64url").toString()) as { at: number; said: Said };
  return context.now() - at < TOLD_FOR_MS ? said : {};
}

function signature({ viewer }: Asker, path: string, told: string): Buffer {
  const who = viewer.kind === "person" ? viewer.personId : "";
  return createHmac("sha256", KEY).update(`${who}\n${path}\n${told}`).digest();
}
