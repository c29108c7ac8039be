/**
 * Which paragraphs stay where they are when their order changes: the increasing run of the greatest weight. Locked
 * paragraphs and those that the person did not take hold of weigh more, so it is the others that get a new place.
 *
 * In: a list of positions (all different) and a weight for each. Out: the indices of the run, ascending.
 */
export function heaviestRun(positions: readonly number[], weightOf: (index: number) => number): number[] {
  const ranks = new Map(positions.toSorted((a, b) => a - b).map((position, rank) => [position, rank]));
  // A Fenwick tree over ranks: the best run that ends at a position up to this one.
  const tree: ({ weight: number; index: number } | undefined)[] = [];
  const before: number[] = [];
  let best = { weight: 0, index: -1 };
  positions.forEach((position, index) => {
    const rank = (ranks.get(position) ?? 0) + 1;
    let reached = { weight: 0, index: -1 };
    for (let i = rank - 1; i > 0; i -= i & -i) {
      const node = tree[i];
      if (node !== undefined && node.weight > reached.weight) reached = node;
    }
    before[index] = reached.index;
    const here = { weight: reached.weight + weightOf(index), index };
    for (let i = rank; i <= positions.length; i += i & -i) {
      const node = tree[i];
      if (node === undefined || node.weight < here.weight) tree[i] = here;
    }
    if (here.weight > best.weight) best = here;
  });
  const run: number[] = [];
  for (let index = best.index; index >= 0; index = before[index] ?? -1) run.push(index);
  return run.toReversed();
}
