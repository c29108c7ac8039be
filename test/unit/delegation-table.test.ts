/** A table of delegations: its bytes, its columns, and what becomes of each line. */
import { describe, expect, it } from "vitest";
import { delegations } from "#app/i18n/en/delegations.ts";
import {
  MOST_LINES,
  USUAL_COLUMNS,
  addNames,
  columnsNamed,
  lineChecker,
  usualCapacity,
} from "#app/rules/delegation-table.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { LONGEST_TABLE_BYTES, cellsIn, decode, readSource } from "#app/routes/delegations-add/read-table.ts";

const entity = (id: string, names: Record<string, string>, kind = "member-state") => ({
  id,
  kind,
  code: id.toUpperCase(),
  abbreviation: null,
  names,
});

const entities = [
  entity("civ", { en: "Côte d’Ivoire", ru: "Кот-д’Ивуар", ar: "كوت ديفوار", zh: "科特迪瓦" }),
  entity("deu", { en: "Germany", fr: "Allemagne", es: "Alemania" }),
  entity("fra", { en: "France" }),
  entity("nor", { en: "Norway" }),
  entity("hls", { en: "Holy See" }, "observer-state"),
  entity("lem", { en: "Lemuria" }, "exercise-state"),
  entity("tw1", { en: "Twin" }),
  entity("tw2", { en: "Twin" }),
  entity("un", { en: "Union of Norths" }, "union"),
  entity("unt", { en: "Untersee" }),
];

const byName = new Map<string, (typeof entities)[number][]>();
const isoCodes: Readonly<Record<string, string>> = { deu: "DE", civ: "CI", unt: "UN" };
for (const one of entities) addNames(byName, one, isoCodes[one.id] ?? null);

const ground = {
  byName,
  belongs: ({ kind }: { readonly kind: string }) => kind !== "exercise-state",
  here: new Map([
    ["nor", { hasHead: true }],
    ["fra", { hasHead: false }],
  ]),
  people: new Map([
    ["gone@example.org", { suspended: true, seated: false, serves: false }],
    ["chair@example.org", { suspended: false, seated: false, serves: true }],
    ["seated@example.org", { suspended: false, seated: true, serves: false }],
    ["known@example.org", { suspended: false, seated: false, serves: false }],
  ]),
  namesHeads: true,
  invites: true,
};

const HEADS = ["code", "name", "capacity", "head", "email"];

function fates(lines: readonly (readonly string[])[], more: Partial<typeof ground> = {}, heads = HEADS) {
  const check = lineChecker({ ...ground, ...more }, columnsNamed(heads) ?? USUAL_COLUMNS);
  return lines.map((cells, at) => {
    const { fate, note, entity: found, first } = check(cells, at + 2);
    return [found?.id ?? null, fate, note, ...(first === null ? [] : [first])];
  });
}

async function linesOf(source: string): Promise<unknown> {
  const read = await cellsIn({ source, encoding: null });
  return isRefusal(read) ? read.fields?.["file"] : read.map(({ number, cells }) => [number, ...cells]);
}

describe("a line of a table", () => {
  it("[DL3] names an entity by its code or its name in any language, without regard to case and accents", () => {
    const names = ["deu", "ALLEMAGNE", "cote d'ivoire", "Кот-д’Ивуар", "كوت ديفوار", "科特迪瓦"];
    const found = names.flatMap((name) => fates([["", name]]));
    expect(found.map(([id]) => id)).toEqual(["deu", "deu", "civ", "civ", "civ", "civ"]);
    // Without heads the first column is code or name.
    expect(fates([["Germany"]], {}, ["x"])).toEqual([["deu", "add", null]]);
  });

  it("[DL3] names a State by its ISO code of two letters, and needs the name where that is another's own", () => {
    expect(fates([["de"], ["CI", "Côte d'Ivoire"]])).toEqual([
      ["deu", "add", null],
      ["civ", "add", null],
    ]);
    expect(fates([["DE", "France"]])).toEqual([[null, "wrong", "line-two"]]);
    expect(fates([["UN"], ["UN", "Untersee"], ["un", "Union of Norths"], ["unt"]])).toEqual([
      [null, "wrong", "line-iso"],
      ["unt", "add", null],
      ["un", "add", null],
      ["unt", "wrong", "line-twice", 3],
    ]);
  });

  it("[DL2] that cannot be used says why", () => {
    expect(
      fates([
        ["", ""],
        ["XYZ"],
        ["", "Twin"],
        ["deu", "France"],
        ["lem"],
        ["deu", "", "guest"],
        ["deu"],
        ["", "Alemania"],
      ]),
    ).toEqual([
      [null, "wrong", "line-nobody"],
      [null, "wrong", "line-unknown"],
      [null, "wrong", "line-ambiguous"],
      [null, "wrong", "line-two"],
      ["lem", "wrong", "line-other-kind"],
      ["deu", "wrong", "line-capacity"],
      ["deu", "add", null],
      ["deu", "wrong", "line-twice", 8],
    ]);
  });

  it("[DL2] says what is there already, and that its heads decide", () => {
    expect(fates([["nor"], ["fra"]])).toEqual([
      ["nor", "there", null],
      ["fra", "there", null],
    ]);
    expect(fates([["nor", "", "", "N", "n@example.org"]])).toEqual([["nor", "there", "line-head-there"]]);
    expect(fates([["fra", "", "", "F", "f@example.org"]])).toEqual([["fra", "head", null]]);
  });

  it("[DL7] names a head whom the secretariat could seat, and no other", () => {
    const head = (email: string, name = "N", more: Partial<typeof ground> = {}) =>
      fates([["deu", "", "", name, email]], more)[0]?.[2];
    expect(head("new@example.org")).toBe(null);
    expect(head("Known@Example.org")).toBe(null);
    expect(head("")).toBe("line-head-email");
    expect(head("new.example.org")).toBe("line-head-email");
    expect(head("new@example.org", "")).toBe("line-head-name");
    expect(head("new@example.org", "N".repeat(121))).toBe("line-head-long");
    expect(head("gone@example.org")).toBe("line-head-suspended");
    expect(head("chair@example.org")).toBe("line-head-serves");
    expect(head("seated@example.org")).toBe("line-head-seated");
    expect(head("new@example.org", "N", { namesHeads: false })).toBe("line-head-not-yours");
    expect(head("new@example.org", "N", { invites: false })).toBe("line-head-unknown");
    expect(head("known@example.org", "N", { invites: false })).toBe(null);
    const twice = [
      ["deu", "", "", "N", "new@example.org"],
      ["civ", "", "", "M", "NEW@example.org"],
    ];
    expect(fates(twice)[1]).toEqual(["civ", "wrong", "line-email-twice", 2]);
  });

  it("[DL8] [FL1] with signs that turn the direction is left out, and other hidden signs are taken off", () => {
    for (const sign of ["\u202E", "\u2066"]) {
      expect(fates([["deu", "", "", `N${sign}`, "new@example.org"]])[0]?.[2]).toBe("line-direction");
      expect(fates([[`${sign}deu`]])[0]?.[2]).toBe("line-direction");
    }
    expect(fates([["\u200Bdeu\u00A0", "\u00ADGermany "]])).toEqual([["deu", "add", null]]);
  });

  it("[DL2] has a sentence for everything that can be wrong with it", () => {
    const said = Object.keys(delegations.note);
    expect(new Set(said).size).toBe(20);
    expect(said.every((code) => code.startsWith("line-"))).toBe(true);
  });

  it("[DL1] of a State takes part, and of an observer observes", () => {
    const kinds = ["member-state", "exercise-state", "observer-state", "union", "organization"];
    const usual = ["participant", "participant", "observer", "observer", "observer"];
    expect(kinds.map(usualCapacity)).toEqual(usual);
  });
});

