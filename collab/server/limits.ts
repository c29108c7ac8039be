/** What the room takes and keeps, in one place. Sizes in bytes, times in milliseconds. */
export const MAX_EDIT_BYTES = 64 * 1024;
export const MAX_CARET_BYTES = 500;
/** Ids that one update may use up; far above what fits into its bytes honestly. */
export const MAX_NEW_CLOCKS = 4_000_000;
export const MAX_CARRY_RANGES = 4_000;

/** A person refused this often in this time is closed out. */
export const REFUSALS_ALLOWED = 20;
export const REFUSALS_WITHIN_MS = 10_000;

/** A page that leaves this much unread for this long is cut, its first state aside. */
export const MAX_WAITING_BYTES = 1024 * 1024;
export const MAX_WAITING_MS = 10_000;

/** A page that begins anew this often in this time is closed: each time it may be sent the whole text. */
export const HELLOS_ALLOWED = 20;
export const HELLOS_WITHIN_MS = 10_000;

export const CARET_EVERY_MS = 100;
export const PAPER_EVERY_MS = 500;
/** Papers kept for readers who are a little behind. */
export const PAPERS_KEPT = 120;

/** A checkpoint is written when the text has been quiet so long and so many rows are behind it, or at the latest after so many. */
export const CHECKPOINT_QUIET_MS = 5_000;
export const CHECKPOINT_ROWS = 200;
export const CHECKPOINT_ROWS_AT_LATEST = 5_000;

/** Rows under a checkpoint are looked at so long after the text was opened. */
export const CHECK_OLDER_AFTER_MS = 3_000;

/** An open text that nobody uses is closed after this time. */
export const CLOSE_IDLE_MS = 5 * 60_000;
/** Quiet after changes: time for an automatic version. */
export const IDLE_VERSION_MS = 5 * 60_000;
/** Pages come back at a random moment within this time after a restart. */
export const COME_BACK_WITHIN_MS = 3_000;
/** Work that may be cut in pieces gives way after this time. */
export const SLICE_MS = 8;
