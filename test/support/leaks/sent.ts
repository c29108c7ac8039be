/**
 * Forms that somebody may send: read from their pages as they stand there, sent empty and filled in, and every answer
 * looked through, with the page that it leads to. What would change who may read what is filled in last.
 */
import { TABLE_COLUMNS } from "#app/rules/delegation-table.ts";
import { pageDoors } from "#app/rules/doors.ts";
import { routesAt } from "#test/support/routes.ts";
import { addressesOf, type Known, listRoutes, type Route, searchesOf, wordsAskedIn } from "./addresses.ts";
import { ask, type Given } from "./browser.ts";
import type { Checker } from "./checker.ts";
import { PASSWORD } from "./house.ts";
import {
  emptied,
  filled,
  formsIn,
  isTyped,
  type PageField,
  type PageForm,
  searchesIn,
} from "./page-forms.ts";
import type { Planted } from "./planted.ts";
import { fieldsOf } from "./forms.ts";
import { hiddenIn, mayAt } from "./rights.ts";

/** "route: intent", as it stands among the doors. */
type FormName = string;

type Sendings = {
  /** Forms that were taken from somebody. */
  readonly taken: ReadonlySet<FormName>;
  /** Forms that were sent by somebody who may, and not taken. */
  readonly tried: ReadonlySet<FormName>;
  /** What went wrong, in sentences. */
  readonly wrong: readonly string[];
};

/** How many pages of a route somebody opens to find its forms, how many of each are sent, and how often. */
const MOST = { pages: 60, forms: 8, turns: 3 } as const;

/** After these others may read other things, or who sent it is gone: they are filled in when all else is done, in this order. */
const MOVING: readonly FormName[] = [
  "position-draft: discard",
  "position-draft: release",
  "statement-draft: release",
  "statement-draft: discard",
  "proposal-draft: release",
  "proposal-draft: discard",
  "proposal: withdraw",
  "statement: deliver",
  "topic-history: close",
  "versions: issue",
  "delegations: add-delegate",
  "delegations: invite-delegate",
  "delegations: first-head",
  "delegations: appoint",
  "delegations: withdraw",
  "delegations: withdraw-delegation",
  "delegations: bring-back-delegation",
  "delegations: review-hand-over",
  "delegations: hand-over",
  "delegations: remove-delegate",
  "text-import: preview",
  "text-import: insert",
  "text: bring-back",
  "paragraph: restore",
  "versions: restore",
  "text-settings: appoint",
  "text-settings: withdraw",
  "text-settings: review",
  "text-settings: open",
  "people: name-for",
  "people: suspend",
  "people: resume",
  "people: codes-required",
  "codes: begin",
  "codes: renew",
  "codes: off",
  "codes: confirm",
  "account: password",
  "account: end",
  "account: everywhere",
];

/** Of these every delegation has one, which is needed for the next. */
const ONCE: ReadonlySet<FormName> = new Set(["position-draft: discard"]);

/** Pages of one's own account, alike for everybody: each try of a password takes its time. */
const OF_ACCOUNTS = new Set(["sign-in", "sign-in-code", "one-time-link", "account", "codes"]);
const HOLDERS = new Set(["anonymous", "outsider", "b-reader"]);

/** What stands on every page, alike for everybody. */
const FRAME: ReadonlySet<FormName> = new Set(["settings: ", "sign-out: "]);

/** A day and an hour in the days of the session, at its venue. */
const tomorrow = (hour: number) =>
  `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T${hour}:00`;

const BY_NAME: Readonly<Record<string, (made: number) => string>> = {
  zone: () => "America/New_York",
  scale: () => "Yes\nNo\nNot yet",
  to: () => "2030-01-02",
  starts: () => tomorrow(15),
  ends: () => tomorrow(16),
  number: (made) => String(made + 100),
  paste: () => `${TABLE_COLUMNS.join(",")}\nLGK,Land of G,participant,,`,
};
const BY_TYPE: Readonly<Record<string, (made: number) => string>> = {
  email: (made) => `new${made}@example.org`,
  date: () => "2030-01-01",
  "datetime-local": () => tomorrow(15),
  url: (made) => `https://example.org/${made}`,
  number: () => "1",
  password: () => PASSWORD,
};
/** Words that somebody goes on writing where there are some already. */
const GOES_ON = new Set(["title", "question", "label", "outline", "body", "words"]);

let made = 0;

function typedInto({ name, type, value }: PageField): string {
  made += 1;
  if (value !== "") {
    if (!GOES_ON.has(name)) return value;
    return name === "outline" ? `${value}\n${made} Words` : `${value} ${made}`;
  }
  return (BY_NAME[name] ?? BY_TYPE[type])?.(made) ?? `Words ${made}`;
}

