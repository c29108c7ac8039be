/** Renders a page on the server: whole before it is sent, so that it is useful before and without script. */
import { Writable } from "node:stream";
import type { AppLoadContext, EntryContext, LoaderFunctionArgs } from "@remix-run/node";
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
        onShellReady: () => {
          if (!bot) begin();
        },
        onAllReady: () => {
          // What waits for a page that is there would hold all of it for as long.
          clearTimeout(late);
          if (bot) begin();
        },
        onShellError: fail,
        onError: (error) => {
          broken = 500;
          context.report(error);
        },
      },
    );
    const late = setTimeout(abort, GIVE_UP_MS).unref();
    function begin(): void {
      headers.set("Content-Type", "text/html; charset=utf-8");
      answer(new Response(bodyOf(pipe), { headers, status: broken }));
    }
  });
}

/**
 * React writes in pieces of 2 kB and says when it has no more for now. What it wrote until then stays together: each
 * piece would be compressed and sent for itself.
 */
function bodyOf(pipe: (destination: Writable) => unknown): ReadableStream<Uint8Array> {
  let pieces: Uint8Array[] = [];
  let body: ReadableStreamDefaultController<Uint8Array> | null = null;
  const flush = (): void => {
    if (pieces.length > 0) body?.enqueue(Buffer.concat(pieces));
    pieces = [];
  };
  const destination = new Writable({
    write(piece: Uint8Array, _encoding, done) {
      pieces.push(piece);
      done();
    },
    final(done) {
      flush();
      body?.close();
      done();
    },
  });
  return new ReadableStream<Uint8Array>({
    start(controller) {
      body = controller;
      destination.on("error", (error) => controller.error(error));
      pipe(Object.assign(destination, { flush }));
    },
    // Whoever asked has gone: React stops when it hears of it.
    cancel: () => void destination.destroy(),
  });
}

/** Errors that nobody expected go into the process's log, without anybody's words; a page that was left is none. */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs): void {
  if (!request.signal.aborted) context.report(error);
}
