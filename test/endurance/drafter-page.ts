/**
 * A drafter of a run: the page's own connection, recovery and binding over a line and a browser's memory, all in the
 * test's hands. The page can be killed and opened again.
 */
import * as Y from "yjs";
import { bindText } from "#collab/client/binding/bind-text.ts";
import type { Binding } from "#collab/client/binding/bind-text.ts";
import type { Clock } from "#collab/client/connection/clock.ts";
import { startDrafting } from "#collab/client/connection/drafting.ts";
import type { Drafting, DraftingEvent } from "#collab/client/connection/drafting.ts";
import type { Replica } from "#collab/client/replica/replica.ts";
import { characterKey } from "#collab/id-ranges.ts";
import { paragraphsOf, wordsOf } from "#collab/model.ts";
import { runsOf } from "#collab/runs.ts";
import type { Rooms } from "#collab/server/room.ts";
import { KeptReplicas } from "#test/support/kept-replicas.ts";
import { actOn, compose } from "./checked-acts.ts";
import type { Writer } from "./checked-acts.ts";
import { checkCaret, checkView } from "./convergence-checks.ts";
import type { Held, Letters } from "./letters.ts";
import { ACTS } from "./random-acts.ts";
import { Wire } from "./wire.ts";

export type DrafterOptions = {
  readonly number: number;
  readonly rooms: () => Rooms;
  readonly textId: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly letters: Letters;
};

type Watching = {
  /** The client number of the next document. */
  readonly next: () => number;
  /** Something will be written in this document. */
  readonly watch: (doc: Y.Doc) => void;
  /** This document holds what the device had kept. */
  readonly loaded: (doc: Y.Doc) => void;
};

/** Its documents have client numbers that follow from the seed. */
class SeededReplicas extends KeptReplicas {
  readonly #watching: Watching;

  constructor(watching: Watching) {
    super();
    this.#watching = watching;
  }

  override async open(doc: Y.Doc, tell: (kept: boolean) => void): Promise<Replica> {
    doc.clientID = this.#watching.next();
    this.#watching.watch(doc);
    const opening = super.open(doc, tell);
    this.#watching.loaded(doc);
    return opening;
  }

  override loadAside(id: string, doc: Y.Doc): Promise<void> {
    const loading = super.loadAside(id, doc);
    this.#watching.loaded(doc);
    return loading;
  }
}

export class DrafterPage {
  readonly number: number;
  readonly wire: Wire;
  readonly #options: DrafterOptions;
  readonly #store: SeededReplicas;
  #drafting: Drafting | null = null;
  #writer: Writer | null = null;
  #locks: ReadonlySet<string> = new Set();
  #opened = 0;
  #documents = 0;
  #names = 0;
  /** Letters that this page has not been told are saved. */
  #unsaved = new Set<string>();
  /** Of these, the ones that it was told are on the device. */
  #kept = new Set<string>();
  #isKept = false;
  /** Letters that it was told are saved. */
  readonly saved = new Set<string>();
  acts = 0;
  carets = 0;
  held = 0;
  fallbacks = 0;
  /** Times that an edit was refused and done again. */
  recoveries = 0;
  fault: unknown = null;

