/**
 * `useTranslation` for pages whose language never changes while they are open: `react-i18next`'s own listens for such a
 * change in every component, which in a list of hundreds takes longer than to draw it.
 */
import type { i18n, TFunction } from "i18next";
import { useContext } from "react";
import { I18nContext } from "react-i18next";
import type { Catalogue } from "./translator.ts";

type Words = { readonly t: TFunction; readonly i18n: i18n };

/** By translator and area, and gone with the translator. */
const known = new WeakMap<i18n, Map<keyof Catalogue, Words>>();

/** Says the messages of an area, and of others by their name (`chrome:comma`). */
export function useTranslation(area: keyof Catalogue = "chrome"): Words {
  const provided = useContext(I18nContext);
  if (!provided) throw new Error("messages are asked for where no translator was given");
  return messagesOf(provided.i18n, area);
}

/** The same outside of components. */
export function messagesOf(i18n: i18n, area: keyof Catalogue): Words {
  const areas = known.get(i18n) ?? new Map<keyof Catalogue, Words>();
  known.set(i18n, areas);
  const words = areas.get(area) ?? { t: remembering(i18n, area), i18n };
  areas.set(area, words);
  return words;
}

/** More than the interface says without a name or a title in it. */
const MOST_KEPT = 5_000;

/** What a message says is looked up once, unless words are to be filled in. */
function remembering(i18n: i18n, area: keyof Catalogue): TFunction {
  const say = i18n.getFixedT(i18n.language, area);
  const said = new Map<string, string>();
  const t = (key: string | string[], values?: object): string => {
    const name = nameOf(key, values);
    const before = name === null ? undefined : said.get(name);
    if (before !== undefined) return before;
    const words = say(key, { ...values });
    if (name !== null && said.size < MOST_KEPT) said.set(name, words);
    return words;
  };
  // Its type has a brand, which no value has.
  return t as unknown as TFunction;
}

/** By what a message without a gap, or with one number in it, is known; null for every other. */
function nameOf(key: string | string[], values: object | undefined): string | null {
  if (typeof key !== "string") return null;
  if (values === undefined) return key;
  const [only, ...others] = Object.entries(values) as [string, unknown][];
  if (only === undefined || others.length > 0 || typeof only[1] !== "number") return null;
  return `${key} ${only[0]} ${only[1]}`;
}
