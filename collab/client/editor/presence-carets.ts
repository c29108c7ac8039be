/** The carets of those who are there, drawn anew at most once a frame. */
import type { Presence } from "#collab/frames.ts";
import type { Binding } from "#collab/client/binding/bind-text.ts";
import { patternOf } from "./caret-pattern.ts";
import { setCarets } from "./carets-plugin.ts";
import type { OtherCaret } from "./carets-plugin.ts";
import { positionIn } from "./paragraph-position.ts";

export type PresenceCarets = {
  /** Who is there from now on, and where. */
  set(others: readonly Presence[]): void;
  /** Their places may have moved: draws them in the next frame. */
  ask(): void;
  stop(): void;
};

export function presenceCarets(options: {
  readonly binding: () => Binding;
  /** Called before the view is written to. */
  readonly settle: () => void;
}): PresenceCarets {
  let others: readonly Presence[] = [];
  let frame = 0;
  let isStopped = false;

  function draw(): void {
    frame = 0;
    options.settle();
    const { state, apply, resolveCaret } = options.binding();
    const carets: OtherCaret[] = [];
    for (const { peer, name, siglum, caret } of others) {
      const place = caret === null ? null : resolveCaret(parsed(caret));
      const pos = place && positionIn(state.doc, place.paragraphId, place.offset);
      if (pos !== null) carets.push({ peer, name, siglum, pos, pattern: patternOf(peer) });
    }
    apply(setCarets(state.tr, carets));
  }

  function ask(): void {
    if (frame === 0 && !isStopped) frame = requestAnimationFrame(draw);
  }

  return {
    set(next) {
      // The room tells of one's own caret too: nobody else is there, before and after it.
      const isAlone = others.length === 0 && next.length === 0;
      others = next;
      if (!isAlone) ask();
    },
    ask() {
      if (others.length > 0) ask();
    },
    stop() {
      isStopped = true;
      if (frame !== 0) cancelAnimationFrame(frame);
    },
  };
}

function parsed(caret: string): unknown {
  try {
    return JSON.parse(caret);
  } catch {
    return null;
  }
}
