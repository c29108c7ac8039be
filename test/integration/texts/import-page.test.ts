/** The import page: files as browsers post them, a preview, and what is put into the text. */
import { describe, expect, it } from "vitest";
import { action, loader } from "#app/routes/text-import/route.tsx";
import { loader as showText } from "#app/routes/text/route.tsx";
import type { Imported } from "#collab/read-words.ts";
import { plainWords } from "#collab/document.ts";
import { TEXT } from "#test/support/room.ts";
import { BASE, type House, openHouse, type Who, words, written } from "./house.ts";

type Answered = {
  readonly status: number;
  readonly location: string | null;
  readonly body: {
    readonly preview?: { readonly source: string; readonly format: string; readonly imported: Imported };
    readonly refusal?: { readonly code: string; readonly fields?: Readonly<Record<string, string>> };
    readonly typed?: Readonly<Record<string, string>>;
  };
};

const params = { session: "s", text: TEXT };

/** What the page answers to the form, sent as a browser sends one with a file. */
async function send(
  house: House,
  who: Who,
  fields: Readonly<Record<string, string | File>>,
): Promise<Answered> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const request = new Request(`http://here${BASE}/import`, { method: "POST", body });
  let answer: unknown;
  try {
    answer = await action({ request, context: await house.as(who), params } as never);
  } catch (thrown) {
    answer = thrown;
  }
  if (answer instanceof Response) {
    const text = await answer.text();
    const location = answer.headers.get("location");
    return { status: answer.status, location, body: text === "" ? {} : JSON.parse(text) };
  }
  if (answer instanceof Error) throw answer;
  const given = answer as { data?: Answered["body"]; init?: { status?: number } } & Answered["body"];
  return { status: given.init?.status ?? 200, location: null, body: given.data ?? given };
}

const file = (bytes: Uint8Array<ArrayBuffer> | string, name = "draft.txt") => new File([bytes], name);
const utf16 = (text: string, mark: readonly number[], swap: boolean) => {
  const bytes = Buffer.from(text, "utf16le");
  return Buffer.concat([Buffer.from(mark), swap ? bytes.swap16() : bytes]);
};
const said = ({ body }: Answered): string[] =>
  (body.preview?.imported.paragraphs ?? []).map(({ spans }) =>
    spans.map((span) => ("text" in span ? span.text : "")).join(""),
  );

const SENTENCE = "Décide de créer un “registre” ;";
/** What Word for Windows wrote: its quotation marks are no letters of Latin-1. */
const WESTERN = Buffer.from(SENTENCE.replace("“", "\u0093").replace("”", "\u0094"), "latin1");

