/**
 * The gate: what may come into the text. It checks the shape of an update first, then tries it on a copy of its own,
 * and gives back exactly what the update brought, to be logged and applied. Nothing else decides about an edit.
 */
import * as Y from "yjs";
import { MAX_FIRST_EDIT_BYTES } from "#collab/frames.ts";
import type { EditRefusal } from "#collab/frames.ts";
import { checkBrackets, refuseHeld } from "./gate-brackets.ts";
import { checkEffect } from "./gate-effect.ts";
import { checkEdit } from "./gate-edit.ts";
import { createGateCopy, noteOrder } from "./gate-copy.ts";
import type { GateCopy } from "./gate-copy.ts";
import { effectOf } from "./effect.ts";
import type { Effect } from "./effect.ts";
import { noteGlyphs } from "./glyphs.ts";
import type { GlyphIndex, StoredGlyph } from "./glyphs.ts";
import { MAX_EDIT_BYTES } from "./limits.ts";
import { readShape } from "./update-shape.ts";

type GateVerdict =
  | { readonly kind: "refused"; readonly refusal: EditRefusal }
  /** Everything in it was there already: acknowledged, not logged. */
  | { readonly kind: "nothing" }
  /** `claims`: client numbers that are now this person's. */
  | { readonly kind: "taken"; readonly effect: Effect; readonly claims: readonly number[] };

/** How much had been taken and claimed. */
type GateMark = { readonly taken: number; readonly claimed: number };

export type Gate = {
  /** An edit of a page. Never throws. */
  check(edit: {
    readonly update: Uint8Array;
    readonly first: boolean;
    readonly personId: string;
    /**
     * It was on its way behind a refused edit of the same page, which does all of this again under another client
     * number: taken as well, its words would be there twice. Refused as "pending" at best.
     */
    readonly follows?: boolean;
  }): GateVerdict;
  /** A change by the server itself, on the copy; the same rules hold, locks only where `respectLocks`. */
  run(change: (doc: Y.Doc) => void, options: { readonly respectLocks: boolean }): GateVerdict;
  /** The copy as it stands, with what was taken and is not committed yet. */
  copy(): Y.Doc;
  /** The glyphs of brackets in that copy. */
  glyphs(): GlyphIndex;
  /** Where the gate stands; `backTo` forgets what was taken since. */
  mark(): GateMark;
  backTo(mark: GateMark): void;
  /** Forgets what was taken since the last `keep`: it could not be committed. */
  drop(): void;
  /** What was taken is committed. */
  keep(): void;
};

export type GateOptions = {
  /** The committed state, as one update. */
  readonly state: () => Uint8Array;
  readonly locks: ReadonlySet<string>;
  /** Brackets that somebody holds. */
  readonly held: ReadonlySet<string>;
  /** Owner by client number: a person, or null for the server. */
  readonly owners: ReadonlyMap<number, string | null>;
  /** Client numbers of refused copies: their words are done again under others. */
  readonly setAside: ReadonlySet<number>;
  readonly serverClient: number;
  /** A fault of the program, not of the page. */
  readonly onFault: (error: unknown) => void;
};

export function createGate(options: GateOptions): Gate {
  const { locks, held, owners, setAside, serverClient } = options;
  let copy: GateCopy | null = null;
  let taken: Effect[] = [];
  /** Client numbers claimed by what was taken and is not committed yet. */
  let claimed = new Map<number, string>();

  function open(): GateCopy {
    copy ??= createGateCopy([options.state(), ...taken.map(({ update }) => update)], serverClient);
    return copy;
  }

  function refuse(code: string, paragraphId: string | null = null): GateVerdict {
    return { kind: "refused", refusal: { code, paragraphId } };
  }

  function ownerOf(client: number): string | null | undefined {
    return claimed.has(client) ? claimed.get(client) : owners.get(client);
  }

  /** Tries a change on the copy; a copy that took something forbidden is thrown away. */
  function attempt(
    change: (doc: Y.Doc) => void,
    respectLocks: boolean,
    look?: (on: GateCopy, effect: Effect, fresh: readonly StoredGlyph[]) => EditRefusal | null,
  ): GateVerdict {
    const on = open();
    const effect = effectOf(on.doc, () => change(on.doc));
    if (!effect) {
      if (on.doc.store.pendingStructs === null && on.doc.store.pendingDs === null) return { kind: "nothing" };
      copy = null;
      return refuse("pending");
    }
    const fresh = noteGlyphs(on.doc, on.glyphs, effect.inserted);
    const refusal =
      checkEffect(on, effect, respectLocks ? locks : new Set()) ??
      look?.(on, effect, fresh) ??
      refuseHeld(on, effect, held);
    if (refusal) {
      copy = null;
      return { kind: "refused", refusal };
    }
    for (const [id, touch] of effect.touched)
      if (touch.created || touch.fields.has("order")) noteOrder(on, id);
    taken.push(effect);
    return { kind: "taken", effect, claims: [] };
  }

  return {
    check({ update, first: isFirst, personId, follows = false }) {
      if (update.length > (isFirst ? MAX_FIRST_EDIT_BYTES : MAX_EDIT_BYTES)) return refuse("too-large");
      try {
        const shape = readShape(update, open().doc);
        if (typeof shape === "string") return refuse(shape);
        if ([...shape.clients].some((client) => setAside.has(client))) {
          if (follows) return refuse("pending");
          return refuse("set-aside");
        }
        const mayUse = (client: number): boolean => {
          const owner = ownerOf(client);
          return client !== serverClient && (owner === undefined || owner === personId);
        };
        const first = checkEdit({ copy: open(), shape, locks, mayUse });
        if ("code" in first) return { kind: "refused", refusal: first };
        if (follows) return refuse("pending");
        const claims = [...shape.clients].filter((client) => ownerOf(client) === undefined);
        const verdict = attempt(
          (doc) => Y.applyUpdate(doc, update),
          true,
          ({ doc, glyphs: index }, effect, fresh) =>
            checkBrackets({ doc, index, shape, effect, fresh, carried: first.carried }),
        );
        if (verdict.kind !== "taken") return verdict;
        for (const client of claims) claimed.set(client, personId);
        return { ...verdict, claims };
      } catch (error) {
        options.onFault(error);
        copy = null;
        return refuse("malformed");
      }
    },
    run(change, { respectLocks }) {
      try {
        return attempt(change, respectLocks);
      } catch (error) {
        copy = null;
        throw error;
      }
    },
    copy: () => open().doc,
    glyphs: () => open().glyphs,
    mark: () => ({ taken: taken.length, claimed: claimed.size }),
    backTo(mark) {
      copy = null;
      taken = taken.slice(0, mark.taken);
      claimed = new Map([...claimed].slice(0, mark.claimed));
    },
    drop() {
      copy = null;
      taken = [];
      claimed = new Map();
    },
    keep() {
      taken = [];
      claimed = new Map();
    },
  };
}
