/** The baseline of pages: Express and Remix as we use them, with a page that loads and shows nothing. Tells its address. */
import { createRequestHandler } from "@remix-run/express";
import type { EntryContext, ServerBuild } from "@remix-run/node";
import { Outlet, RemixServer } from "@remix-run/react";
import compression from "compression";
import express from "express";
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { report } from "./orders.ts";

function handleRequest(request: Request, status: number, headers: Headers, context: EntryContext): Response {
  const body = renderToString(createElement(RemixServer, { context, url: request.url }));
  headers.set("Content-Type", "text/html; charset=utf-8");
  return new Response(`<!doctype html>${body}`, { status, headers });
}

const has = { hasAction: false, hasClientAction: false, hasClientLoader: false, hasErrorBoundary: false };
const asset = (id: string, parentId: string | undefined, hasLoader: boolean) => ({
  id,
  parentId,
  path: parentId === undefined ? "" : undefined,
  index: parentId === undefined ? undefined : true,
  hasLoader,
  ...has,
  module: `/${id}.js`,
});

const build: ServerBuild = {
  mode: "production",
  entry: { module: { default: handleRequest } },
  routes: {
    root: {
      id: "root",
      path: "",
      module: {
        default: () =>
          createElement("html", { lang: "en" }, createElement("body", null, createElement(Outlet))),
      },
    },
    page: {
      id: "page",
      parentId: "root",
      index: true,
      module: { loader: () => null, default: () => createElement("main", null, "Nothing") },
    },
  },
  assets: {
    entry: { imports: [], module: "/entry.js" },
    routes: { root: asset("root", undefined, false), page: asset("page", "root", true) },
    url: "/manifest.js",
    version: "1",
  },
  basename: "/",
  publicPath: "/",
  assetsBuildDirectory: "",
  isSpaMode: false,
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_singleFetch: true,
    v3_lazyRouteDiscovery: true,
  },
};

const app = express();
app.use(compression());
app.all("*", createRequestHandler({ build, mode: "production" }));
const http = app.listen(0, "127.0.0.1", () => {
  const address = http.address();
  if (address && typeof address === "object") void report({ url: `http://127.0.0.1:${address.port}` });
});
