/** Headers of a file that somebody put in: data here, whatever it contains. */
import { type FileType, asAttachment } from "#app/rules/files.ts";

const TYPES: Readonly<Record<FileType, string>> = {
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
};

export function fileHeaders(file: {
  readonly name: string;
  readonly type: FileType;
  /** Bytes. */
  readonly size: number;
}): Record<string, string> {
  return {
    "Content-Type": TYPES[file.type],
    "Content-Length": String(file.size),
    "Content-Disposition": asAttachment(file.name),
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
  };
}
