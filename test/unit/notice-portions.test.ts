/** How long telling takes: to thousands of streams in portions, with pauses that the test counts. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, onTestFinished, test, vi } from "vitest";
import { createNotices } from "#app/server/notices.ts";
import { createTextDoors } from "#app/server/text-doors.ts";

/** Streams that remember after how many milliseconds of waiting they were told. */
async function tellAll(count: number): Promise<{ told: number[]; gathered: number }> {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  let waited = 0;
  let last = (_streams: number): void => undefined;
  const sent = new Promise<number>((resolve) => (last = resolve));
  const nothing = (): void => undefined;
  const notices = createNotices({
    doors: createTextDoors({ find: () => Promise.resolve(null), now: Date.now }),
    viewerOf: () => Promise.resolve({ kind: "public" }),
    onRightsChanged: nothing,
    onTell: nothing,
    onSent: (streams) => last(streams),
    onError(error) {
      throw error;
    },
    limits: { perLogin: count, perAddress: count, ofPublic: count, inAll: count },
    pauseFor(ms) {
      waited += ms;
      return Promise.resolve();
    },
  });
  const told: number[] = [];
  for (let stream = 0; stream < count; stream += 1) {
    const res = {
      writableLength: 0,
      writeHead: nothing,
      once: nothing,
      write: (words: string) => words.startsWith("data:") && told.push(waited),
    };
    notices.open({ headers: {} } as IncomingMessage, res as unknown as ServerResponse, {
      viewer: { kind: "public" },
      address: "hall",
    });
  }
  notices.tell({ kind: "everybody" }, "now");
  const start = performance.now();
  vi.advanceTimersToNextTimer();
  const gathered = performance.now() - start;
  await sent;
  return { told, gathered };
}

test.each([1, 50, 2_000, 10_000])(
  "[AG15] all of %i streams are told within a quarter of a second and one more",
  async (count) => {
    const { told, gathered } = await tellAll(count);
    expect(told).toHaveLength(count);
    expect(gathered).toBeLessThanOrEqual(250);
    expect(Math.max(...told)).toBeLessThanOrEqual(1_000);
  },
);

test("[AG15] thousands of streams are told in portions, so that nothing waits behind all of them", async () => {
  const { told } = await tellAll(10_000);
  const portions = Map.groupBy(told, (waited) => waited);
  expect(Math.max(...[...portions.values()].map((portion) => portion.length))).toBeLessThanOrEqual(100);
});
