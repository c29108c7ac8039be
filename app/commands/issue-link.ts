/** One-time links: kept as a hash, told once. */
import type { WriteTx } from "#db/database.ts";
import { sha256 } from "#db/canonical.ts";
import { type OneTimeLinkRow, insertLink } from "#db/stores/one-time-link.ts";
import type { CommandContext } from "./context.ts";

const LINK_DAYS = 7;
const DAY_MS = 86_400_000;

export function linkHash(token: string): string {
  return sha256(`link ${token}`);
}

/** Writes a new link of a person (older ones end) and returns its address, which is kept nowhere. */
export async function writeLink(
  tx: WriteTx,
  context: Pick<CommandContext, "newId" | "newToken" | "origin" | "now">,
  link: {
    readonly personId: string;
    readonly purpose: OneTimeLinkRow["purpose"];
    readonly issuedBy: string | null;
  },
): Promise<{ readonly address: string; readonly expiresAt: number }> {
  const token = context.newToken();
  const issuedAt = context.now();
  const expiresAt = issuedAt + LINK_DAYS * DAY_MS;
  await insertLink(tx, {
    ...link,
    id: context.newId(),
    tokenHash: linkHash(token),
    issuedAt,
    expiresAt,
    usedAt: null,
  });
  return { address: `${context.origin}/links/${token}`, expiresAt };
}