type Standing = {
  readonly name: FormName;
  readonly form: PageForm;
  /** The page on which it stands, to be read anew before it is sent; null for one that an answer showed. */
  readonly address: string | null;
  /** Its place among those of its name there. */
  readonly at: number;
};

/** Of one name. */
type Standings = readonly [Standing, ...Standing[]];

/** `isAsked`: of which routes; of all of them where it is not given. */
export async function sendOwnForms(
  planted: Planted,
  checker: Checker,
  isAsked: (route: Route) => boolean = () => true,
): Promise<Sendings> {
  const { house, known } = planted;
  const taken = new Set<FormName>();
  const tried = new Set<FormName>();
  const wrong: string[] = [];
  const later: { readonly who: string; readonly forms: Standings }[] = [];
  let roles = await house.roles();
  const roleOf = (who: string) => {
    const role = roles.find(({ name }) => name === who);
    if (!role) throw new Error(`nobody is ${who}`);
    return role;
  };

  const routes = (await listRoutes()).filter((route) => pageDoors[route.name]?.forms && isAsked(route));
  // Then what nobody could send yet: others have made it possible, or it is in the session that has not begun.
  for (const round of [0, 1, 2]) {
    const sessions = round === 2 ? known.sessions.slice(1) : known.sessions;
    for (const route of routes) {
      for (const { name: who } of roles) {
        if (OF_ACCOUNTS.has(route.name) && (!HOLDERS.has(who) || round > 0)) continue;
        const isOpen = (name: FormName) => round === 0 || !(taken.has(name) || MOVING.includes(name));
        for (const forms of await formsOn(route, who, { ...known, sessions }, isOpen)) {
          await sendAny(who, forms, "first");
        }
      }
    }
  }
  const places = later.toSorted((a, b) => MOVING.indexOf(a.forms[0].name) - MOVING.indexOf(b.forms[0].name));
  for (const { who, forms } of places) {
    const isOver = ONCE.has(forms[0].name) && taken.has(forms[0].name);
    if (!isOver) await sendAny(who, forms, "last");
  }
  await sendUntaken();
  return { taken, tried, wrong };

  /** The forms of the route that this person may send, by name, from the first pages on which they stand. */
  async function formsOn(
    route: Route,
    who: string,
    there: Known,
    isOpen: (name: FormName) => boolean,
  ): Promise<Standings[]> {
    const { forms = {} } = pageDoors[route.name] ?? {};
    const own = new Map<FormName, Standings>();
    const asked = wordsAskedIn(route.file);
    const opened = new Set<string>();
    const theirs = addressesOf(route.pattern, there).filter(
      ({ chosen }) => hiddenIn(planted, roleOf(who), chosen) === null,
    );
    const isWanted = (chosen: Readonly<Record<string, string>>) =>
      Object.entries(forms).some(([intent, act]) => {
        const name = `${route.name}: ${intent}`;
        // Of what ends a thing another one is needed where somebody has ended the first.
        const enough = MOVING.includes(name) ? 2 : 1;
        return (
          isOpen(name) && (own.get(name)?.length ?? 0) < enough && mayAt(act, roleOf(who), planted, chosen)
        );
      });
    // All the plain pages first, then what they lead to, then whatever else can be asked for.
    let queue = theirs.map(({ path, chosen }) => ({ address: path, chosen }));
    const behind = theirs.flatMap(({ path, chosen }) =>
      searchesOf(asked, there, chosen).map((search) => ({ address: `${path}${search}`, chosen })),
    );
    for (const following of [true, true, true, false]) {
      const next: typeof queue = [];
      for (const { address, chosen } of queue) {
        if (opened.size >= MOST.pages || opened.has(address) || !isWanted(chosen)) continue;
        opened.add(address);
        const given = await look(who, route.name, address);
        if (given.status >= 300) continue;
        for (const one of await standingIn(given, address)) {
          if (!one.name.startsWith(`${route.name}: `) || !isOpen(one.name)) continue;
          const others = own.get(one.name);
          if (!others) own.set(one.name, [one]);
          else if (others.length < MOST.forms) own.set(one.name, [...others, one]);
        }
        const links = searchesIn(given.body.toString("utf8"), address);
        next.push(...links.map((link) => ({ address: link, chosen })));
      }
      queue = following ? next : [];
      if (queue.length === 0 && following) queue = behind;
    }
    return [...own.values()];
  }

  /** What nobody could send as it stands on its page, with whatever its action reads: as everybody who may. */
  async function sendUntaken(): Promise<void> {
    for (const route of routes) {
      const fields = fieldsOf(route, planted);
      for (const [intent, act] of Object.entries(pageDoors[route.name]?.forms ?? {})) {
        const name = `${route.name}: ${intent}`;
        if (taken.has(name) || FRAME.has(name) || OF_ACCOUNTS.has(route.name)) continue;
        for (const { name: who } of roles) {
          const [there] = addressesOf(route.pattern, known).filter(
            ({ chosen }) =>
              hiddenIn(planted, roleOf(who), chosen) === null && mayAt(act, roleOf(who), planted, chosen),
          );
          if (!there) continue;
          const form = { action: `${there.path}${route.isIndex ? "?index" : ""}`, intent, fields: [] };
          const sent = Object.entries({ ...fields, intent });
          await send(who, { name, form, address: null, at: 0 }, sent, true);
        }
      }
    }
  }

  async function look(who: string, at: string, address: string): Promise<Given> {
    const role = roleOf(who);
    const given = await ask(house.site, role, { path: address });
    checker.look(role, at, address, given);
    if (given.status >= 500) wrong.push(`${who} opened ${address}: ${given.status}`);
    return given;
  }

  async function standingIn(given: Given, address: string): Promise<Standing[]> {
    const all: Standing[] = [];
    for (const form of formsIn(given.body.toString("utf8"), address)) {
      const route = (await routesAt(new URL(form.action, "http://here").pathname)).at(-1) ?? "";
      const name = `${route}: ${form.intent}`;
      if (FRAME.has(name)) continue;
      all.push({ name, form, address, at: all.filter((one) => one.name === name).length });
    }
    return all;
  }

  /** Empty once, and filled in until one of them is taken; then what its answer asks next. */
  async function sendAny(who: string, forms: Standings, round: "first" | "last"): Promise<void> {
    const [first] = forms;
    if (round === "first" && isTyped(first.form)) await send(who, first, emptied(first.form), true);
    if (MOVING.includes(first.name) && round === "first") {
      later.push({ who, forms });
      return;
    }
    for (const one of forms) {
      for (let turn = 0; turn < MOST.turns; turn += 1) {
        const now = await asItStands(who, one);
        if (!now) break;
        const { isTaken, shows } = await send(who, now, filled(now.form, turn, typedInto), false);
        const asks = shows.filter(
          // What was taken goes on to a next step, and what was not may ask for something more.
          ({ name, form }) =>
            isTaken ? !taken.has(name) : name === one.name && isTyped(form) && !isTyped(now.form),
        );
        for (const [next] of Map.groupBy(asks, ({ name }) => name).values()) {
          if (next) await sendAny(who, [next], round);
        }
        if (taken.has(one.name) && (isTaken || asks.length > 0)) return;
      }
    }
  }

  /** The form as its page has it now: others have been sent since. Null where it is gone. */
  async function asItStands(who: string, one: Standing): Promise<Standing | null> {
    if (one.address === null) return one;
    const given = await look(who, one.name, one.address);
    const same =
      given.status < 300
        ? (await standingIn(given, one.address)).filter(({ name }) => name === one.name)
        : [];
    return same[one.at] ?? same[0] ?? null;
  }

  /** Whether it was taken, and the forms that its answer shows. */
  async function send(
    who: string,
    { name, form: { action } }: Standing,
    form: readonly (readonly [string, string])[],
    asData: boolean,
  ): Promise<{ readonly isTaken: boolean; readonly shows: readonly Standing[] }> {
    const role = roleOf(who);
    const url = new URL(action, "http://here");
    const path = asData ? `${url.pathname === "/" ? "/_root" : url.pathname}.data${url.search}` : action;
    const given = await ask(house.site, role, { path, form });
    const asked = `${path} ${JSON.stringify(form)}`;
    checker.look(role, name, asked, given);
    if (given.status >= 500) wrong.push(`${who} sent "${name}" to ${action}: ${given.status}`);
    const isTaken = given.status < 400;
    if (isTaken) {
      taken.add(name);
      roles = await house.roles();
    } else tried.add(name);
    const to = given.headers["location"];
    if (to !== undefined) {
      const { pathname, search } = new URL(to, house.site.origin);
      const shown = await look(who, name, `${pathname}${search}`);
      return { isTaken, shows: shown.status < 300 ? await standingIn(shown, `${pathname}${search}`) : [] };
    }
    const shows = asData ? [] : await standingIn(given, action);
    return { isTaken, shows: shows.map((one) => ({ ...one, address: null })) };
  }
}
