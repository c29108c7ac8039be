/** A document of an agenda item: its symbol and title, and a web address or a file. Rule AG16. */
import { faultsOfLength } from "./fields.ts";
import { isWebAddress } from "./positions.ts";

/** "A/79/214 Report": its symbol, where it has one, and its title. */
export function documentName({ symbol, title }: { readonly symbol: string; readonly title: string }): string {
  return symbol === "" ? title : `${symbol} ${title}`;
}

/** What is wrong with it, as message codes by field. */
export function faultsOfDocument(
  words: { readonly symbol: string; readonly title: string; readonly url: string },
  hasFile: boolean,
): Record<string, string> {
  const faults = faultsOfLength("document", words);
  if (words.title === "") faults["title"] = "required";
  if (words.url !== "" && !isWebAddress(words.url)) faults["url"] = "url-wrong";
  else if (words.url === "" && !hasFile) faults["url"] = "document-nowhere";
  else if (words.url !== "" && hasFile) faults["url"] = "document-twice";
  return faults;
}
