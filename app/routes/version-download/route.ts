/** A version as a file: HTML or plain text. `paper` and `lines` are its sections alone, for pages that lack them. */
import type { LoaderFunctionArgs } from "@remix-run/node";
import { numberedHtml } from "#app/components/text/numbered-lines.ts";
import { formatDay } from "#app/components/text/instants.ts";
import { createTranslator } from "#app/i18n/translate.ts";
import { oneLine } from "#app/rules/fields.ts";
import { isLanguage } from "#app/rules/language.ts";
import { notThere } from "#app/routes/answers.ts";
import { type NamedWording, type OpenText, openText, wordingAt } from "#app/routes/text/open-text.ts";
import { exportHtml, type Masthead } from "#collab/export-html.ts";
import { exportPlain } from "#collab/export-plain.ts";
import { paperHtml } from "#collab/paper.ts";

const PLAIN_WIDTH = 78;
/** Characters of the symbol, and of the label, in a file's name: programs give up on long headers. */
const LONGEST_NAME_PART = 60;

/** What somebody wrote is data here, whatever it contains: nothing in it may run, load or be sniffed. */
const headers = {
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
  "Cache-Control": "private, no-store",
  "Cross-Origin-Resource-Policy": "same-origin",
};

export async function loader({ context, params }: LoaderFunctionArgs): Promise<Response> {
  const open = await openText(context, params, "readVersions");
  const id = params["version"] ?? "";
  const wording = id === "live" ? null : await wordingAt(context, open, id);
  if (!wording?.version) throw notThere();
  const { document } = wording;
  const { language } = open.text;
  switch (params["format"]) {
    case "html":
      return file(open, wording, "html", exportHtml(document, mastheadOf(open, wording), { lang: language }));
    case "text":
      return file(
        open,
        wording,
        "txt",
        exportPlain(document, mastheadOf(open, wording), { width: PLAIN_WIDTH }),
      );
    case "paper":
      return fragment(paperHtml(document, { lang: language }));
    case "lines":
      return fragment(numberedHtml(document, language));
    default:
      throw notThere();
  }
}

/** In the language that the text is written in, where the interface speaks it. */
function mastheadOf({ text }: OpenText, { version }: NamedWording): Masthead {
  const language = isLanguage(text.language) ? text.language : "en";
  const item = createTranslator(language).t("text:version.item", { number: text.itemNumber });
  return {
    body: text.body,
    session: text.sessionTitle,
    agendaItem: `${item}: ${text.itemTitle}`,
    symbol: version?.symbol || text.symbol,
    date: version ? formatDay(language, { at: version.issuedAt, zone: text.timeZone }) : "",
    title: text.title,
    version: version?.label ?? "",
    chainHead: version?.chainHead ?? "",
  };
}

function file(open: OpenText, { version }: NamedWording, ending: "html" | "txt", body: string): Response {
  const name = [version?.symbol || open.text.symbol || open.text.title, version?.label ?? ""]
    .map((part) => shortened(oneLine(part)))
    .filter((part) => part !== "")
    .join(" ");
  // Plain letters alone, for programs that read no better; the full name behind it (RFC 6266, RFC 8187).
  const plain = name.replace(/[^A-Za-z0-9.-]+/g, "-").replace(/^[-.]+|-+$/g, "") || "text";
  const full = encodeURIComponent(`${name.replaceAll("/", "-")}.${ending}`).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return new Response(body, {
    headers: {
      ...headers,
      "Content-Type": `text/${ending === "html" ? "html" : "plain"}; charset=utf-8`,
      "Content-Disposition": `attachment; filename="${plain}.${ending}"; filename*=UTF-8''${full}`,
    },
  });
}

/** Never half a character. */
function shortened(part: string): string {
  const letters = [...part];
  return letters.length <= LONGEST_NAME_PART ? part : `${letters.slice(0, LONGEST_NAME_PART - 1).join("")}…`;
}

function fragment(html: string): Response {
  return new Response(html, { headers: { ...headers, "Content-Type": "text/html; charset=utf-8" } });
}
