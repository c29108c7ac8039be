/** The server's side of the convergence runs; the room can be put in its place. */
import * as Y from "yjs";
import { carriesOf, deleteStretches, laterCopies } from "#collab/carry.ts";
import type { CarryRecord } from "#collab/carry.ts";
import { createTextDoc, paragraphsOf } from "#collab/model.ts";

export interface ConvergenceServer {
  /** An update of a client, in that client's order; may come twice. */
  receive(from: number, update: Uint8Array): void;
  readonly doc: Y.Doc;
  /** UTF-16 units that repairs have deleted. */
  readonly repaired: number;
}

export type ServerMaker = (options: {
  readonly state: Uint8Array;
  readonly repair: boolean;
  /** Delivers an update to everybody but `from`; -1 is the server itself. */
  readonly send: (from: number, update: Uint8Array) => void;
}) => ConvergenceServer;

/** Applies what comes, keeps the order in which carries came, repairs in the same turn. */
export const createConvergenceServer: ServerMaker = ({ state, repair, send }) => {
  const doc = createTextDoc();
  doc.clientID = 99;
  Y.applyUpdate(doc, state);
  const log: CarryRecord[] = [];
  let isShown = false;
  let repaired = 0;
  doc.on("update", (update: Uint8Array, origin: unknown) => {
    send(typeof origin === "number" ? origin : -1, update);
  });
  paragraphsOf(doc).observeDeep((events) => {
    for (const event of events)
      if (event instanceof Y.YMapEvent && (event.keysChanged as Set<string>).has("deleted"))
        isShown ||= (event.target as Y.Map<unknown>).get("deleted") !== true;
  });
  return {
    doc,
    get repaired() {
      return repaired;
    },
    receive(from, update) {
      isShown = false;
      Y.applyUpdate(doc, update, from);
      const known = new Set(log.map((carry) => carry.key));
      const since = log.length;
      log.push(...carriesOf(doc).filter((carry) => !known.has(carry.key)));
      // A paragraph that is shown again may hold words that live on elsewhere.
      if (repair && (isShown || log.length > since))
        repaired += deleteStretches(doc, laterCopies(doc, log, { since: isShown ? 0 : since }), "repair");
    },
  };
};
