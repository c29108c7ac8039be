/** Headers of every answer: what a page may load and run, and that nobody keeps a private one. Rule SV9. */
import type { ServerResponse } from "node:http";
import { randomBytes } from "node:crypto";

export function newNonce(): string {
  return randomBytes(16).toString("base64");
}

/**
 * Scripts come from here, inline ones by nonce. React Aria's hidden inputs need style attributes; inline style
 * sheets need the nonce too, save Vite's in development.
 */
export function contentPolicy(page: {
  readonly nonce: string;
  readonly host: string;
  readonly https: boolean;
  readonly development: boolean;
}): string {
  const socket = `${page.https ? "wss" : "ws"}://${page.host}`;
  const rules = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${page.nonce}'`,
    // Widgets bring a rule or two of their own, with the nonce that the page tells them.
    `style-src 'self' ${page.development ? "'unsafe-inline'" : `'nonce-${page.nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${socket}${page.development ? " ws://localhost:24678 ws://127.0.0.1:24678" : ""}`,
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  if (page.https) rules.push("upgrade-insecure-requests");
  return rules.join("; ");
}

/** `production` adds HSTS; the content policy is set where its nonce is known. */
export function setSecurityHeaders(
  res: ServerResponse,
  page: { readonly policy: string; readonly https: boolean; readonly production: boolean },
): void {
  res.setHeader("Content-Security-Policy", page.policy);
  res.setHeader("X-Content-Type-Options", "nosniff");
  res.setHeader("Referrer-Policy", "same-origin");
  res.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  res.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  res.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  res.setHeader("Cache-Control", "private, no-store");
  if (page.production && page.https) res.setHeader("Strict-Transport-Security", "max-age=31536000");
}

/** For answers that are not pages: deltas, streams, figures. They load nothing and run nothing. */
export function setMachineHeaders(res: ServerResponse): void {
  res.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  res.setHeader("X-Content-Type-Options", "nosniff");
  res.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  res.setHeader("Referrer-Policy", "same-origin");
  res.setHeader("Cache-Control", "private, no-store");
}