  constructor(options: DrafterOptions) {
    this.#options = options;
    this.number = options.number;
    this.wire = new Wire({
      rooms: options.rooms,
      textId: options.textId,
      personId: `p${options.number}`,
    });
    this.#store = new SeededReplicas({
      next: () => 1_000 * (options.number + 1) + (this.#documents += 1),
      watch: (doc) => this.#watchHiding(doc),
      loaded: (doc) => this.#befores.push(doc),
    });
  }

  get writer(): Writer | null {
    return this.#writer;
  }

  async open(): Promise<void> {
    const { clock, random } = this.#options;
    this.#opened += 1;
    const mine = this.#opened;
    const isMine = (): boolean => mine === this.#opened;
    this.#locks = new Set();
    this.#drafting = null;
    const drafting = await startDrafting({
      socket: this.wire.open,
      clock: {
        now: () => clock.now(),
        after: (ms, work) => clock.after(ms, () => void (isMine() && work())),
      },
      random,
      store: this.#store,
      newId: () => this.#newId("c"),
      tell: (event) => {
        if (isMine()) this.#hear(event);
      },
    });
    if (isMine()) this.#drafting = drafting;
  }

  /** The tab is killed: what the browser kept of it is all that is left, and what was on its way may still arrive. */
  kill(): void {
    for (const letter of this.#unsaved)
      if (!this.#kept.has(letter)) {
        this.#options.letters.unkept.add(letter);
        this.#unsaved.delete(letter);
      }
    this.#opened += 1;
    this.#isKept = false;
    this.#drafting = null;
    this.#befores = [];
    this.#letGo();
    this.wire.abandon();
    this.#store.close();
  }

  #newId(kind: string): string {
    return `${kind}${this.number}_${(this.#names += 1)}`;
  }

  #letGo(): void {
    if (!this.#writer) return;
    const { stats } = this.#writer.binding;
    this.held += stats.held;
    this.fallbacks += stats.fallback;
    this.#writer.binding.destroy();
    this.#writer = null;
  }

  #hear(event: DraftingEvent): void {
    const { letters, random, clock } = this.#options;
    switch (event.type) {
      case "doc": {
        this.#letGo();
        const { doc } = event;
        const binding = bindText({
          doc,
          random,
          newId: () => this.#newId("n"),
          clock: () => clock.now(),
          captureTimeoutMs: 3,
          isLocked: (id) => this.#locks.has(id),
          onWaiting: () => this.#drafting?.resync(),
        });
        this.#writer = { number: this.number, doc, binding, isComposing: false };
        const befores = this.#befores.filter((before) => before !== doc);
        this.#befores = [doc];
        if (befores.length > 0) this.#moveIn(befores, doc);
        return;
      }
      case "locks":
        this.#locks = event.paragraphIds;
        return;
      case "not-taken":
        for (const { words } of event.notTaken?.untaken ?? [])
          for (const letter of words) letters.offered.add(letter);
        return;
      case "device":
        this.#isKept = event.device === "kept";
        return;
      case "record":
        if (event.broken) this.fault ??= new Error(`the record is another: ${JSON.stringify(event.broken)}`);
        return;
      default:
    }
  }

  /**
   * Whose words may be done again in the next document: the one that is written in, and those that the device had kept
   * when the page was opened. What a tab held when it was killed and the device did not have is not among them.
   */
  #befores: Y.Doc[] = [];

  /**
   * After a refusal the page writes in another document, in which its own letters that the room had not taken are new
   * characters: they stand where its person saw them, and after a kill where the device had them.
   */
  #moveIn(befores: readonly Y.Doc[], doc: Y.Doc): void {
    const { letters } = this.#options;
    this.recoveries += 1;
    const seen = new Map<string, Set<string>>();
    for (const before of befores)
      paragraphsOf(before).forEach((map, id) => {
        for (const letter of wordsOf(map)?.toString() ?? "")
          seen.set(letter, (seen.get(letter) ?? new Set()).add(id));
      });
    paragraphsOf(doc).forEach((map, id) => {
      const text = wordsOf(map);
      for (const run of text ? runsOf(text) : []) {
        if (run.client !== doc.clientID || typeof run.content !== "string") continue;
        for (const letter of run.content) {
          const typed = letters.typed.get(letter);
          if (typed?.by === this.number && seen.get(letter)?.has(id)) typed.homes.add(id);
        }
      }
    });
  }

  /** What this page held of each paragraph when its person hid it last. */
  readonly #decided = new Map<string, Held>();

  /** Keeps what a paragraph held when it was hidden here: in what its person writes, or done again in another document. */
  #watchHiding(doc: Y.Doc): void {
    doc.on("afterTransaction", ({ local, changed }: Y.Transaction) => {
      if (!local) return;
      const fields = new Map<unknown, ReadonlySet<string | null>>(changed);
      paragraphsOf(doc).forEach((map, id) => {
        const hiding = fields.get(map)?.has("deleted") ? map._map.get("deleted") : undefined;
        if (!hiding || map.get("deleted") !== true) return;
        const now = {
          letters: new Set(wordsOf(map)?.toString()),
          ends: Y.decodeStateVector(Y.encodeStateVector(doc)),
        };
        if (this.#writer?.doc === doc) this.#decided.set(id, now);
        const held = this.#decided.get(id) ?? now;
        this.#options.letters.held.set(characterKey(hiding.id.client, hiding.id.clock), held);
      });
    });
  }

  act(): void {
    const writer = this.#writer;
    if (!writer) return;
    const { random, letters } = this.#options;
    compose(writer, random);
    for (const letter of actOn(writer, { random, letters, acts: ACTS })) this.#unsaved.add(letter);
    this.acts += 1;
    this.check();
    if (!writer.isComposing) this.carets += checkCaret(writer.binding, random);
  }

  endComposition(): void {
    this.#writer?.binding.endComposition();
    if (this.#writer) this.#writer.isComposing = false;
  }

  /** After anything that came in. */
  check(): void {
    if (this.fault) throw this.fault;
    if (this.#writer) checkView(this.#writer);
    if (this.#drafting?.status().kind === "ended")
      throw new Error(`client ${this.number} has ended: ${JSON.stringify(this.#drafting.status())}`);
    if (this.#isKept) for (const letter of this.#unsaved) this.#kept.add(letter);
    if (!this.#drafting || this.#drafting.unsaved() !== null) return;
    for (const letter of this.#unsaved)
      if (!this.#options.letters.offered.has(letter)) this.saved.add(letter);
    this.#unsaved.clear();
  }

  /** Nothing is on its way, and the page is in the room: otherwise it lacks what others have done. */
  isSaved(): boolean {
    const { up, down } = this.wire.waiting();
    if (!this.wire.isUp || up + down > 0) return false;
    return this.#drafting !== null && this.#drafting.unsaved() === null && this.#writer !== null;
  }

  tryNow(): void {
    this.#drafting?.tryNow();
  }

  /** Paragraphs with changes that are not acknowledged. */
  pending(): readonly string[] {
    return [...(this.#drafting?.pending() ?? [])];
  }

  get isOpen(): boolean {
    return this.#opened > 0 && this.#drafting !== null;
  }

  get binding(): Binding | null {
    return this.#writer?.binding ?? null;
  }
}
