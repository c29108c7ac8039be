/** Answers that every route gives in the same way. */
import { data } from "@remix-run/node";
import { oneLine } from "#app/rules/fields.ts";
import { type Refusal, refuse, statusOf } from "#app/rules/refusal.ts";

/** What a form's action gives back when nothing was done: the page shows it and keeps what was typed. */
export type FormAnswer = {
  readonly refusal: Refusal;
  /** What was typed, by field, so that nothing is lost; several values one in a line. Passwords are left out. */
  readonly typed: Readonly<Record<string, string>>;
};

/** For a page that cannot be shown: thrown or returned from a loader. The body holds the refusal alone. */
export function refusalResponse(refusal: Refusal): Response {
  return Response.json(refusal, {
    status: statusOf(refusal.kind),
    headers: { "Cache-Control": "private, no-store" },
  });
}

export function notThere(): Response {
  return refusalResponse(refuse("not-found", "not-there"));
}

/** What is not there, with the words that somebody sent for it, to be copied: theirs, and nothing of the thing. */
export type NotThere = Refusal & { readonly wrote?: readonly string[] };

/**
 * For a form that was not taken. A refusal that hides the thing is thrown as the page's own answer, with what stood in
 * the fields `words` of the form.
 */
export function formAnswer(refusal: Refusal, form: FormData, words: readonly string[] = []) {
  if (refusal.kind === "not-found") {
    const typed = typedIn(form);
    const wrote = words.map((name) => typed[name] ?? "").filter((value) => value.trim() !== "");
    const answer: NotThere = { ...refusal, ...(wrote.length === 0 ? {} : { wrote }) };
    throw refusalResponse(answer);
  }
  return data<FormAnswer>({ refusal, typed: typedIn(form) }, { status: statusOf(refusal.kind) });
}

/** What a schema found wrong in a form, by field: its messages are message codes. */
export function wrongFields({ issues }: { readonly issues: readonly Issue[] }): Refusal {
  const fields = Object.fromEntries(issues.map(({ path, message }) => [String(path[0] ?? ""), message]));
  return refuse("invalid", "check-fields", { fields });
}

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

/** What was typed, for an answer that says more than `formAnswer`. */
export function typedIn(form: FormData): Record<string, string> {
  const typed: Record<string, string> = {};
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name).filter((value) => typeof value === "string");
    if (values.length > 0 && !/password/i.test(name)) typed[name] = values.join("\n");
  }
  return typed;
}

/**
 * What was sent, read only for whoever has one right at least of those that its page's forms ask for (rule PM3); for
 * others the refusal of the first is thrown. 400 when it is no form.
 */
export async function formOf(
  request: Request,
  rights: readonly [true | Refusal, ...(true | Refusal)[]],
): Promise<FormData> {
  const [first] = rights;
  if (first !== true && !rights.includes(true)) throw refusalResponse(first);
  try {
    return await request.formData();
  } catch {
    throw badRequest("form-unreadable");
  }
}

/** The button that was pressed: the form's `intent`. */
export function intentOf(form: FormData): string {
  const intent = form.get("intent");
  return typeof intent === "string" ? intent : "";
}

/** A form that this page does not have: a bug of ours or somebody's experiment, never a typing error. */
export function unknownIntent(): Response {
  return badRequest("unknown-intent");
}

function badRequest(code: string): Response {
  const headers = { "Cache-Control": "private, no-store" };
  return Response.json(refuse("invalid", code), { status: 400, headers });
}

/** One line of text from a form, without what nobody can see; "" when it is missing. */
export function field(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? oneLine(value) : "";
}
