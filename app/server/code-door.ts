/**
 * An exercise that is open to a network stands behind a code, printed where it was started and entered once per browser,
 * before anything else is answered. Rule SV10.
 */
import { createHmac } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { startWords } from "#app/i18n/start-words.ts";
import { titleWith } from "#app/i18n/title.ts";
import type { Language } from "#app/rules/language.ts";
import { languageOf } from "./language.ts";
import { isSameSecret } from "./secret.ts";
import { readCookie } from "./sign-in/logins.ts";
import { type Way, wayOf } from "./ways.ts";

export type CodeDoor = {
  /** What to type, for printing: "K7QD2-M4XRT". */
  readonly code: string;
  admits(cookies: string | undefined): boolean;
  /** Asks for the code, or takes it: the only answer to a browser that is not admitted. */
  serve(
    req: IncomingMessage,
    res: ServerResponse,
    page: { readonly nonce: string; readonly secure: boolean },
  ): Promise<void>;
};

const COOKIE = "chapeau.code";
const SECONDS = 30 * 24 * 3600;
/** Without I, L, O and U, which are misread. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const MOST_BYTES = 1_000;
const HERE: Way = "/code";

/** The code follows from the secret, so that a restart asks nobody again. */
export function createCodeDoor(secret: string): CodeDoor {
  const digest = createHmac("sha256", secret).update("exercise code").digest();
  const letters = [...digest.subarray(0, 10)].map((byte) => ALPHABET[byte % 32] ?? "").join("");
  const pass = createHmac("sha256", secret).update(`exercise pass ${letters}`).digest("base64url");

  return {
    code: `${letters.slice(0, 5)}-${letters.slice(5)}`,
    admits: (cookies) => isSameSecret(readCookie(cookies ?? "", COOKIE) ?? "", pass),
    async serve(req, res, { nonce, secure }) {
      const typed = req.method === "POST" && wayOf(req.url ?? "") === HERE ? await readCode(req) : null;
      if (typed !== null && isSameSecret(typed, letters)) {
        const flags = `Path=/; Max-Age=${SECONDS}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
        res.writeHead(303, { Location: "/", "Set-Cookie": `${COOKIE}=${pass}; ${flags}` });
        res.end();
        return;
      }
      const policy = `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
      res.setHeader("Content-Security-Policy", policy);
      res.writeHead(401, { "Content-Type": "text/html; charset=utf-8" });
      res.end(codePage(nonce, { language: languageOf(req.headers), isWrong: typed !== null }));
    },
  };
}

async function readCode(req: IncomingMessage): Promise<string> {
  let body = "";
  for await (const piece of req) {
    body += String(piece);
    if (body.length > MOST_BYTES) return "";
  }
  const typed = new URLSearchParams(body).get("code") ?? "";
  return typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
}

function codePage(
  nonce: string,
  { language, isWrong }: { readonly language: Language; readonly isWrong: boolean },
): string {
  const words = startWords[language];
  const error = isWrong ? `<p id="wrong" role="alert">${words.codeWrong}</p>` : "";
  return `<!doctype html>
<html lang="${language}" dir="${language === "ar" ? "rtl" : "ltr"}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${titleWith(language, words.codeTitle)}</title>
<style nonce="${nonce}">:root{color-scheme:light dark}body{font:1.0625rem/1.5 system-ui,sans-serif;max-inline-size:32rem;margin:4rem auto;padding-inline:1rem}
label{display:block;font-weight:600}input,button{font:inherit;padding:.5rem .75rem;min-block-size:2.75rem}input{inline-size:12rem;text-transform:uppercase}</style></head>
<body><main><h1>${words.codeTitle}</h1><p>${words.codeAsk}</p>${error}
<form method="post" action="${HERE}"><label for="code">${words.codeField}</label>
<input id="code" name="code" autocomplete="off" autocapitalize="characters" required${isWrong ? ' aria-invalid="true" aria-describedby="wrong" autofocus' : ""}>
<button>${words.codeEnter}</button></form></main></body></html>
`;
}
