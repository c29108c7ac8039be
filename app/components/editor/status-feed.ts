/**
 * What is saved, at every keystroke. While it only goes between "saved" and "sent, no answer yet" the page is not drawn
 * again: React looks at the whole text for the caret each time it does, which costs more than the letter.
 */
import type { SavingStatus } from "#collab/client/connection/saving.ts";

/** Something was written before and all of it is saved, or its answer is awaited in silence. */
export type FollowedStatus = Extract<SavingStatus, { kind: "saved" | "sending" }> & { readonly at: number };

export type StatusFeed = {
  /** The newest status; true when the page has to be drawn for it. */
  tell(status: SavingStatus): boolean;
  /** Calls `show` with the status as it is, and with each that follows without the page being drawn. */
  follow(show: (status: FollowedStatus) => void): () => void;
};

export function isFollowed(status: SavingStatus): status is FollowedStatus {
  return (status.kind === "saved" || status.kind === "sending") && status.at !== null;
}

export function createStatusFeed(): StatusFeed {
  let latest: SavingStatus = { kind: "opening" };
  const shows = new Set<(status: FollowedStatus) => void>();
  return {
    tell(status) {
      const before = latest;
      latest = status;
      if (!isFollowed(status)) return true;
      for (const show of shows) show(status);
      return !isFollowed(before);
    },
    follow(show) {
      shows.add(show);
      if (isFollowed(latest)) show(latest);
      return () => void shows.delete(show);
    },
  };
}
