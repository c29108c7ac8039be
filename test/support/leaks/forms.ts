/** Forms that somebody may not send: each is tried with ids that are there and with others, and does nothing. */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { pageDoors } from "#app/rules/doors.ts";
import { permissions } from "#app/rules/permissions.ts";
import { event } from "#db/schema/record.ts";
import { addressesOf, listRoutes, type Route } from "./addresses.ts";
import { ask, type Role } from "./browser.ts";
import type { Checker } from "./checker.ts";
import type { Private } from "./delegation-things.ts";
import type { Planted } from "./planted.ts";
import { comparable, type Doubles } from "./doubles.ts";
import { hiddenIn, mayAt } from "./rights.ts";

const CLOSED: readonly number[] = [401, 403, 404];
const FIELD = /field\(form, "(\w+)"\)|form\.get(?:All)?\("(\w+)"\)/g;

/** The fields that a route's action reads, filled with ids of what is there where they are ids. */
export function fieldsOf(route: Route, planted: Planted): Record<string, string> {
  const { known } = planted;
  const [draft, text, statement] = [known.drafts, known.texts, known.statements].map(
    (all) => all[0]?.id ?? "",
  );
  const filled: Readonly<Record<string, string | undefined>> = {
    person: known.people[1],
    delegation: known.delegations[0],
    delegate: known.delegates[0],
    entity: known.entities[0],
    for: known.entities[1],
    item: known.items[0],
    topic: known.topics[0],
    meeting: planted.house.meetingId,
    version: known.versions[0]?.id,
    paragraph: "early",
    party: `entity:${known.entities[0] ?? ""}`,
    asks: "yes",
    view: "keep",
    over: "",
    after: "early",
    delegations: known.delegations[1],
    edition: "1",
    audience: "public",
    shows: "live",
    role: "head",
    office: "chair",
    status: "open",
    mode: "formal",
    draft,
    text,
    statement,
  };
  const sources = globSync(`${path.dirname(route.file)}/*.{ts,tsx}`).map((file) =>
    readFileSync(file, "utf8"),
  );
  const names = sources.flatMap((source) => [...source.matchAll(FIELD)].map((hit) => hit[1] ?? hit[2] ?? ""));
  return Object.fromEntries(names.map((name) => [name, filled[name] ?? "1"]));
}

/**
 * Returns in sentences what was done, or answered otherwise than a closed door is. An action that shows what it may not
 * is found by the checker, and one that tells what is hidden from what is not there by the doubles.
 */
export async function sendForms(planted: Planted, checker: Checker, doubles: Doubles): Promise<string[]> {
  const { house, roles, known } = planted;
  const wrong: string[] = [];
  const acts = () => house.server.db.read.$count(event);
  const before = await acts();
  for (const route of await listRoutes()) {
    const { forms } = pageDoors[route.name] ?? {};
    if (!forms) continue;
    const fields = fieldsOf(route, planted);
    const tried = new Set<string>();
    for (const { path: address, chosen } of addressesOf(route.pattern, known)) {
      for (const [intent, act] of Object.entries(forms)) {
        if (permissions[act].who.some((one) => one === "anyone")) continue;
        for (const role of roles) {
          const hidden = hiddenIn(planted, role, chosen);
          // On the pages of drafts and notes it is one's own delegation, elsewhere a field names the first.
          const whose = "draft" in chosen || "thing" in chosen ? undefined : (["a"] as const);
          if (hidden === null && mayAt(act, role, planted, chosen, whose)) continue;
          // Once for each thing that is in the address, and each form.
          const about = `${role.name} ${intent} ${hidden?.[1].id ?? chosen["text"] ?? ""}`;
          if (tried.has(about)) continue;
          tried.add(about);
          const form = { ...fields, intent };
          const to = `${address === "/" ? "/_root" : address}.data${route.isIndex ? "?index" : ""}`;
          const given = await ask(house.site, role, { path: to, form });
          checker.look(role, `${route.name}: ${intent}`, `${to} ${JSON.stringify(form)}`, given);
          // What is hidden may be answered in any way in which what is not there is answered.
          const isClosed = hidden === null ? CLOSED.includes(given.status) : given.status >= 400;
          if (!isClosed) wrong.push(`${role.name} sent "${intent}" to ${address}: ${given.status}`);
          if (hidden !== null) await compare(role, to, hidden[1], form, comparable(given, hidden[1].id));
        }
      }
    }
  }
  const after = await acts();
  if (after !== before) wrong.push(`${after - before} acts were done by forms that were refused`);
  return wrong;

  async function compare(
    role: Role,
    address: string,
    hidden: Private,
    form: Record<string, string>,
    given: unknown,
  ) {
    const about = { address, hidden, given, way: `POST ${form["intent"] ?? ""}` };
    await doubles.compare(role, about, async (other) =>
      comparable(await ask(house.site, role, { path: other, form }), doubles.none(hidden)),
    );
  }
}

/** Forms that somebody may send, with a field that names what is not theirs to know of. */
export async function sendNames(planted: Planted, checker: Checker, doubles: Doubles): Promise<string[]> {
  const { house, roles, known } = planted;
  const base = `/sessions/${house.sessionId}`;
  const statement = {
    intent: "save",
    item: house.itemId,
    title: "On care",
    language: "en",
    body: "Words",
    embargo: "none",
  };
  const person = (who: string): Private => ({
    id: house.people.get(who) ?? "",
    may: () => false,
    does: () => null,
  });
  const elsewhere = known.positions[1];
  const closed = known.texts.filter(({ may }) => !may(roleOf("a-head").viewer));
  const tries: readonly (readonly [string, string, Record<string, string>, string, Private | undefined])[] = [
    ...closed.map(
      (text) => ["a-head", `${base}/drafts/statements/new`, statement, "paragraphs", text] as const,
    ),
    [
      "a-head",
      `${base}/delegations`,
      { intent: "add-delegate", delegation: house.delegations.a, role: "reader" },
      "person",
      person("b-reader"),
    ],
    ["a-head", `${base}/drafts/positions/new`, { intent: "save" }, "from", elsewhere],
    ["a-head", "/account", { intent: "end" }, "login", person("chair")],
    [
      "c-editor",
      `${base}/texts/${known.texts[1]?.id ?? ""}/versions`,
      { intent: "restore" },
      "version",
      known.versions[0],
    ],
  ];
  const wrong: string[] = [];
  for (const [who, address, form, name, hidden] of tries) {
    if (!hidden) throw new Error(`nothing is there for the field ${name}`);
    const role = roleOf(who);
    const send = (id: string) => {
      const value = name === "paragraphs" ? `${id}/newest` : id;
      return ask(house.site, role, { path: `${address}.data`, form: { ...form, [name]: value } });
    };
    const given = await send(hidden.id);
    checker.look(role, address, JSON.stringify({ ...form, [name]: hidden.id }), given);
    if (given.status >= 500) wrong.push(`${who} sent "${name}" to ${address}: ${given.status}`);
    const about = {
      address: `${address}?${name}=${hidden.id}`,
      hidden,
      way: "POST",
      given: comparable(given, hidden.id),
    };
    await doubles.compare(role, about, async () =>
      comparable(await send(doubles.none(hidden)), doubles.none(hidden)),
    );
  }
  return wrong;

  function roleOf(name: string): Role {
    const role = roles.find((one) => one.name === name);
    if (!role) throw new Error(`nobody is ${name}`);
    return role;
  }
}
