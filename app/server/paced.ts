/**
 * The bytes of a file, handed on as fast as the other end takes them: the pages' framework writes whatever a stream gives
 * it, and a thousand slow readers of a large file would each have all of it in memory. Rule UP6.
 */
import type { ServerResponse } from "node:http";

/** Reads on when `res` has room, and lets go of `stream` when nobody listens any more. */
export function paced(
  stream: ReadableStream<Uint8Array>,
  res: Pick<ServerResponse, "destroyed" | "writableNeedDrain" | "once" | "off">,
): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        await room(res);
        if (res.destroyed) {
          await reader.cancel();
          controller.close();
          return;
        }
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

function room(res: Parameters<typeof paced>[1]): Promise<void> {
  if (res.destroyed || !res.writableNeedDrain) return Promise.resolve();
  return new Promise((resolve) => {
    const go = (): void => {
      res.off("drain", go);
      res.off("close", go);
      resolve();
    };
    res.once("drain", go);
    res.once("close", go);
  });
}
