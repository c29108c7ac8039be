/** Which paragraphs a transaction of this page changed. */
import * as Y from "yjs";

export function paragraphsTouchedBy(transaction: Y.Transaction): string[] {
  const touched: string[] = [];
  if (!transaction.local) return touched;
  for (const type of transaction.changed.keys()) {
    for (let at: unknown = type; at instanceof Y.AbstractType; at = at._item?.parent) {
      const id = at._item?.parentSub;
      if (at instanceof Y.Map && typeof id === "string") touched.push(id);
    }
  }
  return touched;
}