describe("a file that is posted to the import page", () => {
  it.each([
    ["UTF-8", Buffer.from(SENTENCE)],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${SENTENCE}`)],
    ["UTF-16, little end first", utf16(SENTENCE, [0xff, 0xfe], false)],
    ["UTF-16, big end first", utf16(SENTENCE, [0xfe, 0xff], true)],
    ["windows-1252", WESTERN],
  ])("[IM7] is read in %s", async (_words, bytes) => {
    const house = await openHouse();
    const answer = await send(house, "bilal", { intent: "preview", file: file(bytes) });
    expect(answer.status).toBe(200);
    expect(answer.body.preview?.format).toBe("text");
    expect(said(answer)).toEqual([SENTENCE]);
    expect(await words(house)).toEqual([]);
  });

  it.each([
    ["a PDF", Buffer.from("%PDF-1.7\n\0\u0001\u0002"), "import-no-text"],
    ["a Word file", Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0x06, 0x00]), "import-no-text"],
    ["one byte more than 2 MB", Buffer.alloc(2 * 1024 * 1024 + 1, "a"), "import-too-large"],
    ["nothing", Buffer.alloc(0), "import-nothing"],
  ])("[IM7] is refused when it is %s, at the field", async (_words, bytes, code) => {
    const house = await openHouse();
    const answer = await send(house, "bilal", { intent: "preview", file: file(bytes) });
    expect(answer).toMatchObject({ status: 422, body: { refusal: { fields: { file: code } } } });
    expect(answer.body.preview).toBeUndefined();
  });

  it("[IM7] of exactly 2 MB is taken", async () => {
    const house = await openHouse();
    const words = `${"word ".repeat(2000)}\n\n`;
    const bytes = Buffer.alloc(2 * 1024 * 1024, words);
    const answer = await send(house, "bilal", { intent: "preview", file: file(bytes) });
    expect(answer.status).toBe(200);
    expect(said(answer)[0]).toBe("word ".repeat(2000).trim());
  });

  it("[IM7] [IM1] as HTML shows what was found, and is inserted behind the paragraph that was chosen", async () => {
    const house = await written();
    const html =
      "<!doctype html><body><p>Recalling its resolutions,</p><p>Decides to <i>meet</i>;</p></body>";
    const seen = await send(house, "bilal", { intent: "preview", file: file(html, "draft.html") });
    expect(seen.body.preview?.format).toBe("html");
    expect(seen.body.preview?.imported.paragraphs.map(({ role }) => role)).toEqual(["pp", "op"]);
    const { source = "", format = "" } = seen.body.preview ?? {};
    const put = await send(house, "bilal", { intent: "insert", source, format, after: "a" });
    expect(put.status).toBe(302);
    expect(await words(house)).toEqual([
      "Decides to establish a register;",
      "Recalling its resolutions,",
      "Decides to meet;",
      "Requests the Secretariat to maintain it;",
    ]);
    const request = new Request(`http://here${put.location}`);
    const page = await showText({ request, context: await house.as("bilal"), params } as never);
    expect(page).toMatchObject({ imported: 2 });
  });

  it("[IM7] [PE9] stays with its preview when the place of its words is gone, and can be put elsewhere", async () => {
    const house = await written();
    const pasted = "Welcomes the report;\n\nInvites comments;";
    const seen = await send(house, "bilal", { intent: "preview", paste: pasted });
    const { source = "", format = "" } = seen.body.preview ?? {};
    house.page.set("a", "deleted", true);
    await house.settle();
    const gone = await send(house, "bilal", { intent: "insert", source, format, after: "a" });
    expect(gone).toMatchObject({
      status: 409,
      body: {
        refusal: { fields: { after: "import-place" } },
        typed: {},
        preview: { format: "text" },
      },
    });
    // A form sends line ends as CR LF.
    expect(gone.body.preview?.source.replaceAll("\r\n", "\n")).toBe(pasted);
    expect(said(gone)).toEqual(["Welcomes the report;", "Invites comments;"]);
    expect(gone.body.typed).not.toHaveProperty("after");
    const request = new Request(`http://here${BASE}/import`);
    const page = await loader({ request, context: await house.as("bilal"), params } as never);
    expect(page.places.map(({ id }) => id)).toEqual(["b"]);
    const again = { intent: "insert", source: gone.body.preview?.source ?? "", format, after: "b" };
    expect((await send(house, "bilal", again)).status).toBe(302);
    const { document } = await house.rooms.wording(TEXT);
    expect(document.paragraphs.map(plainWords).at(-1)).toBe("Invites comments;");
  });

  it("[IM7] [PM3] is nobody's who may not write the text, and what came with another name is read as text", async () => {
    const house = await openHouse();
    for (const who of ["dina", "eve", "public"] as const) {
      const answer = await send(house, who, { intent: "preview", file: file("Decides to meet;") });
      expect(answer.status).toBe(404);
      expect(answer.body.preview).toBeUndefined();
    }
    const odd = await send(house, "bilal", {
      intent: "preview",
      file: file("Decides to meet;", "draft.exe"),
    });
    expect(said(odd)).toEqual(["Decides to meet;"]);
    expect((await send(house, "bilal", { intent: "swallow" })).status).toBe(400);
  });
});
