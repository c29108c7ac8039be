/** Who made a change and when, from the index of who typed and deleted which characters. */
import { actsOn, eachStamp } from "#collab/attribution.ts";
import type { Attribution, ParagraphAct, Stamp } from "#collab/attribution.ts";
import type { IdRange } from "#collab/model.ts";

/** `at` in milliseconds: the latest time this person had a part in the change. */
export type Maker = {
  readonly person: string | null;
  readonly delegation: string | null;
  readonly at: number;
};

/** `from` and `to` are the sequence numbers of the older and the newer wording, where they are known. */
export type Source = {
  readonly attribution: Attribution;
  readonly from: number | null;
  readonly to: number | null;
  /** The newer wording is `a`: what `a` has more was typed, what it lacks was deleted. */
  readonly reversed: boolean;
};

export type Traces = {
  /** Characters that only `b` has, and that only `a` has. */
  readonly onlyB: readonly IdRange[];
  readonly onlyA: readonly IdRange[];
  readonly acts?: readonly { readonly paragraph: string; readonly act: ParagraphAct }[];
};

export function makersOf(source: Source | null, traces: Traces): Maker[] {
  if (source === null) return [];
  const latest = new Map<string, Maker>();
  const add = (stamp: Stamp | null): void => {
    if (stamp === null) return;
    const key = `${stamp.person ?? ""}\n${stamp.delegation ?? ""}`;
    const known = latest.get(key);
    if (known && known.at >= stamp.at) return;
    latest.set(key, { person: stamp.person, delegation: stamp.delegation, at: stamp.at });
  };
  const typed = source.reversed ? traces.onlyA : traces.onlyB;
  const deleted = source.reversed ? traces.onlyB : traces.onlyA;
  for (const range of typed) {
    eachStamp(source.attribution, "inserted", range, (_clock, _length, stamp) => add(stamp));
  }
  for (const range of deleted) {
    eachStamp(source.attribution, "deleted", range, (_clock, _length, stamp) => add(stamp));
  }
  for (const { paragraph, act } of traces.acts ?? []) {
    const all = actsOn(source.attribution, paragraph).filter((entry) => entry.act === act);
    const until = all.filter(({ stamp }) => source.to === null || stamp.seq <= source.to);
    const within = until.filter(({ stamp }) => source.from === null || stamp.seq > source.from);
    // A stamp stands for a minute of work and may have begun before the older wording: then the last one it is.
    for (const { stamp } of within.length > 0 ? within : until.slice(-1)) add(stamp);
  }
  return [...latest.values()].sort((x, y) => x.at - y.at);
}
