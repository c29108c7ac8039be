import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import * as Y from "yjs";
import { CLOSE, encodeClientFrame } from "#collab/frames.ts";
import { createTextDoc, SCHEMA_VERSION } from "#collab/model.ts";
import { MAX_WAITING_BYTES } from "#collab/server/limits.ts";
import type { Seat } from "#collab/server/room.ts";
import { Page, testRooms, TEXT } from "#test/support/room.ts";
import type { TestRooms } from "#test/support/room.ts";

const PARAGRAPHS = 80;
const LETTERS = 15_000;

/** A page over a real line to the room: `ask` sends a hello and resolves when the room has done with it. */
async function pageOverLine(room: TestRooms) {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const page = new WebSocket(`ws://127.0.0.1:${port}`);
  onTestFinished(() => page.terminate());
  const [line] = (await once(server, "connection")) as [WebSocket];
  let closedBy: number | null = null;
  const seat: Seat = await room.rooms.join(TEXT, {
    ...new Page("bilal").peer,
    send: (frame) => line.send(frame),
    close(code, reason) {
      closedBy = code;
      line.close(code, reason);
    },
    waiting: () => line.bufferedAmount,
  });
  let taken = (): void => undefined;
  line.on("message", (data: Buffer) => {
    seat.receive(new Uint8Array(data));
    void room.settle().then(() => taken());
  });
  if (page.readyState !== WebSocket.OPEN) await once(page, "open");
  const stateVector = Y.encodeStateVector(createTextDoc());
  return {
    page,
    line,
    closedBy: () => closedBy,
    async ask() {
      const done = new Promise<void>((resolve) => {
        taken = resolve;
      });
      page.send(encodeClientFrame([{ type: "hello", schema: SCHEMA_VERSION, client: 7, stateVector }]));
      await done;
    },
  };
}

it("[RM9] does not let a page whose line stands still fill the server's memory by asking for the text again and again", async () => {
  const room = await testRooms();
  const amara = await room.enter("amara");
  for (let at = 0; at < PARAGRAPHS; at += 1) {
    amara.write(`p${at}`, "x".repeat(LETTERS), { order: `B${at}x` });
    await room.settle();
  }
  const stuck = await pageOverLine(room);
  const welcome = once(stuck.page, "message");
  await stuck.ask();
  const [state] = (await welcome) as [Buffer];
  expect(state.length).toBeGreaterThan(PARAGRAPHS * LETTERS);
  stuck.page.pause();
  let asked = 0;
  while (stuck.closedBy() === null) {
    await stuck.ask();
    asked += 1;
  }
  expect([stuck.closedBy(), asked < 20]).toEqual([CLOSE.tooSlow, true]);
  expect(stuck.line.bufferedAmount).toBeLessThan(state.length + MAX_WAITING_BYTES);
  expect(room.rooms.counts().peers).toBe(1);
  const closed = once(stuck.page, "close");
  stuck.page.resume();
  expect((await closed)[0]).toBe(CLOSE.tooSlow);
  expect(amara.closed).toBe(null);
});
