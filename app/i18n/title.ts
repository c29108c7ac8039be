/** Titles of documents, from the catalogue: what browsers show in tabs and readers hear first. */
import { sayOutside } from "./translate.ts";

/** For a route's `meta`. Without a key the product's name alone, for pages that could not be shown. */
export function titleOf(
  key: string | null,
  values: Readonly<Record<string, string>> = {},
): { readonly title: string }[] {
  if (key === null) return [{ title: sayOutside("chrome:product") }];
  return [{ title: sayOutside("chrome:title", { page: sayOutside(key, values) }) }];
}
