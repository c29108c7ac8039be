/** Solid, dashed or double (1, 2, 3): the line that stands for a page, in the text and in the list of those present. */
export function patternOf(peer: number): number {
  return (peer % 3) + 1;
}
