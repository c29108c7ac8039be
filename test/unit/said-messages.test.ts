/** Every message that the code asks for by its name is in the catalogue: one that is not would show its name instead. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { catalogue } from "#app/i18n/en/catalogue.ts";
import { startWords } from "#app/i18n/start-words.ts";

const APP = new URL("../../app/", import.meta.url);
const FORMS = ["", "_one", "_other"];
const ASKED = /\bt\(\s*\[?\s*"([^"]+)"|\bi18nKey="([^"]+)"/g;
const AREA = /\b(?:useTranslation\("|getFixedT\(\w+, ")(\w+)"/g;

const areas: object = { ...catalogue, start: startWords.en };

function has(area: string, key: string): boolean {
  const at = (path: string) =>
    [area, ...path.split(".")].reduce<unknown>(
      (found, part) => (typeof found === "object" && found !== null ? Reflect.get(found, part) : undefined),
      areas,
    );
  return FORMS.some((form) => typeof at(key + form) === "string");
}

/** The messages that a file asks for and that are in none of the areas it may mean. */
function lackingIn(source: string): { readonly asked: number; readonly lacking: string[] } {
  const named = [...source.matchAll(AREA)].flatMap(([, area]) => area ?? []);
  // Who is handed a translator does not say of which area it is.
  const meant = named.length > 0 ? [...named, "chrome"] : Object.keys(areas);
  const asked = [...source.matchAll(ASKED)].flatMap(([, called, drawn]) => called ?? drawn ?? []);
  const lacking = asked.filter((key) => {
    const [area, inside] = key.split(":");
    return inside === undefined ? !meant.some((one) => has(one, key)) : !has(area ?? "", inside);
  });
  return { asked: asked.length, lacking };
}

const files = readdirSync(APP, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name));

describe("messages that the code asks for by name", () => {
  it("[LA1] are all in the catalogue", () => {
    const found = files.map((name) => ({ name, ...lackingIn(readFileSync(new URL(name, APP), "utf8")) }));
    const lacking = found.flatMap(({ name, lacking: keys }) => keys.map((key) => `${name}: ${key}`));
    expect(lacking).toEqual([]);
    expect(found.reduce((sum, { asked }) => sum + asked, 0)).toBeGreaterThan(1000);
  });

  it("[LA1] are missed where they are not", () => {
    const page = (key: string) =>
      `const { t } = useTranslation("record"); t("${key}"); <b>{t(\n"reading")}</b>`;
    expect(lackingIn(page("positions.key.reading"))).toEqual({ asked: 2, lacking: [] });
    expect(lackingIn(page("positions.keyReading")).lacking).toEqual(["positions.keyReading"]);
    expect(lackingIn(page("positions.key")).lacking).toEqual(["positions.key"]);
    expect(lackingIn(page("search:nowhere")).lacking).toEqual(["search:nowhere"]);
    expect(lackingIn(`<Trans i18nKey="nothing.here" />`).lacking).toEqual(["nothing.here"]);
  });
});
