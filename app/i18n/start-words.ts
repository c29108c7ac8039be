/** What the process says before pages do, in every language of the interface. */
import type { Language } from "#app/rules/language.ts";
import { start as ar } from "./ar/start.ts";
import { start as en } from "./en/start.ts";

type StartWords = { readonly [Key in keyof typeof en]: string };

export const startWords: Readonly<Record<Language, StartWords>> = { en, ar };
