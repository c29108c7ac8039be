/**
 * What goes over the drafters' socket, both ways; `docs/protocol.md` tells the story. Binary frames: a list of parts,
 * each a type number followed by its fields (lib0 encoding). One frame may hold several parts, so that a peer gets
 * one frame per turn of the text's queue.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

/** A caret by character identity, as the binding makes it; opaque to the server apart from its size. */
export type CaretJson = string;

export type Presence = {
  /** One open page. */
  readonly peer: number;
  readonly name: string;
  /** Code of the delegation, or the office: "LMR", "Chair". */
  readonly siglum: string;
  /** Null when the person has the text open but no caret in it. */
  readonly caret: CaretJson | null;
};

/** Why an edit was refused; the interface has a sentence for each (`gate.<code>`). */
export type EditRefusal = {
  readonly code: string;
  /** The paragraph concerned, where there is one. */
  readonly paragraphId: string | null;
};

type Hello = {
  readonly schema: number;
  readonly client: number;
  /** Yjs state vector of the page's replica. */
  readonly stateVector: Uint8Array;
};

export type ClientPart =
  | ({ readonly type: "hello" } & Hello)
  /**
   * Goes in front of a hello: refused copies with this state vector were set aside, and what of them the room has not
   * at the hello is done again under other client numbers, or offered to be copied.
   */
  | { readonly type: "aside"; readonly stateVector: Uint8Array }
  /** `no` counts 1, 2, 3, … per connection. `first` marks the exchange after a (re)connect (1 MiB allowed). */
  | {
      readonly type: "edit";
      readonly no: number;
      readonly first: boolean;
      readonly update: Uint8Array;
      readonly caret: CaretJson | null;
    }
  | { readonly type: "caret"; readonly caret: CaretJson | null };

export type ServerPart =
  | {
      readonly type: "welcome";
      readonly peer: number;
      readonly mayWrite: boolean;
      /** Sequence number and chain head up to which `update` brings the replica. */
      readonly seq: number;
      readonly head: string;
      /** What the page lacks. */
      readonly update: Uint8Array;
      /** What the server has: the page sends the rest as its first edit. */
      readonly stateVector: Uint8Array;
    }
  | { readonly type: "update"; readonly seq: number; readonly head: string; readonly update: Uint8Array }
  /** Every edit up to `no` of this connection is in the log. */
  | { readonly type: "saved"; readonly no: number; readonly seq: number; readonly at: number }
  /** Edit `no` was refused and nothing of it kept. */
  | ({ readonly type: "refused"; readonly no: number } & EditRefusal)
  /** Paragraphs that are locked now. */
  | { readonly type: "locks"; readonly paragraphIds: readonly string[] }
  | { readonly type: "presence"; readonly here: readonly Presence[]; readonly left: readonly number[] }
  /** The server closes: come back after `afterMs` (a random pause). */
  | { readonly type: "come-back"; readonly afterMs: number };

/** Close codes of the socket; `docs/protocol.md` lists what a page does on each. */
export const CLOSE = {
  comeBack: 4000,
  schema: 4001,
  notAllowed: 4003,
  notThere: 4004,
  malformed: 4005,
  tooManyRefusals: 4006,
  tooSlow: 4008,
  tooMany: 4009,
  readOnly: 4010,
} as const;

/**
 * Bytes of the first edit after a (re)connect, which carries everything that was written without a connection. A page
 * with more than that sends it in pieces.
 */
export const MAX_FIRST_EDIT_BYTES = 1024 * 1024;
/** Frames carry at most a first edit and its wrapping; the transport cuts larger ones before they are read. */
export const MAX_FRAME_BYTES = MAX_FIRST_EDIT_BYTES + 4 * 1024;

const CLIENT = { hello: 1, edit: 2, caret: 3, aside: 4 } as const;
const SERVER = {
  welcome: 1,
  update: 2,
  saved: 3,
  refused: 4,
  locks: 5,
  presence: 6,
  "come-back": 7,
} as const;

function writeNullable(encoder: encoding.Encoder, value: string | null): void {
  encoding.writeUint8(encoder, value === null ? 0 : 1);
  if (value !== null) encoding.writeVarString(encoder, value);
}

function readNullable(decoder: decoding.Decoder): string | null {
  return decoding.readUint8(decoder) === 0 ? null : decoding.readVarString(decoder);
}

function writeClientPart(encoder: encoding.Encoder, part: ClientPart): void {
  encoding.writeUint8(encoder, CLIENT[part.type]);
  switch (part.type) {
    case "hello":
      encoding.writeVarUint(encoder, part.schema);
      encoding.writeVarUint(encoder, part.client);
      encoding.writeVarUint8Array(encoder, part.stateVector);
      return;
    case "edit":
      encoding.writeVarUint(encoder, part.no);
      encoding.writeUint8(encoder, part.first ? 1 : 0);
      encoding.writeVarUint8Array(encoder, part.update);
      writeNullable(encoder, part.caret);
      return;
    case "aside":
      encoding.writeVarUint8Array(encoder, part.stateVector);
      return;
    case "caret":
      writeNullable(encoder, part.caret);
  }
}

