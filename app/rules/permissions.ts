/**
 * The permission table: act × role × state of the thing. Every page, act, socket and delta asks here and nowhere else.
 * What a viewer may not even know of is refused as "not there" (rule PM1).
 */
import { standingOf, type TextDoor } from "./audience.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { SignedIn, Viewer } from "./viewer.ts";

export type Thing =
  | { readonly kind: "installation" }
  | { readonly kind: "session"; readonly sessionId: string }
  | { readonly kind: "delegation"; readonly sessionId: string; readonly delegationId: string }
  | { readonly kind: "text"; readonly door: TextDoor }
  | { readonly kind: "account"; readonly personId: string };

/** Who a line of the table speaks of. */
type Role =
  | "anyone"
  | "self"
  | "secretariat"
  | "presiding"
  | "taking-part"
  | "delegate"
  | "delegation-editor"
  | "delegation-head"
  | "text-reader"
  | "text-bureau"
  | "text-officer"
  | "text-head"
  | "text-recorder";

type Line = {
  /** The kind of thing that the act is done on. */
  readonly on: Thing["kind"];
  readonly who: readonly Role[];
  /** Whoever may know of the thing is told "not allowed"; the others, that it is not there. */
  readonly known: readonly Role[];
};

const everyone: readonly Role[] = ["anyone"];
const bureau: readonly Role[] = ["text-bureau"];
const reads: readonly Role[] = ["text-reader", "text-bureau"];

export const permissions = {
  // The installation
  listSessions: { on: "installation", who: everyone, known: everyone },
  signIn: { on: "installation", who: everyone, known: everyone },
  readReference: { on: "installation", who: everyone, known: everyone },
  search: { on: "installation", who: everyone, known: everyone },
  correctReference: { on: "installation", who: ["secretariat"], known: everyone },
  manageTopics: { on: "installation", who: ["secretariat"], known: everyone },
  manageCalendar: { on: "installation", who: ["secretariat"], known: everyone },
  createSession: { on: "installation", who: ["secretariat"], known: everyone },
  requireCodes: { on: "installation", who: ["secretariat"], known: everyone },
  managePeople: { on: "installation", who: ["secretariat"], known: everyone },
  changeDisplay: { on: "installation", who: everyone, known: everyone },
  hearNotices: { on: "installation", who: everyone, known: everyone },
  manageOwnAccount: { on: "account", who: ["self"], known: ["self"] },
  // A session
  readSession: { on: "session", who: everyone, known: everyone },
  readDelegates: { on: "session", who: ["taking-part"], known: everyone },
  readReleased: { on: "session", who: everyone, known: everyone },
  manageAgenda: { on: "session", who: ["presiding"], known: everyone },
  manageMeetings: { on: "session", who: ["presiding"], known: everyone },
  manageDelegations: { on: "session", who: ["presiding"], known: everyone },
  withdrawDelegation: { on: "session", who: ["secretariat"], known: everyone },
  editSession: { on: "session", who: ["secretariat"], known: everyone },
  appointOfficer: { on: "session", who: ["secretariat"], known: everyone },
  createText: { on: "session", who: ["presiding"], known: everyone },
  deliverStatement: { on: "session", who: ["presiding"], known: everyone },
  // A delegation: private to its people, officers excluded
  readDrafts: { on: "delegation", who: ["delegate"], known: ["delegate"] },
  draft: { on: "delegation", who: ["delegation-editor"], known: ["delegate"] },
  release: { on: "delegation", who: ["delegation-head"], known: ["delegate"] },
  readNotes: { on: "delegation", who: ["delegate"], known: ["delegate"] },
  writeNotes: { on: "delegation", who: ["delegation-editor"], known: ["delegate"] },
  // What is on record is known to everybody; only the head of the entity's own delegation answers for it.
  withdrawPosition: { on: "delegation", who: ["delegation-head"], known: everyone },
  confirmReading: { on: "delegation", who: ["delegation-head"], known: everyone },
  // What it has released and not yet delivered, when it asked for that (rule SM14).
  readEmbargoed: { on: "delegation", who: ["delegate", "presiding"], known: ["delegate", "presiding"] },
  // Its heads alone say who sits in it; only where there is none the secretariat names the first (rule PE11).
  manageDelegates: { on: "delegation", who: ["delegation-head"], known: everyone },
  seatFirstHead: { on: "delegation", who: ["secretariat"], known: everyone },
  // A text
  readText: { on: "text", who: reads, known: reads },
  readVersions: { on: "text", who: reads, known: reads },
  compareVersions: { on: "text", who: reads, known: reads },
  readAuthorship: { on: "text", who: reads, known: reads },
  writeText: { on: "text", who: bureau, known: reads },
  readHistory: { on: "text", who: bureau, known: reads },
  issueVersion: { on: "text", who: ["text-officer"], known: reads },
  keepVersion: { on: "text", who: bureau, known: reads },
  restoreVersion: { on: "text", who: bureau, known: reads },
  importText: { on: "text", who: bureau, known: reads },
  lockParagraph: { on: "text", who: ["text-officer"], known: reads },
  unlockParagraph: { on: "text", who: ["text-officer"], known: reads },
  // Where a delegation stands on a bracket is its head's to say; what it said is recorded by those who write (rule BF1).
  setStance: { on: "text", who: ["text-head"], known: reads },
  recordStance: { on: "text", who: ["text-recorder"], known: reads },
  // Only what nobody holds any more can be taken away (rule LF3).
  liftBracket: { on: "text", who: bureau, known: reads },
  // Of its own delegation, or of one that was asked to sponsor it (rules PR13 and PR14).
  withdrawProposal: { on: "text", who: ["text-head"], known: reads },
  sponsorProposal: { on: "text", who: ["text-head"], known: reads },
  setAudience: { on: "text", who: ["presiding"], known: reads },
  appointDrafter: { on: "text", who: ["presiding"], known: reads },
  withdrawDrafter: { on: "text", who: ["presiding"], known: reads },
} as const satisfies Record<string, Line>;

