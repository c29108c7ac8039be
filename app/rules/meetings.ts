/** Hours and room of a meeting, as a form of it carries them. */

export type Hours = {
  /** Milliseconds. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly room: string;
};

/** In a few signs what a form was made from: whoever saved meanwhile is noticed (rule AG21). */
export function writeHours({ startsAt, endsAt, room }: Hours): string {
  return `${startsAt} ${endsAt} ${room}`.trim();
}
