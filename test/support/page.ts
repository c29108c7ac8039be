/** A drafter's page, as simple as a page can be: a document, and edits that are sent when they are made. */
import * as Y from "yjs";
import { deletionsIn, missingUpdate } from "#collab/client/connection/missing.ts";
import { decodeServerFrame, encodeClientFrame } from "#collab/frames.ts";
import type { ClientPart, EditRefusal, Presence, ServerPart } from "#collab/frames.ts";
import { createTextDoc, paragraphsOf, SCHEMA_VERSION, wordsOf } from "#collab/model.ts";
import type { Role } from "#collab/model.ts";
import type { Peer, Rooms, Seat } from "#collab/server/room.ts";

export const TEXT = "resolution";

export type PageOptions = {
  readonly textId?: string;
  readonly loginId?: string;
  readonly delegationId?: string | null;
  readonly mayWrite?: boolean;
  readonly schema?: number;
  /** A document of an earlier visit. */
  readonly doc?: Y.Doc;
};

/** A drafter's page. */
export class Page {
  readonly doc: Y.Doc;
  readonly peer: Peer;
  readonly personId: string;
  readonly #schema: number;
  seat: Seat | null = null;
  number = 0;
  mayWrite = false;
  seq = 0;
  head = "";
  /** The newest edit that was sent, and the newest that is saved. */
  sent = 0;
  saved = 0;
  refused: (EditRefusal & { no: number })[] = [];
  locks: readonly string[] = [];
  present = new Map<number, Presence>();
  closed: { code: number; reason: string } | null = null;
  comeBackMs: number | null = null;
  /** Frames received, part by part. */
  frames: ServerPart[][] = [];
  /** Bytes that this page pretends to have left unread. */
  unread = 0;
  isOffline = false;
  caret: string | null = null;

  constructor(personId: string, options: PageOptions = {}) {
    this.personId = personId;
    this.doc = options.doc ?? createTextDoc();
    this.#schema = options.schema ?? SCHEMA_VERSION;
    this.peer = {
      author: {
        personId,
        delegationId: options.delegationId ?? null,
        loginId: options.loginId ?? `${personId}-login`,
      },
      name: personId.toUpperCase(),
      siglum: personId.slice(0, 3).toUpperCase(),
      mayWrite: options.mayWrite ?? true,
      send: (frame) => this.#receive(frame),
      close: (code, reason) => {
        this.closed = { code, reason };
        this.seat = null;
      },
      waiting: () => this.unread,
    };
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === "room" || this.isOffline || !this.seat) return;
      this.sendEdit(update);
    });
  }

  async join(rooms: Pick<Rooms, "join">, textId = TEXT): Promise<void> {
    this.closed = null;
    this.sent = 0;
    this.saved = 0;
    this.seat = await rooms.join(textId, this.peer);
    this.sayHello();
  }

  /** Begins, or begins anew, with `doc`: an empty one asks for the whole text. */
  sayHello(doc = this.doc): void {
    this.sent = 0;
    this.send([
      {
        type: "hello",
        schema: this.#schema,
        client: this.doc.clientID,
        stateVector: Y.encodeStateVector(doc),
      },
    ]);
  }

  send(parts: readonly ClientPart[]): void {
    this.seat?.receive(encodeClientFrame(parts));
  }

  sendEdit(update: Uint8Array, options: { readonly first?: boolean } = {}): number {
    this.sent += 1;
    this.send([{ type: "edit", no: this.sent, first: options.first ?? false, update, caret: this.caret }]);
    return this.sent;
  }

  leave(): void {
    this.seat?.leave();
    this.seat = null;
  }

  #receive(frame: Uint8Array): void {
    const parts = decodeServerFrame(frame);
    this.frames.push(parts);
    for (const part of parts) this.#take(part);
  }

  #take(part: ServerPart): void {
    switch (part.type) {
      case "welcome":
        this.number = part.peer;
        this.mayWrite = part.mayWrite;
        this.seq = part.seq;
        this.head = part.head;
        Y.applyUpdate(this.doc, part.update, "room");
        this.#sendMissing(part.stateVector, part.update);
        return;
      case "update":
        this.seq = part.seq;
        this.head = part.head;
        Y.applyUpdate(this.doc, part.update, "room");
        return;
      case "saved":
        this.saved = part.no;
        return;
      case "refused":
        this.refused.push({ no: part.no, code: part.code, paragraphId: part.paragraphId });
        return;
      case "locks":
        this.locks = part.paragraphIds;
        return;
      case "presence":
        for (const peer of part.left) this.present.delete(peer);
        for (const one of part.here) this.present.set(one.peer, one);
        return;
      case "come-back":
        this.comeBackMs = part.afterMs;
        return;
      default:
        part satisfies never;
    }
  }

  /** What was written without a connection goes first. */
  #sendMissing(stateVector: Uint8Array, update: Uint8Array): void {
    const missing = missingUpdate(this.doc, stateVector, deletionsIn(update));
    if (missing && this.mayWrite) this.sendEdit(missing, { first: true });
  }

  words(id: string): string {
    const map = paragraphsOf(this.doc).get(id);
    return (map && wordsOf(map)?.toString()) ?? "";
  }

  textOf(id: string): Y.Text {
    const map = paragraphsOf(this.doc).get(id);
    const text = map ? wordsOf(map) : null;
    if (!text) throw new Error(`no paragraph ${id}`);
    return text;
  }

  /** A new paragraph, all at once. */
  write(id: string, words: string, fields: { readonly order?: string; readonly role?: Role } = {}): void {
    this.doc.transact(() => {
      const map = new Y.Map<unknown>();
      paragraphsOf(this.doc).set(id, map);
      map.set("order", fields.order ?? `V${id}`);
      map.set("role", fields.role ?? "op");
      map.set("level", 0);
      map.set("relation", null);
      map.set("dir", "auto");
      map.set("deleted", false);
      const text = new Y.Text();
      map.set("text", text);
      if (words !== "") text.insert(0, words, {});
    });
  }

  type(id: string, offset: number, words: string): void {
    this.textOf(id).insert(offset, words, {});
  }

  set(id: string, key: string, value: unknown): void {
    paragraphsOf(this.doc).get(id)?.set(key, value);
  }
}

/** Full content, deletions included: two copies are equal when this is. */
export function contentOf(doc: Y.Doc): string {
  const all: Record<string, unknown> = {};
  for (const id of [...paragraphsOf(doc).keys()].sort()) {
    const map = paragraphsOf(doc).get(id);
    if (!map) continue;
    const fields = [...map.entries()].filter(([key]) => key !== "text").sort(([a], [b]) => (a < b ? -1 : 1));
    all[id] = [fields, wordsOf(map)?.toDelta()];
  }
  return JSON.stringify(all);
}
