/** What files are called. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asAttachment, cleanFileName } from "#app/rules/files.ts";
import { isRefusal } from "#app/rules/refusal.ts";

/** What names are made of, and what they should not be made of. */
const SIGNS = [
  ..."ab. -_1/\\:*?\"<>|'%\0\n\r\t",
  ..."\u00E9\u0628\u5C3D\u202A\u202E\u2066\u2069\u200E\u200F\u061C\u200B\uFEFF\u00AD\u2028",
  "\uD83D",
  "\u{1F5FA}",
  ".pdf",
];

describe("the name of a file", () => {
  it.each([
    ["Note.pdf", "pdf", "Note.pdf"],
    ["NOTE.PDF", "pdf", "NOTE.pdf"],
    ["C:\\Users\\me\\Desktop\\Note.docx", "docx", "Note.docx"],
    ["../../etc/passwd", "pdf", "passwd.pdf"],
    ["..", "pdf", "document.pdf"],
    [".pdf", "pdf", "pdf.pdf"],
    ["", "docx", "document.docx"],
    ["A\u0000/no\u202Ete\n.pdf", "pdf", "note.pdf"],
    ["\u200Fبيان\u200E.pdf", "pdf", "بيان.pdf"],
    ["A-AC.292-2026-CRP.1", "pdf", "A-AC.292-2026-CRP.1.pdf"],
    ['a<b>"c"|d?.pdf', "pdf", "a-b--c--d-.pdf"],
    ["发言.docx", "docx", "发言.docx"],
  ] as const)(
    "[UP4] %j is kept as its last part, clean and with the ending of what it is",
    (typed, type, kept) => {
      expect(cleanFileName(typed, type)).toBe(kept);
    },
  );

  it.each([
    ["note.pdf", "docx", "file-lies-docx"],
    ["note.docx", "pdf", "file-lies-pdf"],
    ["note.docm", "docx", "file-lies-docx"],
    ["invoice.exe", "pdf", "file-lies-pdf"],
    // What the eye takes for "noteexe.pdf" ends in exe.
    ["note\u202Efdp.exe", "pdf", "file-lies-pdf"],
    ["note\u202Efdp.docx", "pdf", "file-lies-pdf"],
  ] as const)("[UP1] %j is refused when it is no such thing", (typed, type, code) => {
    expect(cleanFileName(typed, type)).toMatchObject({ kind: "invalid", fields: { file: code } });
  });

  it("[UP4] is short, in one line and without a path, whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...SIGNS), maxLength: 200 }), (typed) => {
        const name = cleanFileName(typed, "pdf");
        if (isRefusal(name)) return;
        expect(name).toMatch(/^[^/\\:*?"<>|\p{Cc}\u202A-\u202E\u2066-\u2069\u200E\u200F]+\.pdf$/u);
        expect([...name].length).toBeLessThanOrEqual(124);
        expect(name.startsWith(".")).toBe(false);
      }),
    );
  });

  it("[UP6] goes into a header in plain letters, and whole behind them", () => {
    expect(asAttachment("Déclaration (Rev.2) 'x'.pdf")).toBe(
      `attachment; filename="D-claration-Rev.2-x.pdf"; filename*=UTF-8''D%C3%A9claration%20%28Rev.2%29%20%27x%27.pdf`,
    );
    expect(asAttachment("发言.docx")).toContain('filename="document.docx"');
  });
});
