/** A server of one text, to be killed: a real room over a real database; its pages live in the parent process. */
import type { Peer, Seat } from "#collab/server/room.ts";
import { createRooms } from "#collab/server/rooms.ts";
import { openDatabase } from "#db/database.ts";

export type ToServer =
  | { readonly type: "join"; readonly page: number; readonly personId: string }
  | { readonly type: "frame"; readonly page: number; readonly frame: Uint8Array };
export type ToPage =
  | { readonly type: "ready" }
  | { readonly type: "joined"; readonly page: number }
  | { readonly type: "frame"; readonly page: number; readonly frame: Uint8Array }
  | { readonly type: "closed"; readonly page: number; readonly code: number };

const [folder = "", textId = ""] = process.argv.slice(2);
const db = openDatabase({ folder });
const rooms = createRooms({ db });
const seats = new Map<number, Seat>();

function tell(message: ToPage): void {
  if (process.connected) process.send?.(message);
}

function peerOf(page: number, personId: string): Peer {
  return {
    author: { personId, delegationId: null, loginId: personId },
    name: personId,
    siglum: personId,
    mayWrite: true,
    send: (frame) => tell({ type: "frame", page, frame }),
    close: (code) => tell({ type: "closed", page, code }),
  };
}

process.on("message", (message: ToServer) => {
  if (message.type === "frame") {
    seats.get(message.page)?.receive(message.frame);
    return;
  }
  void rooms.join(textId, peerOf(message.page, message.personId)).then((seat) => {
    seats.set(message.page, seat);
    tell({ type: "joined", page: message.page });
  });
});
process.on("disconnect", () => process.exit(0));
tell({ type: "ready" });
