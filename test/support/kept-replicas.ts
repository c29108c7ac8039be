/** What a browser keeps of one person and text, in memory: it outlives the pages, as IndexedDB does. */
import * as Y from "yjs";
import type {
  Aside,
  KeptRecord,
  KeptUnsaved,
  Replica,
  ReplicaStore,
} from "#collab/client/replica/replica.ts";

export class KeptReplicas implements ReplicaStore {
  /** Worked out when it is asked for: every keystroke changes it. */
  #state: () => Uint8Array | null = () => null;
  #unsaved: KeptUnsaved | null = null;
  /** Shared by the tabs of one browser; `holder` is the tab that has it in hand. */
  readonly #asides: {
    made: number;
    readonly rows: Map<string, Aside & { state: Uint8Array; holder: KeptReplicas | null }>;
  };
  record: KeptRecord | null = null;
  tellKept: (kept: boolean) => void = () => {};
  /** Writes are under way until `catchUp`. */
  isSlow = false;
  #writes: (() => void)[] = [];
  /** Notes of unsaved changes, in the order in which they were written. */
  readonly notes: (KeptUnsaved | null)[] = [];

  constructor(tab?: KeptReplicas) {
    this.#asides = tab ? tab.#asides : { made: 0, rows: new Map() };
  }

  get unsaved(): KeptUnsaved | null {
    return this.#unsaved;
  }

  async open(doc: Y.Doc, tell: (kept: boolean) => void): Promise<Replica> {
    const before = this.#state();
    if (before) Y.applyUpdate(doc, before, "replica");
    let state: Uint8Array | null = null;
    const change = (): void => {
      state = null;
    };
    const read = (): Uint8Array => (state ??= Y.encodeStateAsUpdate(doc));
    doc.on("update", change);
    this.#state = read;
    this.tellKept = tell;
    return {
      kept: true,
      unsaved: this.#unsaved,
      noteUnsaved: async (unsaved) => {
        this.notes.push(unsaved);
        this.#unsaved = unsaved;
        if (this.isSlow) await new Promise<void>((resolve) => this.#writes.push(resolve));
      },
      close: async () => {
        read();
        doc.off("update", change);
      },
    };
  }

  async setAside(refused: Replica, doc: Y.Doc, aside: Omit<Aside, "id">): Promise<string> {
    await refused.close();
    this.#state = () => null;
    this.#unsaved = null;
    this.#asides.made += 1;
    const id = `aside-${this.#asides.made}`;
    this.#asides.rows.set(id, { ...aside, id, state: Y.encodeStateAsUpdate(doc), holder: this });
    return id;
  }

  async renewAside(id: string, doc: Y.Doc): Promise<void> {
    const aside = this.#asides.rows.get(id);
    if (aside) aside.state = Y.encodeStateAsUpdate(doc);
  }

  async noteUntaken(id: string, untaken: Aside["untaken"]): Promise<void> {
    const aside = this.#asides.rows.get(id);
    if (untaken?.length === 0) this.#asides.rows.delete(id);
    else if (aside) this.#asides.rows.set(id, { ...aside, untaken });
  }

  async takeAsides(): Promise<readonly Aside[]> {
    const free = [...this.#asides.rows.values()].filter(({ holder }) => holder === null);
    for (const aside of free) aside.holder = this;
    return free;
  }

  async loadAside(id: string, doc: Y.Doc): Promise<void> {
    const aside = this.#asides.rows.get(id);
    if (aside) Y.applyUpdate(doc, aside.state, "replica");
  }

  async forget(id: string): Promise<void> {
    this.#asides.rows.delete(id);
  }

  async findRecord(): Promise<KeptRecord | null> {
    return this.record;
  }

  async keepRecord(record: KeptRecord, anyway: boolean): Promise<void> {
    const before = this.record;
    if (anyway || !before || (before.seq <= record.seq && !before.broken)) this.record = record;
  }

  catchUp(): void {
    for (const settle of this.#writes.splice(0)) settle();
  }

  close(): void {
    for (const aside of this.#asides.rows.values()) if (aside.holder === this) aside.holder = null;
  }
}
