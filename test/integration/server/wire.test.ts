/** Frames that go past `ws`, read by `ws` at the other end. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { Duplex } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { binaryFrame, createWire } from "#app/server/wire.ts";

/** On both sides of each change of the header's length. */
const LENGTHS = [0, 1, 125, 126, 127, 255, 256, 65_535, 65_536, 400_000];

const payloadOf = (length: number): Buffer =>
  Buffer.from(Array.from({ length }, (_, at) => (at * 7 + length) & 0xff));

async function openPair(): Promise<{
  readonly page: WebSocket;
  readonly ws: WebSocket;
  readonly socket: Duplex;
}> {
  const http = createServer();
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const sat = new Promise<{ ws: WebSocket; socket: Duplex }>((resolve) => {
    http.on("upgrade", (req, socket, head) => {
      server.handleUpgrade(req, socket, head, (ws) => resolve({ ws, socket }));
    });
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const address = http.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const page = new WebSocket(`ws://127.0.0.1:${port}`);
  onTestFinished(() => {
    page.terminate();
    http.close();
  });
  return { page, ...(await sat) };
}

test("[RM3] a frame of any length arrives whole and in its turn, between what ws sends by itself", async () => {
  const { page, ws, socket } = await openPair();
  const arrived: Buffer[] = [];
  page.on("message", (data: Buffer, isBinary) => {
    expect(isBinary).toBe(true);
    arrived.push(data);
  });
  let pings = 0;
  page.on("ping", () => {
    pings += 1;
  });
  for (const length of LENGTHS) {
    socket.write(binaryFrame(payloadOf(length)));
    ws.ping();
    ws.send(payloadOf(length));
  }
  ws.close(4000, "That was all.");
  const [code, reason] = await once(page, "close");
  expect([code, String(reason)]).toEqual([4000, "That was all."]);
  expect(pings).toBe(LENGTHS.length);
  expect(arrived).toEqual(LENGTHS.flatMap((length) => [payloadOf(length), payloadOf(length)]));
});

test("[RM3] what is told to every page is put into a frame once, and never taken for something else", () => {
  const wire = createWire();
  const [first, second] = [payloadOf(90), payloadOf(91)];
  const frame = wire(first);
  expect(wire(first)).toBe(frame);
  expect(wire(second)).toEqual(binaryFrame(second));
  expect(wire(first)).toEqual(frame);
});