describe("the words of a table", () => {
  it("[DL4] are divided by commas, semicolons or tabs, with quotes and line ends of any kind", async () => {
    const wanted = [
      [1, "code", "name"],
      [2, "deu", 'a, b; "c"'],
      [5, "fra", "d"],
    ];
    for (const by of [",", ";", "\t"]) {
      for (const end of ["\n", "\r\n", "\r"]) {
        const lines = [`code${by}name`, `deu${by}"a, b; ""c"""`, "", by, `fra${by}d`];
        expect(await linesOf(`\uFEFF${lines.join(end)}${end}`)).toEqual(wanted);
      }
    }
    expect(await linesOf("sep=;\r\ncode;name\r\ndeu;x,y")).toEqual([
      [2, "code", "name"],
      [3, "deu", "x,y"],
    ]);
  });

  it("[DL4] are read in UTF-8 and UTF-16 with or without a mark, and in Windows-1252", () => {
    const words = "code,name\nciv,Côte\n";
    const le = Buffer.from(words, "utf16le");
    const encodings = [
      Buffer.from(words),
      Buffer.from(`\uFEFF${words}`),
      le,
      Buffer.from(`\uFEFF${words}`, "utf16le"),
      Buffer.from(le).swap16(),
      Buffer.from(`\uFEFF${words}`, "utf16le").swap16(),
      Buffer.from(words, "latin1"),
    ].map((bytes) => {
      const read = decode(new Uint8Array(bytes));
      if (isRefusal(read)) return read.fields;
      expect(read.source.replace("\uFEFF", "")).toBe(words);
      return read.encoding;
    });
    expect(encodings).toEqual(["utf-8", "utf-8", "utf-16", "utf-16", "utf-16", "utf-16", "windows-1252"]);
  });

  it("[DL4] in another encoding, or none, are refused with what to do", async () => {
    const cyrillic = new Uint8Array([0xd0, 0xee, 0xf1, 0xf1, 0xe8, 0xff, 0x2c, 0x0a]);
    const faults = [cyrillic, new Uint8Array([0x61, 0x81, 0x62]), Buffer.from("PK\u0003\u0004\0\0x\0\0\0")];
    const codes = faults.map((bytes) => {
      const read = decode(new Uint8Array(bytes));
      return isRefusal(read) ? read.fields?.["file"] : "read";
    });
    expect(codes).toEqual(["table-encoding", "table-encoding", "table-no-text"]);
    expect(await linesOf('code,name\ndeu,"never closed\nfra,x\n')).toBe("table-quotes");
    expect(await linesOf("\n \n,,\n")).toBe("table-nothing");
  });

  it("[DL5] of one line too many, or of fifty thousand, are refused as a whole", async () => {
    const table = (count: number) => `code\n${"deu\n".repeat(count)}`;
    expect(await linesOf(table(MOST_LINES))).toHaveLength(MOST_LINES + 1);
    expect(await linesOf(table(MOST_LINES + 1))).toBe("table-too-long");
    expect(await linesOf(table(50_000))).toBe("table-too-long");
    const form = new FormData();
    form.set("file", new File(["x".repeat(LONGEST_TABLE_BYTES + 1)], "t.csv"));
    expect(await readSource(form)).toMatchObject({ fields: { file: "table-too-large" } });
    expect(await readSource(new FormData())).toMatchObject({ fields: { file: "table-nothing" } });
  });
});
