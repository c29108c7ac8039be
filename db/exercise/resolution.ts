/**
 * The resolution of the exercise, as its zero draft stood and as its drafters changed it. A footnote is written in its
 * place as `^[words]`.
 */
import type { Act, DraftParagraph } from "./script.ts";

export const resolution = {
  title: "Assistance after ICT incidents affecting essential services",
  symbol: "SIM/ICT/3/CRP.2",
  organ: "The Standing Group,",
  note: "Chair’s text, without prejudice",
  item: "x-i5e",
} as const;

export const resolutionZeroDraft: readonly DraftParagraph[] = [
  [
    "pp",
    0,
    "Recalling its decision SIM/ICT/2/4, by which it adopted a common template for reporting ICT incidents,^[SIM/ICT/2/4, annex.]",
  ],
  [
    "pp",
    0,
    "Recognizing that hospitals, water utilities and emergency call centres depend on a small number of shared digital services,",
  ],
  [
    "pp",
    0,
    "Noting with concern the growing use of ransomware against hospitals, which puts lives at risk far from the place where the operation began,",
  ],
  [
    "pp",
    0,
    "Reaffirming that international law, and in particular the Charter, applies to the conduct of States in the use of ICTs,",
  ],
  ["pp", 0, "Bearing in mind that the first hours after an incident decide how far its effects spread,"],
  ["pp", 0, "Welcoming the contact points that seven States have named since its second session,"],
  [
    "pp",
    0,
    "Mindful that assistance is given at the request of the affected State and with respect for its sovereignty,",
  ],
  ["pp", 0, "Convinced that the cost of assistance should not fall on those least able to bear it,"],
  [
    "op",
    0,
    "Calls upon all States to use the common template when they report an ICT incident that affects an essential service;",
  ],
  [
    "op",
    0,
    "Invites States to tell one another, in good time, about vulnerabilities that endanger essential services in more than one State;",
  ],
  [
    "op",
    0,
    "Encourages States to name, within ninety days, a technical contact who can be reached at all hours;",
  ],
  [
    "op",
    0,
    "Decides to consider establishing a register of technical teams able to assist a requesting State within 24 hours of a request, wherever those teams may be based, and requests the Secretariat to maintain it;",
  ],
  ["op", 0, "Also decides that an entry in the register shall state:"],
  ["op", 1, "the services for which the team is prepared;"],
  ["op", 1, "the languages in which it can work;"],
  ["op", 1, "the terms on which it can be requested, including:"],
  ["op", 2, "whether its assistance is free of charge;"],
  ["op", 2, "how long it can stay;"],
  ["op", 0, "Requests the Secretariat to hold one assistance exercise each year, open to all delegations;"],
  ["op", 0, "Requests the Secretariat to report on the exercise and to propose improvements;"],
  [
    "op",
    0,
    "Stresses that companies which operate essential services have a part in preparing for incidents;",
  ],
  [
    "op",
    0,
    "Appeals to States in a position to do so to contribute to a voluntary fund for assistance;^[The fund would be administered under the existing rules of the Standing Group.]",
  ],
  ["op", 0, "Decides to review the implementation of the present resolution at its fifth session."],
];

/** Between the zero draft and Rev.1. */
export const resolutionFirstReading: readonly Act[] = [
  { by: "x-okoru", kind: "replace", find: "depend on a small", words: "rely on a small" },
  { by: "x-maas", kind: "replace", find: "Decides to consider establishing", words: "Decides to establish" },
  {
    by: "x-okoru",
    kind: "insert",
    after: "within ninety days",
    words: " of the adoption of the present resolution",
  },
  { by: "x-brandt", kind: "replace", find: ", wherever those teams may be based,", words: "" },
  {
    by: "x-maas",
    kind: "insert",
    after: "reached at all hours",
    words: " and in at least one official language",
  },
  {
    by: "x-teyl",
    kind: "insert",
    after: "on a small number of shared digital services",
    words: ", many of them operated abroad",
  },
  { by: "x-brandt", kind: "replace", find: " and to propose improvements", words: "" },
  {
    by: "x-okoru",
    kind: "split",
    find: "Welcoming the contact points that seven States have named since its second session,",
    at: 18,
  },
  { by: "x-okoru", kind: "merge", find: "Welcoming the cont" },
];

/** After Rev.1: what is live when somebody first comes in. */
export const resolutionLive: readonly Act[] = [
  {
    by: "x-maas",
    kind: "replace",
    find: "requests the Secretariat to maintain it",
    words: "invites the Secretariat to maintain it",
  },
  { by: "x-okoru", kind: "insert", after: "maintain it", words: " within existing resources" },
  {
    by: "x-teyl",
    kind: "insert",
    after: "to assist a requesting State within 24 hours of a request",
    words: ", subject to the consent of the requesting State,",
  },
  {
    by: "x-brandt",
    kind: "add",
    after: "how long it can stay;",
    role: "op",
    level: 2,
    words: "whether it brings equipment of its own;",
  },
  { by: "x-maas", kind: "move", find: "Appeals to States in a position", before: "Stresses that companies" },
  {
    by: "x-okoru",
    kind: "insert",
    after: "in preparing for incidents",
    words: " and in informing the public about them",
  },
];
