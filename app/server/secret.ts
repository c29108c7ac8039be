/** The secret that signs cookies: given in production, made once and kept beside the data in an exercise. */
import { randomBytes, timingSafeEqual } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

export function secretOf(given: string | null, folder: string): string {
  if (given !== null) return given;
  const file = path.join(folder, "secret");
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600 });
  const secret = readFileSync(file, "utf8").trim();
  if (secret.length < 32)
    throw new Error(`${file} holds no secret: delete it, and everybody signs in again.`);
  return secret;
}

/** Compares in the same time wherever they differ. */
export function isSameSecret(given: string, wanted: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(wanted);
  return a.length === b.length && timingSafeEqual(a, b);
}
