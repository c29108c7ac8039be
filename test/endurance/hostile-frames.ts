/**
 * A page that sends whatever might hurt: random bytes, valid frames with bytes changed, cut, doubled and in the wrong
 * order, and updates made to be out of the model. Every frame follows from the seed.
 */
import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import { encodeClientFrame } from "#collab/frames.ts";
import { createTextDoc, paragraphsOf, SCHEMA_VERSION } from "#collab/model.ts";

type HostileFrame = { readonly kind: string; readonly frame: Uint8Array };

export type HostileSource = {
  /** The next frame; `doc` is what the page knows of the text, `no` the number that its next edit should have. */
  next(doc: Y.Doc, no: number): HostileFrame;
};

type Crafted = (doc: Y.Doc, ids: readonly string[]) => void;

export function createHostileSource(random: () => number): HostileSource {
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => {
    const one = list[below(list.length)];
    if (one === undefined) throw new Error("nothing to pick from");
    return one;
  };
  const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => below(256));
  const text = (doc: Y.Doc, id: string): Y.Text => {
    const found = paragraphsOf(doc).get(id)?.get("text");
    return found instanceof Y.Text ? found : new Y.Text();
  };

  const crafted: readonly (readonly [string, Crafted])[] = [
    ["root", (doc) => doc.getMap(pick(["suggestions", "x", "__proto__", ""])).set("k", below(9))],
    ["list", (doc) => doc.getArray("list").push([1, "2", { three: [3] }])],
    ["xml", (doc) => doc.getXmlFragment("x").push([new Y.XmlElement("script")])],
    ["remove", (doc, ids) => paragraphsOf(doc).delete(pick(ids))],
    ["replace", (doc, ids) => paragraphsOf(doc).set(pick(ids), new Y.Map())],
    ["no text", (doc, ids) => paragraphsOf(doc).get(pick(ids))?.delete("text")],
    ["new text", (doc, ids) => paragraphsOf(doc).get(pick(ids))?.set("text", new Y.Text("other"))],
    ["text as array", (doc, ids) => paragraphsOf(doc).get(pick(ids))?.set("text", new Y.Array())],
    [
      "key",
      (doc, ids) =>
        paragraphsOf(doc)
          .get(pick(ids))
          ?.set(pick(["colour", "__proto__", "constructor", "carry:x"]), { from: 1 }),
    ],
    [
      "value",
      (doc, ids) =>
        paragraphsOf(doc)
          .get(pick(ids))
          ?.set(
            pick(["role", "level", "order", "deleted", "dir"]),
            pick<unknown>([null, -1, 6_000, 1e308, "", "x".repeat(300), [], {}, true, new Uint8Array(3)]),
          ),
    ],
    [
      "embed",
      (doc, ids) =>
        text(doc, pick(ids)).insertEmbed(
          0,
          pick<object>([
            { image: "x" },
            { footnote: "gone" },
            { footnote: 1 },
            { bracket: "b", side: "open" },
            [],
            { footnote: "a", more: 1 },
          ]),
          {},
        ),
    ],
    [
      "type in words",
      (doc, ids) => text(doc, pick(ids)).insertEmbed(0, pick([new Y.Map(), new Y.Text(), new Y.Array()]), {}),
    ],
    [
      "format",
      (doc, ids) =>
        text(doc, pick(ids)).format(0, 2, {
          [pick(["link", "style", "em", "onclick"])]: pick(["javascript:alert(1)", "x", "1"]),
        }),
    ],
    [
      "override",
      (doc, ids) => text(doc, pick(ids)).insert(0, pick(["\u202e", "\u2067", "\u0007", "\u0000"]), {}),
    ],
    ["long", (doc, ids) => text(doc, pick(ids)).insert(0, "x".repeat(21_000 + below(60_000)), {})],
    ["subdocument", (doc, ids) => paragraphsOf(doc).get(pick(ids))?.set("role", new Y.Doc())],
    [
      "carry",
      (doc, ids) =>
        paragraphsOf(doc)
          .get(pick(ids))
          ?.set("carry:z", {
            from: pick(ids),
            src: [[below(9), below(9), 1 + below(1e6)]],
            dst: [[below(9), below(9), 1 + below(1e6)]],
          }),
    ],
    [
      "seen",
      (doc, ids) =>
        paragraphsOf(doc)
          .get(pick(ids))
          ?.set(
            pick(["seen:", "seen:z", `seen:${below(1e9)}`]),
            pick<unknown>([null, "all", deep(50), [[below(1e9), below(1e9)]], [[1]], [[1, -1]]]),
          ),
    ],
    ["deep", (doc, ids) => paragraphsOf(doc).get(pick(ids))?.set("role", deep(2_000))],
    ["half paragraph", (doc) => paragraphsOf(doc).set(`h${below(1e9)}`, new Y.Map([["role", "op"]]))],
    [
      "order",
      (doc, ids) =>
        paragraphsOf(doc)
          .get(pick(ids))
          ?.set("order", paragraphsOf(doc).get(pick(ids))?.get("order")),
    ],
    ["honest", (doc, ids) => text(doc, pick(ids)).insert(0, "ok ", {})],
  ];

  function deep(levels: number): unknown {
    let value: unknown = 1;
    for (let level = 0; level < levels; level += 1) value = [value];
    return value;
  }

  function updateFrom(doc: Y.Doc): { readonly kind: string; readonly update: Uint8Array } {
    const own = createTextDoc();
    Y.applyUpdate(own, Y.encodeStateAsUpdate(doc));
    const vector = Y.encodeStateVector(own);
    own.clientID = below(3) === 0 ? pick([...own.store.clients.keys(), 1]) : 1_000_000 + below(1e9);
    const [kind, write] = pick(crafted);
    const ids = [...paragraphsOf(own).keys()];
    own.transact(() => write(own, ids));
    return { kind, update: Y.encodeStateAsUpdate(own, vector) };
  }

  /** Numbers where an update has numbers, so that its structure is met more often than by chance. */
  function numbers(): Uint8Array {
    return encoding.encode((encoder) => {
      const length = 3 + below(30);
      for (let at = 0; at < length; at += 1)
        encoding.writeVarUint(encoder, pick([0, 1, 2, 7, 39, 132, below(300), 2 ** 31, 2 ** 52]));
    });
  }

  /** A state vector that is ahead of everybody, or no state vector. */
  function vectorFrom(doc: Y.Doc): Uint8Array {
    if (below(3) === 0) return bytes(below(40));
    const ends = new Map<number, number>();
    for (const client of doc.store.clients.keys()) ends.set(client, below(2 ** 31));
    for (let at = below(2_000); at > 0; at -= 1) ends.set(below(2 ** 32), below(2 ** 31));
    return Y.encodeStateVector(ends);
  }

  function mutated(frame: Uint8Array): Uint8Array {
    const copy = Uint8Array.from(frame);
    const changes = 1 + below(4);
    for (let change = 0; change < changes; change += 1) copy[below(copy.length)] = below(256);
    return below(4) === 0 ? copy.subarray(0, below(copy.length)) : copy;
  }

  const editOf = (no: number, update: Uint8Array): Uint8Array =>
    encodeClientFrame([{ type: "edit", no, first: below(5) === 0, update, caret: null }]);

  return {
    next(doc, no) {
      const kind = below(10);
      if (kind === 0) return { kind: "bytes", frame: bytes(1 + below(200)) };
      if (kind === 1) return { kind: "numbers", frame: editOf(no, numbers()) };
      if (kind === 2) return { kind: "update bytes", frame: editOf(no, bytes(1 + below(300))) };
      if (kind === 3) {
        const hello = { type: "hello" as const, schema: SCHEMA_VERSION, client: below(1e9) };
        const parts = [{ ...hello, stateVector: bytes(below(40)) }];
        if (below(2) === 0) return { kind: "hello", frame: encodeClientFrame(parts) };
        return {
          kind: "aside",
          frame: encodeClientFrame([{ type: "aside", stateVector: vectorFrom(doc) }, ...parts]),
        };
      }
      if (kind === 4) {
        return {
          kind: "caret",
          frame: encodeClientFrame([{ type: "caret", caret: "x".repeat(below(700)) }]),
        };
      }
      const { kind: name, update } = updateFrom(doc);
      if (kind <= 6) return { kind: name, frame: editOf(no, update) };
      if (kind === 7) return { kind: `mutated update: ${name}`, frame: editOf(no, mutated(update)) };
      if (kind === 8) return { kind: `mutated frame: ${name}`, frame: mutated(editOf(no, update)) };
      return { kind: `wrong number: ${name}`, frame: editOf(no + below(3), update) };
    },
  };
}
