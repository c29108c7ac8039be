import { describe, expect, it } from "vitest";
import { isRefusal, refuse } from "#app/rules/refusal.ts";
import { createPatience, networkOf } from "#app/server/sign-in/patience.ts";
import { createTurns, type Place } from "#app/server/sign-in/turns.ts";
import { HandClock } from "#test/support/hand-clock.ts";

/** Work that ends when it is told to. */
function holding() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () =>
    new Promise<string>((resolve) => {
      begun.push(name);
      ends.set(name, () => resolve(name));
    });
  const end = (name: string) => ends.get(name)?.();
  return { begun, work, end };
}

/** What is to happen at once has happened. */
const everythingThatIsDue = () => new Promise((resolve) => setImmediate(resolve));

const others = (network: string, account: string): Place => ({ network, account, isKnown: false });
const known = (network: string, account: string): Place => ({ network, account, isKnown: true });

describe("turns at checking passwords", () => {
  /** Everybody asks while somebody holds the only turn; the order in which they then get theirs. */
  async function orderOf(asked: readonly (readonly [Place, string])[], mostWaiting = 100) {
    const turns = createTurns({ atOnce: 1, mostWaiting });
    const { begun, work, end } = holding();
    const first = turns.take(others("first", "first"), work("first"));
    const answers = asked.map(([place, name]) => turns.take(place, work(name)));
    await everythingThatIsDue();
    end("first");
    await first;
    for (let at = 1; at <= asked.length; at += 1) {
      await everythingThatIsDue();
      const name = begun[at];
      if (name === undefined) break;
      end(name);
      await answers[asked.findIndex(([, one]) => one === name)];
    }
    const settled = await Promise.all(answers);
    const away = asked.flatMap(([, name], at) => (isRefusal(settled[at]) ? [name] : []));
    return { order: begun.slice(1), away };
  }

  it("[SI10] go round by address, however much one of them asks for", async () => {
    const flood = Array.from({ length: 6 }, (_, at) => [others("bad", `e${at}`), `bad${at}`] as const);
    const { order, away } = await orderOf([
      ...flood,
      [others("good", "a"), "good1"],
      [others("fair", "b"), "fair1"],
      [others("good", "c"), "good2"],
    ]);
    expect(order).toEqual(["bad0", "good1", "fair1", "bad1", "good2", "bad2", "bad3", "bad4", "bad5"]);
    expect(away).toEqual([]);
  });

  it("[SI10] go round by account within an address", async () => {
    const { order } = await orderOf([
      [others("one", "a"), "a1"],
      [others("one", "a"), "a2"],
      [others("one", "a"), "a3"],
      [others("one", "b"), "b1"],
      [others("one", "b"), "b2"],
      [others("one", "c"), "c1"],
    ]);
    expect(order).toEqual(["a1", "b1", "c1", "a2", "b2", "a3"]);
  });

  it("[SI10] go to known browsers first, but for every fourth", async () => {
    const { order } = await orderOf([
      [others("one", "x"), "x1"],
      [others("two", "y"), "y1"],
      ...Array.from({ length: 5 }, (_, at) => [known("one", `k${at}`), `k${at}`] as const),
    ]);
    // The turn that was held when they came was the first of four.
    expect(order).toEqual(["k0", "k1", "x1", "k2", "k3", "k4", "y1"]);
  });

  it("[SI10] are given up by the newest of the largest share when too many wait, and by nobody with less", async () => {
    const flood = Array.from({ length: 4 }, (_, at) => [others("bad", "e"), `bad${at}`] as const);
    const { order, away } = await orderOf(
      [...flood, [others("bad", "f"), "f1"], [others("good", "a"), "good1"], [known("bad", "k"), "k1"]],
      4,
    );
    expect(away).toEqual(["bad2", "bad3"]);
    expect(order).toEqual(["k1", "bad0", "good1", "f1", "bad1"]);
  });

  it("[SI10] send away who comes when everybody has as little", async () => {
    const { away } = await orderOf(
      [
        [others("a", "a"), "a1"],
        [others("b", "b"), "b1"],
        [others("c", "c"), "c1"],
      ],
      2,
    );
    expect(away).toEqual(["c1"]);
  });

  it("[SI10] go on after work that fails", async () => {
    const turns = createTurns({ atOnce: 1, mostWaiting: 5 });
    await expect(turns.take(others("a", "a"), () => Promise.reject(new Error("broken")))).rejects.toThrow(
      "broken",
    );
    expect(await turns.take(others("a", "a"), () => Promise.resolve("done"))).toBe("done");
  });
});

