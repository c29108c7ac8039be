/** The drafters' socket when rights change at the very moment: its own server over the real rooms, logins and doors. */
import { once } from "node:events";
import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import type { TextDoor } from "#app/rules/audience.ts";
import { createSockets, type Sockets } from "#app/server/socket.ts";
import { CLOSE } from "#collab/frames.ts";
import { drafter } from "#db/schema/text.ts";
import { findTextDoor } from "#db/stores/text-audience.ts";
import { Browser, closeOf, draftOver, startTestServer } from "#test/support/server.ts";

/** `find` and `ended` are asked in place of the doors and of the clock that ends logins. */
async function socketsOver(
  server: Awaited<ReturnType<typeof startTestServer>>,
  hooks: {
    readonly find?: (textId: string) => Promise<TextDoor | null>;
    readonly ended?: (cookies: string | undefined) => boolean;
  },
): Promise<{
  readonly sockets: Sockets;
  readonly joined: readonly string[];
  readonly over: (browser: Browser) => Browser;
}> {
  const { logins } = server.signIn;
  const joined: string[] = [];
  const sockets = createSockets({
    rooms: {
      join(textId, peer) {
        joined.push(peer.author.personId);
        return server.rooms.join(textId, peer);
      },
      withdraw: server.rooms.withdraw,
    },
    viewerOf: async (cookies) =>
      hooks.ended?.(cookies) === true ? { kind: "public" } : logins.viewerOf(cookies),
    findDoor: hooks.find ?? ((textId) => findTextDoor(server.db.read, textId)),
    onRefused: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  const http = createServer();
  http.on("upgrade", (req, socket, head) => sockets.upgrade(req, socket, head));
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  onTestFinished(async () => {
    await sockets.close();
    http.close();
  });
  const address = http.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { sockets, joined, over: (browser) => new Browser(`http://127.0.0.1:${port}`, browser.cookie) };
}

test("[SV15] one login that has run out closes its own pages and no page of another login of the person", async () => {
  const server = await startTestServer();
  const [old, newer] = [await server.as("chiara"), await server.as("chiara")];
  let isOver = false;
  const { sockets, over } = await socketsOver(server, {
    ended: (cookies) => isOver && cookies === old.cookie,
  });
  const first = await draftOver(over(old), "chiara", "resolution");
  const second = await draftOver(over(newer), "chiara", "resolution");
  isOver = true;
  const closed = closeOf(first.ws);
  sockets.rightsChanged("chiara");
  expect((await closed).code).toBe(CLOSE.notAllowed);
  second.page.write("p1", "Recalling", { role: "pp" });
  await second.until(() => second.page.saved === 1);
  expect(second.ws.readyState).toBe(second.ws.OPEN);
});

test("[SV15] a right that is withdrawn while its person sits down closes the page at once", async () => {
  const server = await startTestServer();
  let between: (() => Promise<void>) | null = async () => {
    between = null;
    await server.db.write(async (tx) => {
      await tx.update(drafter).set({ untilAt: 1 });
    });
    server.notices.rightsChanged("chiara");
    sockets.rightsChanged("chiara");
  };
  // Who asks is known by now, and the page is in nobody's list yet.
  const { sockets, joined, over } = await socketsOver(server, {
    async find(textId) {
      await between?.();
      return findTextDoor(server.db.read, textId);
    },
  });
  const ws = over(await server.as("chiara")).socket("resolution");
  expect((await closeOf(ws)).code).toBe(CLOSE.notAllowed);
  // Not even for a moment, and not by the next ping.
  expect(joined).toEqual([]);
});
