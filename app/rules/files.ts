/** Files that people put in: how large, and what they are called. Rules UP1 to UP6. */
import { oneLine } from "./fields.ts";
import { type Refusal, refuse } from "./refusal.ts";

export type FileType = "pdf" | "docx";

/** What a look into a file found. `code`: the message at the field of the file. */
export type Looked =
  | { readonly kind: "taken"; readonly type: FileType; readonly words: string }
  | { readonly kind: "refused"; readonly code: string };

const MEGABYTE = 1024 * 1024;
export const MOST_FILE_BYTES = 25 * MEGABYTE;
/** Of the files of one delegation in one session, with the words read from them: ten of the largest. Rule UP9. */
export const MOST_KEPT_BYTES = 250 * MEGABYTE;
/** Characters of a name without its ending. */
const LONGEST_NAME = 120;
/** Marks of direction: in a file's name they change what its ending looks like. */
const MARKS = /[\u061C\u200E\u200F]/g;
/** What programs tell files by. */
const ENDING = /\.([a-z]{3,4}x?|[a-z]{2}\d)$/i;
/** Signs that end a name, or lead elsewhere, on one system or another. */
const UNSAFE = /[<>:"|?*]/g;

/**
 * The name under which a file is kept and given: its last part, in one line, without what nobody sees, with the ending
 * of what it is. Refused when it has the ending of something else.
 */
export function cleanFileName(typed: string, type: FileType): Refusal | string {
  const name = oneLine(typed.split(/[/\\]/).at(-1) ?? "")
    .replace(MARKS, "")
    .replace(UNSAFE, "-")
    .replace(/^[.\s]+/, "");
  const ending = ENDING.exec(name)?.[1]?.toLowerCase();
  if (ending !== undefined && ending !== type) {
    return refuse("invalid", "check-fields", { fields: { file: `file-lies-${type}` } });
  }
  const stem = (ending === undefined ? name : name.slice(0, -ending.length - 1)).trim();
  return `${shortened(stem) || "document"}.${type}`;
}

/** Never half a character. */
function shortened(stem: string): string {
  return [...stem].slice(0, LONGEST_NAME).join("").trim();
}

/** What a file takes of the place that its delegation has. Bytes. */
export function placeOf({ size, words }: { readonly size: number; readonly words: string }): number {
  return size + new TextEncoder().encode(words).length;
}

/** Refused at its field: `room` bytes are left for files of the delegation, and this one takes more. Rule UP9. */
export function noRoomFor(room: number): Refusal {
  const left = Math.floor((Math.max(0, room) / MEGABYTE) * 10) / 10;
  const values = { most: MOST_KEPT_BYTES / MEGABYTE, left };
  return refuse("invalid", "check-fields", { fields: { file: "files-full" }, values });
}

/** For a browser that saves it: plain letters for programs that read no better, the full name behind (RFC 6266, 8187). */
export function asAttachment(name: string): string {
  const at = name.lastIndexOf(".");
  const ending = name.slice(at + 1);
  const plain =
    name
      .slice(0, at)
      .replace(/[^A-Za-z0-9.-]+/g, "-")
      .replace(/^[-.]+|-+$/g, "") || "document";
  const full = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}.${ending}"; filename*=UTF-8''${full}`;
}
