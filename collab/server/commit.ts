/** One commit for all that a turn accepted; only then is it said to be saved, and applied to the live text. */
import type { Database, WriteTx } from "#db/database.ts";
import type { Head } from "#db/stores/chain.ts";
import { claimClient, setAsideClients } from "#db/stores/text-client.ts";
import { appendUpdates } from "#db/stores/text-log.ts";
import type { Effect } from "./effect.ts";
import type { LiveText } from "./live-text.ts";
import type { Author } from "./room.ts";
import type { SetAside } from "./set-aside.ts";

export type AcceptedRow = {
  readonly kind: "edit" | "command" | "repair";
  readonly act: string;
  readonly by: Author;
  /** Milliseconds. */
  readonly at: number;
  readonly effect: Effect;
  /** Client numbers used for the first time, with their owners. */
  readonly claims: readonly Claim[];
};

export type Claim = { readonly client: number; readonly by: Author };

/** The log has rows that the live text has not: it has to be opened from the log. */
export class BehindLog extends Error {
  readonly kind = "behind-log";
}

/** What is in the log now, and not in the live text before `apply`: to be called before anything reads that. */
export type Committed = { readonly head: Head; readonly apply: () => void };

type CommitTo = {
  readonly db: Database;
  readonly live: LiveText;
  readonly owners: Map<number, string | null>;
  readonly setAside: SetAside;
};

/**
 * Throws when nothing could be written; the live text is then as it was. `also` writes rows in the same commit. What
 * pages have set aside since the last commit goes on record with it.
 */
export async function commitRows(
  to: CommitTo,
  rows: readonly AcceptedRow[],
  also?: (tx: WriteTx, head: Head) => Promise<void>,
): Promise<Committed> {
  const { db, live, owners, setAside } = to;
  const { textId } = live;
  const aside = setAside.unkept();
  const before = live.seq();
  const head = await db.write(
    async (tx) => {
      const newest = await appendUpdates(
        tx,
        textId,
        rows.map(({ kind, act, by, at, effect }) => ({
          ...authorOf(by),
          kind,
          act,
          at,
          update: effect.update,
        })),
      );
      if (newest.seq !== before + rows.length) {
        throw new BehindLog(
          `The log of text ${textId} is at ${newest.seq}, its room thought ${before + rows.length}.`,
        );
      }
      for (const { claims, at } of rows) {
        for (const { client, by } of claims) {
          const owner = await claimClient(tx, { ...authorOf(by), textId, client, at });
          if (owner.personId !== by.personId)
            throw new Error(`Client ${client} of text ${textId} has an owner.`);
        }
      }
      if (aside.length > 0) await setAsideClients(tx, textId, aside);
      await also?.(tx, newest);
      return newest;
    },
    { log: true },
  );
  if (aside.length > 0) setAside.keep(aside);
  const apply = (): void =>
    rows.forEach(({ by, at, effect, claims }, index) => {
      const seq = before + index + 1;
      for (const claim of claims) owners.set(claim.client, claim.by.personId);
      live.apply({
        seq,
        hash: head.hash,
        stamp: { seq, person: by.personId, delegation: by.delegationId, at },
        effect,
        update: effect.update,
      });
    });
  return { head, apply };
}

function authorOf({ personId, delegationId, loginId }: Author): Author {
  return { personId, delegationId, loginId };
}