function readClientPart(decoder: decoding.Decoder): ClientPart {
  const type = decoding.readUint8(decoder);
  switch (type) {
    case CLIENT.hello:
      return {
        type: "hello",
        schema: decoding.readVarUint(decoder),
        client: decoding.readVarUint(decoder),
        stateVector: decoding.readVarUint8Array(decoder),
      };
    case CLIENT.edit:
      return {
        type: "edit",
        no: decoding.readVarUint(decoder),
        first: decoding.readUint8(decoder) === 1,
        update: decoding.readVarUint8Array(decoder),
        caret: readNullable(decoder),
      };
    case CLIENT.caret:
      return { type: "caret", caret: readNullable(decoder) };
    case CLIENT.aside:
      return { type: "aside", stateVector: decoding.readVarUint8Array(decoder) };
    default:
      throw new Error(`unknown part ${type} from a page`);
  }
}

function writeServerPart(encoder: encoding.Encoder, part: ServerPart): void {
  encoding.writeUint8(encoder, SERVER[part.type]);
  switch (part.type) {
    case "welcome":
      encoding.writeVarUint(encoder, part.peer);
      encoding.writeUint8(encoder, part.mayWrite ? 1 : 0);
      encoding.writeVarUint(encoder, part.seq);
      encoding.writeVarString(encoder, part.head);
      encoding.writeVarUint8Array(encoder, part.update);
      encoding.writeVarUint8Array(encoder, part.stateVector);
      return;
    case "update":
      encoding.writeVarUint(encoder, part.seq);
      encoding.writeVarString(encoder, part.head);
      encoding.writeVarUint8Array(encoder, part.update);
      return;
    case "saved":
      encoding.writeVarUint(encoder, part.no);
      encoding.writeVarUint(encoder, part.seq);
      encoding.writeVarUint(encoder, part.at);
      return;
    case "refused":
      encoding.writeVarUint(encoder, part.no);
      encoding.writeVarString(encoder, part.code);
      writeNullable(encoder, part.paragraphId);
      return;
    case "locks":
      encoding.writeVarString(encoder, JSON.stringify(part.paragraphIds));
      return;
    case "presence":
      encoding.writeVarString(encoder, JSON.stringify({ here: part.here, left: part.left }));
      return;
    case "come-back":
      encoding.writeVarUint(encoder, part.afterMs);
  }
}

function readServerPart(decoder: decoding.Decoder): ServerPart {
  const type = decoding.readUint8(decoder);
  switch (type) {
    case SERVER.welcome:
      return {
        type: "welcome",
        peer: decoding.readVarUint(decoder),
        mayWrite: decoding.readUint8(decoder) === 1,
        seq: decoding.readVarUint(decoder),
        head: decoding.readVarString(decoder),
        update: decoding.readVarUint8Array(decoder),
        stateVector: decoding.readVarUint8Array(decoder),
      };
    case SERVER.update:
      return {
        type: "update",
        seq: decoding.readVarUint(decoder),
        head: decoding.readVarString(decoder),
        update: decoding.readVarUint8Array(decoder),
      };
    case SERVER.saved:
      return {
        type: "saved",
        no: decoding.readVarUint(decoder),
        seq: decoding.readVarUint(decoder),
        at: decoding.readVarUint(decoder),
      };
    case SERVER.refused:
      return {
        type: "refused",
        no: decoding.readVarUint(decoder),
        code: decoding.readVarString(decoder),
        paragraphId: readNullable(decoder),
      };
    case SERVER.locks:
      return { type: "locks", paragraphIds: JSON.parse(decoding.readVarString(decoder)) };
    case SERVER.presence:
      return { type: "presence", ...JSON.parse(decoding.readVarString(decoder)) };
    case SERVER["come-back"]:
      return { type: "come-back", afterMs: decoding.readVarUint(decoder) };
    default:
      throw new Error(`unknown part ${type} from the server`);
  }
}

function readAll<T>(frame: Uint8Array, read: (decoder: decoding.Decoder) => T): T[] {
  const decoder = decoding.createDecoder(frame);
  const parts: T[] = [];
  while (decoding.hasContent(decoder)) parts.push(read(decoder));
  return parts;
}

export function encodeClientFrame(parts: readonly ClientPart[]): Uint8Array {
  return encoding.encode((encoder) => {
    for (const part of parts) writeClientPart(encoder, part);
  });
}

/** Throws on a malformed frame; the server then closes with `CLOSE.malformed`. */
export function decodeClientFrame(frame: Uint8Array): ClientPart[] {
  return readAll(frame, readClientPart);
}

export function encodeServerFrame(parts: readonly ServerPart[]): Uint8Array {
  return encoding.encode((encoder) => {
    for (const part of parts) writeServerPart(encoder, part);
  });
}

/** Throws on a malformed frame; the page then closes and comes back. */
export function decodeServerFrame(frame: Uint8Array): ServerPart[] {
  return readAll(frame, readServerPart);
}
