/** Cuts pages that do not read what they are sent: their unread bytes are the server's memory. */
import { isTooSlow } from "./seats.ts";
import type { TakenSeat } from "./seats.ts";
import type { Timers } from "./timers.ts";

const CHECK_MS = 1_000;

export type SlowPages = {
  /** Something was sent: looks in a second, and goes on looking while somebody is behind. */
  watch(): void;
  stop(): void;
};

export function watchSlowPages(options: {
  readonly seats: ReadonlySet<TakenSeat>;
  readonly timers: Timers;
  readonly onSlow: (seat: TakenSeat) => void;
}): SlowPages {
  const { seats, timers, onSlow } = options;
  let callOff: (() => void) | null = null;
  let isStopped = false;
  function watch(): void {
    if (isStopped) return;
    callOff ??= timers.after(CHECK_MS, () => {
      callOff = null;
      let isAnyBehind = false;
      for (const seat of seats) {
        if (isTooSlow(seat, timers.now())) onSlow(seat);
        else if (seat.behindSince !== null) isAnyBehind = true;
      }
      if (isAnyBehind) watch();
    });
  }
  return {
    watch,
    stop() {
      isStopped = true;
      callOff?.();
    },
  };
}
