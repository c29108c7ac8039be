/** What somebody may know of at an address, and do there, by the permission table. */
import { type Act, may, permissions } from "#app/rules/permissions.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import type { Role } from "./browser.ts";
import { ofDelegation, type Private } from "./delegation-things.ts";
import { type Letter, LETTERS } from "./house.ts";
import type { Planted } from "./planted.ts";

type Chosen = Readonly<Record<string, string>>;

/** What of an address is not this person's to know of: by the name of the gap. */
export function hiddenIn({ known }: Planted, role: Role, chosen: Chosen): [string, Private] | null {
  const { drafts, texts, statements, positions, versions, proposals } = known;
  // The largest first: what is hidden as a whole hides its parts.
  const things = [...drafts, ...texts, ...statements, ...positions, ...versions, ...proposals];
  for (const thing of things) {
    if (thing.may(role.viewer)) continue;
    const named = Object.entries(chosen).find(([, value]) => value.split(".")[0] === thing.id);
    if (named) return [named[0], thing];
  }
  return null;
}

/** What of the search of an address is not this person's to know of. */
export function hiddenBehind({ known }: Planted, role: Role, address: string): Private | null {
  const search = decodeURIComponent(address.split("?")[1] ?? "");
  if (search === "") return null;
  const { words, drafts, texts, statements, positions, versions, proposals } = known;
  const things = [...words, ...drafts, ...texts, ...statements, ...positions, ...versions, ...proposals];
  return things.find(({ id, may }) => search.includes(id) && !may(role.viewer)) ?? null;
}

const EVERY = [...LETTERS, "observer"] as const;

/**
 * May this person do the act at this address, of which they may know? `delegations`: of which one it is asked where the
 * address names nothing.
 */
export function mayAt(
  act: Act,
  role: Role,
  planted: Pick<Planted, "house" | "known">,
  chosen: Readonly<Record<string, string>>,
  delegations: readonly (Letter | "observer")[] = EVERY,
): boolean {
  const { on } = permissions[act];
  const { house, known } = planted;
  if (on === "installation") return may(act, role.viewer, { kind: "installation" }) === true;
  if (on === "account") return role.viewer.kind === "person";
  if (on === "session")
    return may(act, role.viewer, { kind: "session", sessionId: house.sessionId }) === true;
  const here = [...known.drafts, ...known.texts, ...known.statements, ...known.positions];
  // A note is one's own delegation's, whatever it is about.
  const thing = "thing" in chosen ? undefined : here.find(({ id }) => Object.values(chosen).includes(id));
  if (!thing) return delegations.some((letter) => ofDelegation(house, letter, act)(role.viewer));
  return thing.does(act, role.viewer) === true;
}

const READING = /^(?:read|compare)[A-Z]/;

/** Whoever reads something private by an act of the table: on each thing that there is, by name. */
export function listCells(
  planted: Planted,
): { readonly cell: string; readonly holders: readonly string[] }[] {
  const { house, known, roles } = planted;
  const acts = Object.keys(permissions) as Act[];
  const reading = acts.filter(
    (act) => READING.test(act) && !permissions[act].who.some((one) => one === "anyone"),
  );
  return reading.flatMap((act) => {
    const { on } = permissions[act];
    const asked: Readonly<Record<string, readonly ((viewer: Viewer) => boolean)[]>> = {
      session: [(viewer) => may(act, viewer, { kind: "session", sessionId: house.sessionId }) === true],
      delegation: LETTERS.map((letter) => ofDelegation(house, letter, act)),
      text: known.texts.map((text) => (viewer) => text.does(act, viewer) === true),
    };
    const things = asked[on];
    if (!things)
      throw new Error(
        `Say in listCells on what ${act} is done: nothing private is planted in a thing of kind ${on}.`,
      );
    return things.map((holds, at) => ({
      cell: `${act} on ${on} ${at + 1}`,
      holders: roles.filter(({ viewer }) => holds(viewer)).map(({ name }) => name),
    }));
  });
}
