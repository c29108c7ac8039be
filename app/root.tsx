/** The frame of every page: language, theme, styles, exercise strip, the stream of notices, and what is said on errors. */
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "#app/i18n/use-translation.ts";
import { Sprite } from "#app/components/icons.tsx";
import { GoneTexts } from "#app/components/editor/gone-texts.tsx";
import { LiveProvider } from "#app/components/live.tsx";
import { PlainLinks } from "#app/components/plain-link.tsx";
import { useNonce } from "#app/components/nonce.ts";
import { titleOf } from "#app/i18n/title.ts";
import { type Viewer } from "#app/rules/viewer.ts";
import { findInstallation } from "#db/stores/installation.ts";
import sans from "@fontsource-variable/ibm-plex-sans/files/ibm-plex-sans-latin-wdth-normal.woff2?url";
import serif from "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2?url";
import naskh from "@fontsource-variable/noto-naskh-arabic/files/noto-naskh-arabic-arabic-wght-normal.woff2?url";
import sansArabic from "@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-400-normal.woff2?url";
import base from "#app/styles/base.css?url";
import bidi from "#app/styles/bidi.css?url";
import chrome from "#app/styles/chrome.css?url";
import compare from "#app/styles/compare.css?url";
import editor from "#app/styles/editor.css?url";
import mark from "#app/styles/mark.svg?url";
import print from "#app/styles/print.css?url";
import record from "#app/styles/record.css?url";
import reference from "#app/styles/reference.css?url";
import search from "#app/styles/search.css?url";
import session from "#app/styles/session.css?url";
import text from "#app/styles/text.css?url";
import tokens from "#app/styles/tokens.css?url";

/** For what goes wrong in this file: pages have one of their own in their frame. */
export { NotShown as ErrorBoundary } from "#app/routes/frame/not-shown.tsx";

export const links: LinksFunction = () => [
  { rel: "icon", href: mark, type: "image/svg+xml" },
  // Asked for before the style sheets have been read: lines would break anew when the letters come late.
  ...[sans, serif].map((href) => ({
    rel: "preload",
    as: "font" as const,
    type: "font/woff2",
    href,
    crossOrigin: "anonymous" as const,
  })),
  ...[tokens, base, bidi, chrome, session, record, reference, search, text, compare, editor, print].map(
    (href) => ({
      rel: "stylesheet",
      href,
    }),
  ),
];

export const meta: MetaFunction = (shown) => titleOf(shown, null);

export type Me = {
  readonly personId: string;
  readonly name: string;
  readonly secretariat: boolean;
  /** Their office's rights rest until they have authenticator codes on. */
  readonly officeRests: boolean;
} | null;

function meOf(viewer: Viewer): Me {
  if (viewer.kind === "public") return null;
  const { personId, name, secretariat, officeRests = false } = viewer;
  return { personId, name, secretariat, officeRests };
}

export async function loader({ context }: LoaderFunctionArgs) {
  const installation = await findInstallation(context.db.read);
  return {
    me: meOf(context.viewer),
    who: context.viewer.kind === "person" ? context.viewer.loginId : "public",
    mode: context.mode,
    body: installation?.bodyName ?? "",
    theme: context.theme,
    language: context.language,
  };
}

export function Layout({ children }: { readonly children: ReactNode }) {
  const root = useRouteLoaderData<typeof loader>("root");
  const nonce = useNonce();
  const { i18n, t } = useTranslation();
  return (
    <html
      lang={i18n.language}
      dir={i18n.dir()}
      data-theme={root && root.theme.theme !== "system" ? root.theme.theme : undefined}
      data-size={root?.theme.large ? "large" : undefined}
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {/* Where React Aria finds the nonce for its style element. */}
        <meta property="csp-nonce" nonce={nonce} suppressHydrationWarning />
        <Meta />
        <Links />
        {i18n.dir() === "rtl"
          ? [sansArabic, naskh].map((href) => (
              <link
                key={href}
                rel="preload"
                as="font"
                type="font/woff2"
                href={href}
                crossOrigin="anonymous"
              />
            ))
          : null}
      </head>
      <body>
        <Sprite />
        <a className="skip btn" href="#content">
          {t("skip")}
        </a>
        {root?.mode === "exercise" ? (
          <aside className="exercise" aria-label={t("exercise.name")}>
            <b>{t("exercise.name")}</b>
            <span>{t("exercise.words", { body: root.body })}</span>
          </aside>
        ) : null}
        {root?.me?.officeRests ? (
          <aside className="rests" aria-label={t("people:codes.title")}>
            <span>
              {t("people:codes.officeRests")} <Link to="/account/codes">{t("people:codes.begin.title")}</Link>
            </span>
          </aside>
        ) : null}
        <LiveProvider who={root?.who ?? "public"}>
          {root?.me ? <GoneTexts personId={root.me.personId} /> : null}
          {children}
        </LiveProvider>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function Root() {
  return (
    <PlainLinks>
      <Outlet />
    </PlainLinks>
  );
}
