/**
 * Every way in, with the acts of the permission table that it asks for: pages and their forms by route, the socket's
 * messages, the live deltas, the stream. A test compares this list with the routes, the frames and the server, and
 * fails on a way in that is not here (rule PM4).
 */
import type { Act } from "./permissions.ts";

export type Door = {
  /** Acts that showing the page asks for; empty: it shows nothing, or sends elsewhere. */
  readonly page: readonly Act[];
  /** The act behind each form, by its intent; "" for a page with one form. Absent: nothing can be sent here. */
  readonly forms?: Readonly<Record<string, Act>>;
};

const nothing: readonly Act[] = [];

export const pageDoors: Readonly<Record<string, Door>> = {
  root: { page: nothing },
  sessions: { page: ["listSessions"] },
  "sign-in": { page: ["signIn"], forms: { password: "signIn", enter: "signIn" } },
  "sign-in-code": { page: ["signIn"], forms: { "": "signIn" } },
  "sign-out": { page: nothing, forms: { "": "signIn" } },
  "one-time-link": { page: ["signIn"], forms: { "": "signIn" } },
  account: {
    page: ["manageOwnAccount"],
    forms: { end: "manageOwnAccount", everywhere: "manageOwnAccount", password: "manageOwnAccount" },
  },
  codes: {
    page: ["manageOwnAccount"],
    forms: {
      begin: "manageOwnAccount",
      confirm: "manageOwnAccount",
      renew: "manageOwnAccount",
      off: "manageOwnAccount",
    },
  },
  // It shows nothing: it says of which texts that it is asked about `readText` is refused.
  "kept-texts": { page: nothing },
  settings: { page: nothing, forms: { "": "changeDisplay" } },
  people: {
    page: ["managePeople"],
    forms: {
      invite: "managePeople",
      link: "managePeople",
      "codes-link": "managePeople",
      "codes-required": "requireCodes",
      suspend: "managePeople",
      resume: "managePeople",
      "name-for": "managePeople",
    },
  },
  "new-session": { page: ["createSession"], forms: { "": "createSession" } },
  search: { page: ["search"] },
  calendar: {
    page: ["readReference"],
    forms: {
      add: "manageCalendar",
      correct: "manageCalendar",
      "take-off": "manageCalendar",
      outline: "manageCalendar",
    },
  },
  groups: { page: ["readReference"] },
  group: {
    page: ["readReference"],
    forms: {
      correct: "correctReference",
      "add-member": "correctReference",
      "correct-member": "correctReference",
    },
  },
  reference: { page: ["readReference"], forms: { "take-files": "correctReference" } },
  "reference-entity": { page: ["readReference"], forms: { correct: "correctReference" } },
  topics: {
    page: ["readReference"],
    forms: { add: "manageTopics", up: "manageTopics", down: "manageTopics" },
  },
  "topic-history": {
    page: ["readReference"],
    forms: {
      rename: "manageTopics",
      ask: "manageTopics",
      "add-stance": "manageTopics",
      "rename-stance": "manageTopics",
      close: "manageTopics",
      reopen: "manageTopics",
    },
  },
  entity: { page: ["readReference"] },
  topic: { page: ["readReference"] },
  session: { page: ["readSession"] },
  "session-home": {
    page: ["readSession"],
    forms: {
      schedule: "manageMeetings",
      mode: "manageMeetings",
      change: "manageMeetings",
      cancel: "manageMeetings",
    },
  },
  "session-settings": { page: ["editSession"], forms: { "": "editSession" } },
  agenda: {
    page: ["readSession"],
    forms: {
      add: "manageAgenda",
      edit: "manageAgenda",
      up: "manageAgenda",
      down: "manageAgenda",
      in: "manageAgenda",
      out: "manageAgenda",
      move: "manageAgenda",
      delete: "manageAgenda",
      adopt: "manageAgenda",
      status: "manageAgenda",
      "take-up": "manageAgenda",
    },
  },
  "agenda-item": {
    page: ["readReleased"],
    forms: { status: "manageAgenda", "take-up": "manageAgenda" },
  },
  documents: {
    page: ["manageAgenda"],
    forms: { link: "manageAgenda", file: "manageAgenda", remove: "manageAgenda" },
  },
  document: { page: ["readReleased"] },
  delegations: {
    page: ["readSession"],
    forms: {
      "add-delegation": "manageDelegations",
      "withdraw-delegation": "withdrawDelegation",
      "bring-back-delegation": "withdrawDelegation",
      "first-head": "seatFirstHead",
      "invite-delegate": "manageDelegates",
      "renew-invitation": "manageDelegates",
      "add-delegate": "manageDelegates",
      "remove-delegate": "manageDelegates",
      "review-hand-over": "manageDelegates",
      "hand-over": "manageDelegates",
      appoint: "appointOfficer",
      withdraw: "appointOfficer",
    },
  },
  "delegations-add": {
    page: ["manageDelegations"],
    forms: { group: "manageDelegations", preview: "manageDelegations", import: "manageDelegations" },
  },
  "delegations-template": { page: ["manageDelegations"] },
  positions: { page: ["readReleased"] },
  "session-topic": { page: ["readReference", "readReleased"] },
  "session-entity": { page: ["readReference", "readReleased"] },
  "positions-download": { page: ["readReleased"] },
  position: {
    page: ["readReleased"],
    forms: {
      withdraw: "withdrawPosition",
      confirm: "confirmReading",
      "correct-reading": "correctReference",
      "take-down": "correctReference",
      "put-back": "correctReference",
    },
  },
  statements: { page: ["readReleased"] },
  statement: { page: ["readReleased"], forms: { deliver: "deliverStatement", correct: "draft" } },
  "statement-file": { page: ["readReleased"] },
  drafts: { page: ["readDrafts"] },
  notes: { page: ["readNotes"] },
  note: { page: ["readNotes"], forms: { save: "writeNotes", delete: "writeNotes" } },
  "position-draft": {
    page: ["readDrafts"],
    forms: { save: "draft", discard: "draft", release: "release" },
  },
  "statement-draft": {
    page: ["readDrafts"],
    forms: { save: "draft", discard: "draft", release: "release" },
  },
  "proposal-draft": {
    page: ["readDrafts"],
    forms: { save: "draft", review: "draft", discard: "draft", release: "release" },
  },
  "statement-draft-file": { page: ["readDrafts"] },
  texts: { page: ["readSession"], forms: { create: "createText" } },
  text: { page: ["readText"], forms: { "bring-back": "writeText" } },
  "text-settings": {
    page: ["setAudience"],
    forms: {
      appoint: "appointDrafter",
      withdraw: "withdrawDrafter",
      review: "setAudience",
      open: "setAudience",
    },
  },
  "text-import": { page: ["importText"], forms: { preview: "importText", insert: "importText" } },
  versions: { page: ["readVersions"], forms: { issue: "issueVersion", restore: "restoreVersion" } },
  version: { page: ["readVersions"] },
  compare: { page: ["compareVersions"] },
  authorship: { page: ["readAuthorship"] },
  paragraph: {
    page: ["readVersions"],
    forms: { lock: "lockParagraph", unlock: "unlockParagraph", restore: "restoreVersion" },
  },
  bracket: {
    page: ["readText"],
    forms: {
      "set-stance": "setStance",
      "record-stance": "recordStance",
      confirm: "setStance",
      dispute: "setStance",
      lift: "liftBracket",
    },
  },
  proposals: { page: ["readText"] },
  proposal: {
    page: ["readText"],
    forms: { withdraw: "withdrawProposal", sponsor: "sponsorProposal" },
  },
  "version-download": { page: ["readVersions"] },
  "not-there": { page: nothing, forms: {} },
};

/** What a page may say on the drafters' socket. */
export const socketDoors: Readonly<Record<string, Act>> = {
  hello: "writeText",
  edit: "writeText",
  caret: "writeText",
  aside: "writeText",
};

/**
 * What the server answers before any page, by what the viewer may see: live deltas, the stream, the socket. The server
 * takes its paths from here and from `plainDoors`.
 */
export const liveDoors = {
  "/live/texts/:text": "readText",
  "/live/sessions/:session": "readSession",
  "/notices": "hearNotices",
  "/collab": "writeText",
} as const satisfies Readonly<Record<string, Act>>;

/** What knows no viewers, and who may have it. */
export const plainDoors = {
  "/health": "everybody: one word on whether the process can work",
  "/metrics": "the machine itself, over no proxy, and who has the token for figures",
  "/code": "a browser that has no pass to an exercise which is open to a network",
  "/assets": "everybody: scripts, styles and fonts of the build",
  "/favicon.ico": "everybody: nothing",
} as const satisfies Readonly<Record<string, string>>;
