/** Which versions of a text somebody sees, and what the next one may be called. */
import type { TextStanding } from "./audience.ts";

export type VersionSeen = {
  readonly id: string;
  readonly number: number;
  readonly kind: "issued" | "automatic";
  readonly seq: number;
};

/**
 * Rules AD3 to AD5. The bureau sees every version, readers the issued ones from `fromSeq` on. Who sees versions only
 * sees the newest one issued before that as well: it is what the text was when it was opened to them.
 */
export function visibleVersions<T extends VersionSeen>(standing: TextStanding, versions: readonly T[]): T[] {
  if (standing.kind === "none") return [];
  if (standing.kind === "bureau") return [...versions];
  const { fromSeq, shows } = standing;
  const issued = versions.filter((version) => version.kind === "issued");
  const opening = issued
    .filter((version) => version.seq <= fromSeq)
    .reduce<T | null>(
      (newest, version) => (newest && newest.number > version.number ? newest : version),
      null,
    );
  return issued.filter(
    (version) => version.seq >= fromSeq || (shows === "versions" && version.id === opening?.id),
  );
}

/** Rule AD6. Whether the live wording may be shown, as against versions only. */
export function seesLive(standing: TextStanding): boolean {
  return standing.kind === "bureau" || (standing.kind === "reader" && standing.shows === "live");
}

/** Rules AD6 and AD7. From which sequence number on somebody learns who did what; null: of nothing. */
export function namesFrom(standing: TextStanding): number | null {
  if (standing.kind === "bureau") return 0;
  return standing.kind === "reader" && standing.shows === "live" ? standing.fromSeq : null;
}

/** Rule VR1. Zero draft, then Rev.1, Rev.2, …, after the highest number issued. */
export function suggestedLabel(issuedLabels: readonly string[]): string {
  if (issuedLabels.length === 0) return "Zero draft";
  const numbers = issuedLabels.map((label) => Number(/^Rev\.\s?(\d{1,4})$/i.exec(label.trim())?.[1] ?? 0));
  return `Rev.${Math.max(0, ...numbers) + 1}`;
}

/** Rule VR2. The text's symbol, with the label behind it where the label is a revision. */
export function suggestedSymbol(symbol: string, label: string): string {
  const revision = /^Rev\.\s?(\d{1,4})$/i.exec(label.trim());
  return symbol === "" || !revision ? symbol : `${symbol}/Rev.${revision[1]}`;
}

/** Rule VR3. No two issued versions of a text have the same label, whatever its case and spaces. */
export function isLabelTaken(issuedLabels: readonly string[], label: string): boolean {
  const plain = (words: string): string => words.replace(/\s+/g, "").toLowerCase();
  return issuedLabels.some((issued) => plain(issued) === plain(label));
}
