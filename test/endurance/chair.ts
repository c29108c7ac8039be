/**
 * The chair of a run: keeps versions, restores them or one paragraph, brings deleted paragraphs back, locks and unlocks,
 * all by the real commands in the text's queue while others type. What a command may do to the text is checked on the
 * spot, from the turn that it holds.
 */
import { bringBackParagraph } from "#app/commands/bring-back-paragraph.ts";
import type { CommandContext } from "#app/commands/context.ts";
import { refuseWhenFull } from "#app/commands/full-disk.ts";
import { issueVersion } from "#app/commands/issue-version.ts";
import { lockParagraph } from "#app/commands/lock-paragraph.ts";
import { restoreParagraph } from "#app/commands/restore-paragraph.ts";
import { restoreVersion } from "#app/commands/restore-version.ts";
import { unlockParagraph } from "#app/commands/unlock-paragraph.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import { plainWords } from "#collab/document.ts";
import type { TextDocument } from "#collab/document.ts";
import type { Turn } from "#collab/server/room.ts";
import { checkRestored, noteCommand, readOf } from "./command-checks.ts";
import type { Letters } from "./letters.ts";
import type { MortalServer } from "./mortal-server.ts";
import { noAccounts } from "#test/support/no-sign-in.ts";

type Version = { readonly id: string; readonly document: TextDocument };

/** What a command was to do to the text: the wording that it should have now. */
type Aim = { readonly wanted: TextDocument; readonly only: string | null } | null;

export type ChairOptions = {
  readonly server: MortalServer;
  readonly viewer: Viewer;
  readonly textId: string;
  readonly random: () => number;
  readonly now: () => number;
  readonly letters: Letters;
};

export class Chair {
  readonly #options: ChairOptions;
  readonly #versions: Version[] = [];
  /** What each locked paragraph is: nothing but an unlock may change it. */
  readonly #locked = new Map<string, string>();
  #before: TextDocument | null = null;
  #underWay: Promise<void> | null = null;
  #ids = 0;
  /** Acts that were done, by name. */
  readonly done = new Map<string, number>();
  fault: unknown = null;

  constructor(options: ChairOptions) {
    this.#options = options;
  }

  /** Begins an act, unless one is under way: to lock this paragraph, or any. */
  begin(locking?: string): void {
    if (this.#underWay) return;
    const act = (locking === undefined ? this.#act() : this.#lock(locking)).then(
      () => {
        if (this.#underWay === act) this.#underWay = null;
      },
      (error: unknown) => {
        // A server that is about to end takes no more commands.
        if (error instanceof Error && /^The rooms? .*clos(ing|ed)/.test(error.message)) this.#underWay = null;
        else this.fault ??= error;
      },
    );
    this.#underWay = act;
  }

  isBusy(): boolean {
    return this.#underWay !== null;
  }

  /** The server is another: what was under way got as far as the log says, and nobody will hear of it. */
  async lookAfterKill(): Promise<void> {
    const { server, textId } = this.#options;
    const before = this.#before;
    const wasBusy = this.isBusy();
    this.#before = null;
    this.#underWay = null;
    await server.rooms.hold(textId, async (turn) => {
      const held = turn.lockedParagraphs();
      if (before) noteCommand({ before, turn, letters: this.#options.letters, mayRemove: true });
      const document = turn.document();
      const differ = [...this.#locked.keys(), ...held].filter((id) => held.has(id) !== this.#locked.has(id));
      if (differ.length > 0 && !wasBusy)
        throw new Error(`the lock of ${differ.join()} is another after the kill`);
      for (const id of differ) {
        if (held.has(id)) this.#noteLock(document, id);
        else this.#locked.delete(id);
      }
      this.#checkLocked(document);
    });
  }

  #noteLock(document: TextDocument, id: string): void {
    this.#locked.set(id, readOf(document, id));
    const paragraph = document.paragraphs.find((one) => one.id === id);
    for (const letter of paragraph ? plainWords(paragraph) : "") this.#options.letters.locked.add(letter);
  }

  /** Throws when a locked paragraph is not what it was. */
  #checkLocked(document: TextDocument): void {
    for (const [id, was] of this.#locked) {
      const is = readOf(document, id);
      if (is !== was) throw new Error(`the locked paragraph ${id} changed from\n${was}\nto\n${is}`);
    }
  }

  async #act(): Promise<void> {
    const { server, textId, random } = this.#options;
    const { rooms } = server;
    const { document } = await rooms.wording(textId);
    // Whoever asked a server that was killed meanwhile got no answer.
    if (rooms !== server.rooms) return;
    const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
    const paragraph = pick(document.paragraphs)?.id;
    const roll = random();
    if (roll < 0.22 || this.#versions.length === 0) return this.#keep();
    if (roll < 0.42) return this.#restore(pick(this.#versions));
    if (roll < 0.52) return this.#restoreOne(pick(this.#versions), paragraph);
    if (roll < 0.6) return this.#restoreMoment(paragraph);
    if (roll < 0.66) return this.#bringBack(pick(document.hidden)?.id);
    if (roll < 0.84) return this.#lock(paragraph);
    return this.#unlock(pick([...this.#locked.keys()]));
  }

  async #keep(): Promise<void> {
    let kept: TextDocument | null = null;
    const label = `Rev.${(this.#ids += 1)}`;
    const result = await issueVersion(
      this.#context((_, document) => {
        kept = document;
      }),
      { textId: this.#options.textId, label, symbol: "", note: "" },
    );
    if (isRefusal(result) || !kept) return;
    this.#versions.push({ id: result.versionId, document: kept });
    this.#note("version");
  }

  async #restore(version: Version | undefined): Promise<void> {
    if (!version) return;
    const { textId } = this.#options;
    const aim = { wanted: version.document, only: null };
    this.#expect(
      await restoreVersion(this.#context(null, aim), { textId, versionId: version.id }),
      "restore",
    );
  }

