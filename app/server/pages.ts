/** Express: static files, then pages by Remix. What comes here has passed the guards. */
import { existsSync } from "node:fs";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createRequestHandler, type RequestHandler as ExpressHandler } from "@remix-run/express";
import { createRequestHandler as createRenderer, type ServerBuild } from "@remix-run/node";
import compression from "compression";
import express, {
  type NextFunction,
  type Request as ExpressRequest,
  type Response as ExpressResponse,
} from "express";
import type { ViteDevServer } from "vite";
import type { AppLoadContext } from "#app/commands/context.ts";
import { fewerRoutes } from "./fewer-routes.ts";
import { createKeptPages } from "./kept-pages.ts";
import { wordsFor } from "./language.ts";
import type { Way } from "./ways.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const BUILD = path.join(ROOT, "build");
const YEAR_SECONDS = 31_536_000;
/** Pages are compressed while somebody waits. */
const COMPRESSION = 4;

export type Pages = {
  readonly listener: RequestListener;
  /** A page as it would be sent, without a connection. */
  render(request: Request, context: AppLoadContext): Promise<Response>;
  close(): Promise<void>;
};

export type PagesOptions = {
  /** Serve from source by Vite, reloading pages as they are edited. */
  readonly development: boolean;
  readonly contextOf: (req: IncomingMessage, res: ServerResponse) => Promise<AppLoadContext>;
  readonly onError: (error: unknown) => void;
};

/** Throws with a sentence when the pages have not been built. */
export async function createPages(options: PagesOptions): Promise<Pages> {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  // Forwarded headers have been checked, and set anew, before Express sees a request.
  app.set("trust proxy", true);
  app.use(compression({ level: COMPRESSION }));
  // Browsers ask for it whatever the page says.
  app.get("/favicon.ico" satisfies Way, (_req, res) => void res.status(204).end());
  const vite = options.development ? await startVite() : null;
  if (vite !== null) app.use(vite.middlewares);
  const { render, handle } =
    vite === null
      ? answering(await loadBuild(), options)
      : answeringFromSource(() => loadFromSource(vite), options);
  // From source, a page may change although nothing was recorded.
  if (vite === null) {
    app.use(createKeptPages({ render, contextOf: options.contextOf }));
    serveFiles(app);
  }
  app.all("*", handle);
  // Express knows an error handler by its four arguments.
  app.use((error: unknown, req: ExpressRequest, res: ExpressResponse, _next: NextFunction) => {
    const status = statusOf(error);
    if (status === 500) options.onError(error);
    if (res.headersSent) return void res.destroy();
    const words = wordsFor(req);
    const sentence = { 500: words.failed, 404: words.noSuchFile }[status] ?? words.notAsSent;
    res.status(status).type("text").send(`${sentence}\n`);
  });
  return { listener: app, render, close: async () => vite?.close() };
}

type Answering = { readonly render: Pages["render"]; readonly handle: ExpressHandler };

/** By the build for each address: see `fewer-routes.ts`. */
function answering(build: ServerBuild, { contextOf: getLoadContext }: PagesOptions): Answering {
  const buildFor = fewerRoutes(build);
  const made = new Map<ServerBuild, Answering>();
  const answeringFor = (path: string): Answering => {
    const fewer = buildFor(path);
    const known = made.get(fewer);
    if (known) return known;
    const own = {
      render: createRenderer(fewer, "production"),
      handle: createRequestHandler({ build: fewer, mode: "production", getLoadContext }),
    };
    made.set(fewer, own);
    return own;
  };
  return {
    render: (request, context) => answeringFor(new URL(request.url).pathname).render(request, context),
    handle: (req, res, next) => answeringFor(req.path).handle(req, res, next),
  };
}

function answeringFromSource(
  build: () => Promise<ServerBuild>,
  { contextOf: getLoadContext }: PagesOptions,
): Answering {
  const mode = "development";
  return {
    render: createRenderer(build, mode),
    handle: createRequestHandler({ build, mode, getLoadContext }),
  };
}

/** A file that is not there, or an address that cannot be read, is no fault of ours: such errors say so by a status. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && "status" in error ? error.status : null;
  return typeof status === "number" && status >= 400 && status < 500 ? status : 500;
}

function serveFiles(app: express.Express): void {
  const forever = `public, max-age=${YEAR_SECONDS}, immutable`;
  app.use(
    "/assets" satisfies Way,
    express.static(path.join(BUILD, "client/assets"), {
      index: false,
      redirect: false,
      fallthrough: false,
      setHeaders: (res) => void res.setHeader("Cache-Control", forever),
    }),
  );
  app.use(
    express.static(path.join(BUILD, "client"), {
      index: false,
      redirect: false,
      setHeaders: (res) => void res.setHeader("Cache-Control", "public, max-age=3600"),
    }),
  );
}

async function loadBuild(): Promise<ServerBuild> {
  const file = path.join(BUILD, "server/index.js");
  if (!existsSync(file))
    throw new Error("The pages are not built yet: run `npm run build`, or `npm start` which does.");
  const build: ServerBuild = await import(pathToFileURL(file).href);
  return build;
}

async function startVite(): Promise<ViteDevServer> {
  const { createServer } = await import("vite");
  return createServer({
    configFile: path.join(ROOT, "app/vite.config.ts"),
    server: { middlewareMode: true },
  });
}

async function loadFromSource(vite: ViteDevServer): Promise<ServerBuild> {
  const build = await vite.ssrLoadModule("virtual:remix/server-build");
  // Vite knows modules as records of unknown things.
  return build as unknown as ServerBuild;
}
