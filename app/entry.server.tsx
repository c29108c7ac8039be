/** Renders a page on the server: whole before it is sent, so that it is useful before and without script. */
import { PassThrough } from "node:stream";
import {
  type AppLoadContext,
  type EntryContext,
  type LoaderFunctionArgs,
  createReadableStreamFromReadable,
} from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import { NonceContext } from "#app/components/nonce.ts";
import { PaperContext } from "#app/components/text/paper.tsx";
import { createTranslator } from "#app/i18n/translate.ts";

const GIVE_UP_MS = 10_000;

/** Bots get the page when all of it is there, readers as soon as its frame is. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  const bot = isbot(request.headers.get("user-agent"));
  return new Promise((answer, fail) => {
    let broken = status;
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={context.nonce}>
        <PaperContext.Provider value={context.paper}>
          <I18nextProvider i18n={createTranslator(context.language)}>
            <RemixServer context={remix} url={request.url} nonce={context.nonce} />
          </I18nextProvider>
        </PaperContext.Provider>
      </NonceContext.Provider>,
      {
        nonce: context.nonce,
        [bot ? "onAllReady" : "onShellReady"]: () => {
          const body = new PassThrough();
          headers.set("Content-Type", "text/html; charset=utf-8");
          answer(new Response(createReadableStreamFromReadable(body), { headers, status: broken }));
          pipe(body);
        },
        onShellError: fail,
        onError: (error) => {
          broken = 500;
          context.report(error);
        },
      },
    );
    setTimeout(abort, GIVE_UP_MS).unref();
  });
}

/** Errors that nobody expected go into the process's log, without anybody's words; a page that was left is none. */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs): void {
  if (!request.signal.aborted) context.report(error);
}
