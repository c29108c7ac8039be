/**
 * The paper of somebody who reads while others write: fetches what changed since the sequence number on the page and
 * puts it there, without moving what is being read. No Yjs, no editor.
 */
import type { PaperDelta } from "#collab/paper.ts";
import { scrollerOf } from "./scroller.ts";

/** What `/live/texts/:text` answers: a delta after a sequence number, or the whole when that is too long ago. */
type LiveAnswer = ({ readonly seq: number } & PaperDelta) | { readonly seq: number; readonly html: string };

export type ReaderStatus = "current" | "behind" | "gone";

export type Reader = {
  /** Somebody said that there is something to fetch. Asks at once, or right after the answer that is under way. */
  refresh(): void;
  /** The sequence number that the page shows. */
  seq(): number;
  destroy(): void;
};

export type ReaderOptions = {
  /** Holds the sections of the paper and nothing else. */
  readonly host: HTMLElement;
  readonly textId: string;
  /** What the page shows; null when it shows nothing yet and the whole is to be fetched. */
  readonly seq: number | null;
  readonly onStatus: (status: ReaderStatus) => void;
  /** After the paper has changed. */
  readonly onChange: () => void;
};

const RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 30_000;
const MARKED_MS = 2_000;

function sectionId(paragraphId: string): string {
  return `p-${paragraphId}`;
}

function sectionFrom(html: string): HTMLElement | null {
  const template = document.createElement("template");
  template.innerHTML = html;
  const section = template.content.firstElementChild;
  return section instanceof HTMLElement ? section : null;
}

function find(host: HTMLElement, paragraphId: string): HTMLElement | null {
  return host.querySelector<HTMLElement>(`:scope > #${CSS.escape(sectionId(paragraphId))}`);
}

/** Takes out, puts in, sorts, as `PaperDelta` says. Returns the sections whose words are new. */
function applyDelta(host: HTMLElement, delta: PaperDelta): HTMLElement[] {
  const changed: HTMLElement[] = [];
  for (const id of delta.removed) find(host, id)?.remove();
  for (const { id, html, after } of delta.set) {
    const section = sectionFrom(html);
    if (!section) continue;
    const present = find(host, id);
    if (present) {
      if (present.getAttribute("aria-current") === "true") section.setAttribute("aria-current", "true");
      if (present.querySelector(".txt")?.textContent !== section.querySelector(".txt")?.textContent) {
        changed.push(section);
      }
      present.replaceWith(section);
    } else {
      const before = after === null ? null : find(host, after);
      if (before) before.after(section);
      else host.prepend(section);
      changed.push(section);
    }
  }
  for (const id of delta.order ?? []) {
    const section = find(host, id);
    if (section) host.append(section);
  }
  return changed;
}

/** Runs `change` so that the first paragraph in view stays where it is on the screen. */
function keepingPlace(host: HTMLElement, change: () => void): void {
  const scroller = scrollerOf(host);
  const top = scroller === document.documentElement ? 0 : scroller.getBoundingClientRect().top;
  const sections = [...host.children];
  const visible = sections.findIndex((section) => section.getBoundingClientRect().bottom > top);
  // Should the paragraph in view go, the next one that stays holds the place.
  const anchors =
    visible < 0
      ? []
      : sections.slice(visible).map((section) => ({
          id: section.id,
          top: section.getBoundingClientRect().top,
        }));
  change();
  for (const anchor of anchors) {
    const section = host.querySelector(`:scope > #${CSS.escape(anchor.id)}`);
    if (!section) continue;
    const moved = section.getBoundingClientRect().top - anchor.top;
    if (moved !== 0) scroller.scrollTop += moved;
    return;
  }
}

/** Starts reading. The caller says when to look (`refresh`), from the stream of notices. */
export function mountReader(options: ReaderOptions): Reader {
  const { host, textId, onStatus, onChange } = options;
  const leaving = new AbortController();
  let seq = options.seq;
  let asking = false;
  let again = false;
  let retryMs = RETRY_MS;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const show = (answer: LiveAnswer): void => {
    let changed: HTMLElement[] = [];
    keepingPlace(host, () => {
      if ("html" in answer) host.innerHTML = answer.html;
      else changed = applyDelta(host, answer);
    });
    seq = answer.seq;
    for (const section of changed) {
      section.classList.add("changed");
      setTimeout(() => section.classList.remove("changed"), MARKED_MS);
    }
    onChange();
  };

  const ask = async (): Promise<void> => {
    const after = seq === null ? "" : `?after=${seq}`;
    const response = await fetch(`/live/texts/${encodeURIComponent(textId)}${after}`, {
      signal: leaving.signal,
      headers: { accept: "application/json" },
    });
    if (response.status === 404 || response.status === 401) {
      onStatus("gone");
      leaving.abort();
      return;
    }
    if (!response.ok) throw new Error(`The text answered ${response.status}`);
    const answer: LiveAnswer = await response.json();
    if (leaving.signal.aborted) return;
    // A lock changes the paper without a new sequence number.
    const isNews =
      "html" in answer || answer.set.length + answer.removed.length > 0 || answer.order !== undefined;
    if (isNews) show(answer);
    else seq = answer.seq;
    retryMs = RETRY_MS;
    onStatus("current");
  };

  const refresh = (): void => {
    if (leaving.signal.aborted) return;
    if (asking) {
      again = true;
      return;
    }
    clearTimeout(retry);
    asking = true;
    again = false;
    ask()
      .catch(() => {
        if (leaving.signal.aborted) return;
        onStatus("behind");
        // Everybody's pages lose the server at the same moment: they come back one after the other.
        retry = setTimeout(refresh, retryMs * (0.5 + Math.random()));
        retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
      })
      .finally(() => {
        asking = false;
        if (again) refresh();
      });
  };

  if (seq === null) refresh();
  return {
    refresh,
    seq: () => seq ?? 0,
    destroy() {
      leaving.abort();
      clearTimeout(retry);
    },
  };
}