  async #restoreOne(version: Version | undefined, live: string | undefined): Promise<void> {
    const { textId, random } = this.#options;
    const ids = version?.document.paragraphs.map(({ id }) => id) ?? [];
    const paragraphId = random() < 0.5 ? live : ids[Math.floor(random() * ids.length)];
    if (!version || paragraphId === undefined) return;
    const context = this.#context(null, { wanted: version.document, only: paragraphId });
    this.#expect(
      await restoreParagraph(context, { textId, paragraphId, from: { versionId: version.id } }),
      "restore one",
      ["paragraph-locked", "not-there"],
    );
  }

  async #restoreMoment(paragraphId: string | undefined): Promise<void> {
    const { server, textId, random } = this.#options;
    if (paragraphId === undefined) return;
    const { rooms } = server;
    const life = await rooms.lifeOf(textId, paragraphId);
    if (rooms !== server.rooms) return;
    const seq = life[Math.floor(random() * life.length)]?.stamp.seq;
    const entry = life.findLast(({ stamp }) => stamp.seq === seq);
    if (seq === undefined || !entry) return;
    const context = this.#context(null, (before) => {
      const known = [...before.paragraphs, ...before.hidden].find(({ id }) => id === paragraphId);
      const others = before.paragraphs.filter(({ id }) => id !== paragraphId);
      const paragraphs = known ? [...others, { ...known, spans: entry.spans }] : others;
      return { wanted: { ...before, paragraphs }, only: paragraphId };
    });
    this.#expect(await restoreParagraph(context, { textId, paragraphId, from: { seq } }), "restore moment", [
      "paragraph-locked",
      "not-there",
    ]);
  }

  async #bringBack(paragraphId: string | undefined): Promise<void> {
    if (paragraphId === undefined) return;
    const { textId } = this.#options;
    this.#expect(await bringBackParagraph(this.#context(), { textId, paragraphId }), "bring back", [
      "paragraph-locked",
      "paragraph-not-there",
    ]);
  }

  async #lock(paragraphId: string | undefined): Promise<void> {
    if (paragraphId === undefined) return;
    const { textId } = this.#options;
    const context = this.#context((_, after) => this.#noteLock(after, paragraphId));
    this.#expect(await lockParagraph(context, { textId, paragraphId }), "lock", [
      "paragraph-not-there",
      "lock-already",
    ]);
  }

  async #unlock(paragraphId: string | undefined): Promise<void> {
    if (paragraphId === undefined) return;
    const { textId } = this.#options;
    const context = this.#context(() => this.#locked.delete(paragraphId));
    this.#expect(await unlockParagraph(context, { textId, paragraphId, reason: "to go on" }), "unlock");
  }

  #note(act: string): void {
    this.done.set(act, (this.done.get(act) ?? 0) + 1);
  }

  #expect(result: unknown, act: string, refusals: readonly string[] = []): void {
    if (!isRefusal(result)) return this.#note(act);
    if (!refusals.includes(result.code)) throw new Error(`${act} was refused: ${JSON.stringify(result)}`);
  }

  /** What the commands are given; `onDone` hears of a command that was not refused while it still holds the queue. */
  #context(
    onDone: ((before: TextDocument, after: TextDocument) => void) | null = null,
    aim: Aim | ((before: TextDocument) => Aim) = null,
  ): CommandContext {
    const { server, viewer, now } = this.#options;
    const { rooms, db } = server;
    const nobody = (): never => {
      throw new Error("nobody asks for this here");
    };
    return {
      db: refuseWhenFull(db, nobody),
      rooms: {
        ...rooms,
        hold: (textId, work) =>
          rooms.hold(textId, (turn) =>
            // What a killed server still begins comes to nothing.
            rooms === server.rooms ? this.#watch(turn, () => work(turn), onDone, aim) : work(turn),
          ),
      },
      notices: { tell: () => undefined, rightsChanged: () => undefined },
      uploads: { take: nobody, open: nobody, letGo: nobody },
      accounts: noAccounts(nobody),
      viewer,
      now,
      newId: () => `id${String((this.#ids += 1)).padStart(14, "0")}${this.#options.textId}`,
      newToken: nobody,
      origin: "http://localhost",
    };
  }

  async #watch<T>(
    turn: Turn,
    work: () => Promise<T>,
    onDone: ((before: TextDocument, after: TextDocument) => void) | null,
    given: Aim | ((before: TextDocument) => Aim),
  ): Promise<T> {
    const before = turn.document();
    const aim = typeof given === "function" ? given(before) : given;
    this.#before = before;
    const locked = new Set(turn.lockedParagraphs());
    const result = await work();
    // Unless the server was killed, and another looks after it.
    if (this.#before === before) this.#before = null;
    const after = turn.document();
    noteCommand({ before, turn, letters: this.#options.letters, mayRemove: aim !== null });
    if (isRefusal(result)) return result;
    if (aim) checkRestored({ ...aim, before, after, locked });
    onDone?.(before, after);
    this.#checkLocked(after);
    return result;
  }
}