describe("a line of attempts", () => {
  const attempt = { email: "erin@example.org", network: "192.0.2.1", knownBrowser: null };
  const fail = () => Promise.resolve(null);

  it("[SI4] tries one at a time, so that guesses made side by side are all counted", async () => {
    const clock = new HandClock();
    const patience = createPatience(clock);
    let atOnce = 0;
    let most = 0;
    const guess = async () => {
      most = Math.max(most, (atOnce += 1));
      await Promise.resolve();
      atOnce -= 1;
      return null;
    };
    const first = Array.from({ length: 5 }, () => patience.inLine(attempt, guess));
    const sixth = patience.inLine(attempt, () => Promise.resolve("in"));
    await Promise.all(first);
    expect(most).toBe(1);
    clock.advance(1_000);
    expect(await sixth).toBe("in");
  });

  it("[SI5] counts no attempt that was not tried, and begins anew after a success", async () => {
    const clock = new HandClock();
    const patience = createPatience(clock);
    const busy = refuse("too-many", "sign-in-busy");
    for (let at = 0; at < 20; at += 1)
      expect(await patience.inLine(attempt, () => Promise.resolve(busy))).toBe(busy);
    for (let at = 0; at < 4; at += 1) await patience.inLine(attempt, fail);
    expect(await patience.inLine(attempt, () => Promise.resolve("in"))).toBe("in");
    for (let at = 0; at < 5; at += 1) expect(await patience.inLine(attempt, fail)).toBeNull();
  });

  it("[SI5] gives the place of whoever has gone to the next", async () => {
    const clock = new HandClock();
    const patience = createPatience(clock);
    for (let at = 0; at < 5; at += 1) await patience.inLine(attempt, fail);
    const gone = new AbortController();
    const tried: string[] = [];
    const leaving = Array.from({ length: 8 }, (_, at) =>
      patience.inLine(attempt, () => Promise.resolve(tried.push(`gone${at}`)), gone.signal),
    );
    expect(isRefusal(await patience.inLine(attempt, fail))).toBe(true);
    gone.abort();
    expect((await Promise.all(leaving)).every(isRefusal)).toBe(true);
    const stays = patience.inLine(attempt, () => Promise.resolve("in"));
    clock.advance(1_000);
    expect(await stays).toBe("in");
    expect(tried).toEqual([]);
  });

  it("[SI5] stays open when a try breaks", async () => {
    const patience = createPatience(new HandClock());
    await expect(patience.inLine(attempt, () => Promise.reject(new Error("broken")))).rejects.toThrow(
      "broken",
    );
    expect(await patience.inLine(attempt, () => Promise.resolve("in"))).toBe("in");
  });

  it("[SI4] is one for all addresses of a household", () => {
    expect(networkOf("192.0.2.7")).toBe("192.0.2.7");
    expect(networkOf("::ffff:192.0.2.7")).toBe("::ffff:192.0.2.7");
    expect(networkOf("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2");
    expect(networkOf("2001:db8::6")).toBe(networkOf("2001:db8::7"));
    expect(networkOf("2001:db8:1::6")).not.toBe(networkOf("2001:db8:2::6"));
    expect(networkOf("::1")).toBe("0:0:0:0");
  });
});
