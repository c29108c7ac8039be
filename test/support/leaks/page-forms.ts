/** The forms of a page as a browser reads them: where each goes, by which button, and what stands in it. */
import { parse } from "parse5";

type Node = {
  readonly nodeName: string;
  readonly attrs?: readonly { readonly name: string; readonly value: string }[];
  readonly childNodes?: readonly Node[];
  readonly value?: string;
};

export type PageField = {
  readonly name: string;
  /** "hidden", "text", "date", "checkbox", "radio", "select", "textarea" and so on. */
  readonly type: string;
  /** What stands in it, or what it sends where it is ticked. */
  readonly value: string;
  /** Whether a tick is set; false for what has none. */
  readonly isTicked: boolean;
  /** Of a choice, all that can be chosen. */
  readonly choices: readonly string[];
};

export type PageForm = {
  /** Path and search. */
  readonly action: string;
  /** The value of the button; "" where it has none. */
  readonly intent: string;
  readonly fields: readonly PageField[];
};

/** Every form of the page that is posted, once for each of its buttons. `address`: that of the page. */
export function formsIn(html: string, address: string): PageForm[] {
  return readForms(html, address).flatMap(({ method, ...form }) => (method === "post" ? [form] : []));
}

function readForms(html: string, address: string): (PageForm & { readonly method: string })[] {
  return all(parse(html) as Node, "form").flatMap((form) => {
    const method = (attribute(form, "method") ?? "get").toLowerCase();
    const url = new URL(attribute(form, "action") || address, new URL(address, "http://here"));
    const fields = ["input", "textarea", "select"]
      .flatMap((kind) => all(form, kind))
      .map(fieldOf)
      .filter(({ name }) => name !== "");
    const buttons = all(form, "button").filter((button) => attribute(button, "type") !== "button");
    const hidden = fields.find(({ name, type }) => name === "intent" && type === "hidden")?.value ?? "";
    return buttons.map((button) => {
      const intent = attribute(button, "name") === "intent" ? attribute(button, "value") : undefined;
      return { method, action: `${url.pathname}${url.search}`, intent: intent ?? hidden, fields };
    });
  });
}

function all(node: Node, name: string): Node[] {
  const inside = (node.childNodes ?? []).flatMap((child) => all(child, name));
  return node.nodeName === name ? [node, ...inside] : inside;
}

function attribute(node: Node, name: string): string | undefined {
  return node.attrs?.find((one) => one.name === name)?.value;
}

const wordsIn = (node: Node): string => `${node.value ?? ""}${(node.childNodes ?? []).map(wordsIn).join("")}`;

function fieldOf(node: Node): PageField {
  const name = attribute(node, "name") ?? "";
  const options = all(node, "option");
  const choices = options.map((option) => attribute(option, "value") ?? wordsIn(option));
  const chosen = options.findIndex((option) => attribute(option, "selected") !== undefined);
  if (node.nodeName === "select") {
    const value = choices[Math.max(chosen, 0)] ?? "";
    return { name, type: "select", value, isTicked: false, choices };
  }
  const isArea = node.nodeName === "textarea";
  return {
    name,
    type: isArea ? "textarea" : (attribute(node, "type") ?? "text"),
    value: isArea ? wordsIn(node) : (attribute(node, "value") ?? ""),
    isTicked: attribute(node, "checked") !== undefined,
    choices: [],
  };
}

/** Addresses of the same page with another search, to which its links and the forms that ask for one lead. */
export function searchesIn(html: string, address: string): string[] {
  const { pathname } = new URL(address, "http://here");
  const links = all(parse(html) as Node, "a").map((link) => attribute(link, "href") ?? "");
  const asking = readForms(html, address).flatMap(({ method, action, ...form }) => {
    if (method !== "get") return [];
    const sent = filled({ action, ...form }, 0, ({ value }) => value);
    return [`${action.split("?")[0]}?${new URLSearchParams(sent).toString()}`];
  });
  const urls = [...links, ...asking].map((to) => new URL(to, `http://here${address}`));
  return urls.flatMap((url) =>
    url.host === "here" && url.pathname === pathname && url.search !== "" ? [`${pathname}${url.search}`] : [],
  );
}

const hasTick = ({ type }: PageField): boolean => type === "checkbox" || type === "radio";
type Sent = [string, string][];

/** Whether something can be typed or chosen in it. */
export const isTyped = (form: PageForm): boolean => form.fields.some(({ type }) => type !== "hidden");

/** As somebody sends it who has typed and chosen nothing: what stood in it is gone. */
export function emptied(form: PageForm): Sent {
  const left = form.fields.filter((field) => !hasTick(field) && field.type !== "file");
  return withIntent(
    form,
    left.map(({ name, type, value }) => [name, type === "hidden" ? value : ""]),
  );
}

/**
 * As somebody sends it who fills it in. `typed` says what is typed into a field; `turn`, from 0 on, chooses something
 * else each time: at first what is chosen already.
 */
export function filled(form: PageForm, turn: number, typed: (field: PageField) => string): Sent {
  const radios = Map.groupBy(
    form.fields.filter(({ type }) => type === "radio"),
    ({ name }) => name,
  );
  const chosen = [...radios].map(([name, options]): [string, string] => {
    const first = Math.max(
      options.findIndex(({ isTicked }) => isTicked),
      0,
    );
    return [name, options[(first + turn) % options.length]?.value ?? ""];
  });
  const others = form.fields.flatMap((field): Sent => {
    const { name, type, value, isTicked, choices } = field;
    if (type === "file" || type === "radio") return [];
    if (type === "checkbox") return isTicked || turn > 0 ? [[name, value]] : [];
    if (type === "select") {
      const left = choices.filter((one) => one !== "");
      const at = Math.max(left.indexOf(value), 0);
      return [[name, left[(at + turn) % Math.max(left.length, 1)] ?? ""]];
    }
    return [[name, type === "hidden" ? value : typed(field)]];
  });
  return withIntent(form, [...others, ...chosen]);
}

function withIntent({ intent }: PageForm, sent: Sent): Sent {
  const others = sent.filter(([name]) => name !== "intent");
  return intent === "" ? others : [...others, ["intent", intent]];
}
