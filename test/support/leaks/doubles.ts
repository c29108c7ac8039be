/** What is not there and what is not yours: the answers for both, held against each other. */
import type { Given, Role } from "./browser.ts";
import type { Private } from "./delegation-things.ts";
import { unplanted } from "./marks.ts";

/** The moment at which a page was made. */
const INSTANT = /\b1[5-9]\d{11}\b/g;
const NONCE = /nonce(?:="|-|":"|\\":\\")[A-Za-z0-9+/_=-]{16,}/g;

/** An answer without what differs from one to the next in any case: the moment, the nonce, the id that was asked for. */
export function comparable({ status, headers, body }: Given, id: string): unknown {
  const { date: _date, "keep-alive": _alive, connection: _connection, ...others } = headers;
  const plain = (text: string) =>
    text.replaceAll(NONCE, "nonce").replaceAll(INSTANT, "instant").replaceAll(id, "ID");
  return { status, headers: plain(JSON.stringify(others)), body: plain(body.toString()) };
}

/** Holds answers for what is not somebody's to know of against those for what is not there. */
export function createDoubles() {
  const kept = new Map<string, unknown>();
  const differences: string[] = [];
  let compared = 0;
  return {
    differences,
    compared: () => compared,
    /** `send` asks for the address again with another id. */
    async compare(
      role: Role,
      about: {
        readonly address: string;
        readonly hidden: Private;
        readonly given: unknown;
        readonly way: string;
      },
      send: (address: string) => Promise<unknown>,
    ): Promise<void> {
      const { address, hidden, given, way } = about;
      const none = unplanted("not there", hidden.id.length);
      const other = address.replaceAll(hidden.id, none);
      const key = `${role.name} ${way} ${other}`;
      if (!kept.has(key)) kept.set(key, await send(other));
      compared += 1;
      const [yours, there] = [JSON.stringify(given), JSON.stringify(kept.get(key))];
      if (yours === there) return;
      const from = Math.max(0, [...yours].findIndex((letter, at) => letter !== there[at]) - 60);
      const [a, b] = [yours.slice(from, from + 200), there.slice(from, from + 200)];
      differences.push(`${role.name}, ${way} ${address}: …${a}… where nothing is: …${b}…`);
    },
    none: (hidden: Private) => unplanted("not there", hidden.id.length),
  };
}
export type Doubles = ReturnType<typeof createDoubles>;