export type Act = keyof typeof permissions;

/** Whether the viewer may do the act on the thing; if not, the refusal to answer with. */
export function may(act: Act, viewer: Viewer, thing: Thing): true | Refusal {
  const line: Line = permissions[act];
  if (line.on !== thing.kind) throw new Error(`${act} is done on a ${line.on}, not on a ${thing.kind}`);
  if (line.who.some((role) => holds(role, viewer, thing))) return true;
  if (!line.known.some((role) => holds(role, viewer, thing))) return refuse("not-found", "not-there");
  if (viewer.kind === "public") return refuse("sign-in", "sign-in");
  return refuse("not-allowed", "not-allowed");
}

function holds(role: Role, viewer: Viewer, thing: Thing): boolean {
  switch (role) {
    case "anyone":
      return true;
    case "text-reader": {
      if (thing.kind !== "text") return false;
      const standing = standingOf(viewer, thing.door);
      return standing.kind === "reader" || (standing.kind === "bureau" && !standing.mayWrite);
    }
    case "text-bureau": {
      if (thing.kind !== "text") return false;
      const standing = standingOf(viewer, thing.door);
      return standing.kind === "bureau" && standing.mayWrite;
    }
    default:
      return viewer.kind === "person" && holdsSignedIn(role, viewer, thing);
  }
}

function holdsSignedIn(
  role: Exclude<Role, "anyone" | "text-reader" | "text-bureau">,
  viewer: SignedIn,
  thing: Thing,
): boolean {
  // Officers have no office in what belongs to a delegation (rule AD10).
  if (thing.kind === "text" && thing.door.delegationId !== null) return false;
  const sessionId = sessionOf(thing);
  const offices = viewer.offices.filter((held) => held.sessionId === sessionId).map((held) => held.office);
  const seat = thing.kind === "delegation" ? seatIn(viewer, thing.delegationId) : undefined;
  switch (role) {
    case "self":
      return thing.kind === "account" && viewer.personId === thing.personId;
    case "secretariat":
      return viewer.secretariat || offices.includes("secretariat");
    case "presiding":
      return viewer.secretariat || offices.includes("chair") || offices.includes("secretariat");
    case "taking-part":
      return (
        viewer.secretariat ||
        offices.length > 0 ||
        viewer.delegates.some((held) => held.sessionId === sessionId)
      );
    case "text-officer":
      return thing.kind === "text" && (viewer.secretariat || offices.length > 0);
    case "text-head":
      return (
        thing.kind === "text" &&
        standingOf(viewer, thing.door).kind !== "none" &&
        headedIn(viewer, thing.door.sessionId) !== undefined
      );
    case "text-recorder":
      return thing.kind === "text" && standingOf(viewer, thing.door).kind === "bureau";
    case "delegate":
      return seat !== undefined;
    case "delegation-editor":
      return seat !== undefined && seat.role !== "reader";
    case "delegation-head":
      return seat?.role === "head";
  }
}

function seatIn(viewer: SignedIn, delegationId: string) {
  return viewer.delegates.find((seat) => seat.delegationId === delegationId);
}

/** The seat in which somebody speaks for a delegation that takes part in a session. */
export function headedIn(viewer: SignedIn, sessionId: string): SignedIn["delegates"][number] | undefined {
  return viewer.delegates.find(
    (seat) => seat.sessionId === sessionId && seat.role === "head" && seat.capacity === "participant",
  );
}

function sessionOf(thing: Thing): string | null {
  if (thing.kind === "session" || thing.kind === "delegation") return thing.sessionId;
  return thing.kind === "text" ? thing.door.sessionId : null;
}
