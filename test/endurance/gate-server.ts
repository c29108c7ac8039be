/**
 * The room's own gate, repair and live text in the place of the convergence runs' bare server: what honest pages write
 * must pass, and what passes must leave all copies equal. The commit is left out, since these runs know no waiting.
 */
import * as Y from "yjs";
import { createLiveText } from "#collab/server/live-text.ts";
import { createDesk } from "#collab/server/desk.ts";
import { repairsAfter } from "#collab/server/edits.ts";
import type { AcceptedRow } from "#collab/server/commit.ts";
import type { Database } from "#db/database.ts";
import type { ServerMaker } from "./convergence-server.ts";

/** Throws when the gate refuses an edit: these pages are honest. */
export const createGateServer: ServerMaker = ({ state, repair, send }) => {
  const live = createLiveText({
    textId: "t",
    kind: "resolution",
    language: "en",
    seq: 0,
    head: "",
    state,
    attribution: null,
  });
  const owners = new Map<number, string | null>([[1, "first"]]);
  const desk = createDesk(
    {
      live,
      owners,
      locks: new Set(),
      held: new Set(),
      setAside: new Set(),
      damagedAt: null,
      checkpoint: null,
    },
    {
      db: {} as Database,
      now: () => 0,
      random: () => 0.5,
      onFault: (error) => {
        throw error;
      },
      onStorageTrouble: () => undefined,
    },
  );
  let repaired = 0;
  return {
    doc: live.doc,
    get repaired() {
      return repaired;
    },
    receive(from, update) {
      const personId = `person ${from}`;
      const verdict = desk.gate.check({ update, first: false, personId });
      if (verdict.kind === "refused") {
        const { code, paragraphId } = verdict.refusal;
        throw new Error(`the gate refused an honest edit of client ${from}: ${code} in ${paragraphId}`);
      }
      if (verdict.kind === "nothing") return;
      const by = { personId, delegationId: null, loginId: null };
      const { effect, claims } = verdict;
      const row: AcceptedRow = {
        kind: "edit",
        act: "",
        by,
        at: 0,
        effect,
        claims: claims.map((client) => ({ client, by })),
      };
      const repairs = repair ? repairsAfter(desk, [], row) : [];
      for (const each of [row, ...repairs]) {
        const seq = live.seq() + 1;
        const stamp = { seq, person: each.by.personId, delegation: null, at: 0 };
        for (const claim of each.claims) owners.set(claim.client, claim.by.personId);
        for (const [, , length] of each.kind === "repair" ? each.effect.deleted : []) repaired += length;
        live.apply({ seq, hash: "", stamp, effect: each.effect, update: each.effect.update });
        send(each.kind === "repair" ? -1 : from, each.effect.update);
      }
      desk.gate.keep();
      if (!Y.equalSnapshots(Y.snapshot(live.doc), Y.snapshot(desk.gate.copy()))) {
        throw new Error("the live text and the gate's copy differ");
      }
    },
  };
};
