/** The report of the exercise: its zero draft and what its drafters changed. */
import type { Act, DraftParagraph } from "./script.ts";

export const report = {
  title: "Draft report of the Standing Group on its third session",
  symbol: "SIM/ICT/3/CRP.1",
  organ: "",
  note: "Draft by the Secretariat at the request of the Chair",
  item: "x-i7",
} as const;

export const reportZeroDraft: readonly DraftParagraph[] = [
  ["heading", 0, "Introduction"],
  [
    "numbered",
    0,
    "The Standing Group on ICT Security held its third session in New York. Ten States took part, and one organization attended as an observer.",
  ],
  [
    "numbered",
    0,
    "The Group met in ten meetings, of which four were informal. It adopted its agenda at the first meeting.",
  ],
  [
    "numbered",
    0,
    "The Group had before it a draft resolution on assistance after ICT incidents^[SIM/ICT/3/CRP.2.] and two working papers.",
  ],
  [
    "numbered",
    0,
    "The present report records what was agreed. It does not attribute views to delegations except where they asked for it.",
  ],
  ["heading", 0, "Existing and potential threats"],
  [
    "numbered",
    0,
    "Delegations shared the concern that ICT incidents affecting essential services have become more frequent and that their effects often cross borders.",
  ],
  [
    "numbered",
    0,
    "Ransomware against hospitals was described as the most pressing threat. Several delegations told the Group about incidents in their own health services.",
  ],
  [
    "numbered",
    0,
    "It was observed that undersea cables, satellite links and systems for navigation are shared by many States and cannot be protected by one of them alone.",
  ],
  [
    "numbered",
    0,
    "Concern was expressed about tools that find and use vulnerabilities without human control.",
  ],
  ["heading", 0, "How international law applies"],
  ["heading", 1, "Sovereignty"],
  [
    "numbered",
    0,
    "The Group recalled that States have jurisdiction over ICT infrastructure within their territory.",
  ],
  [
    "numbered",
    0,
    "Some delegations held that remote access to systems in another State without its consent breaches its sovereignty. Others would look at the effects first.",
  ],
  [
    "numbered",
    0,
    "A number of delegations saw merit in describing cases on which all could agree, for example interference with emergency services.",
  ],
  ["numbered", 0, "It was suggested that the following be considered when effects are assessed:"],
  ["numbered", 1, "loss of function of equipment that depends on the system;"],
  ["numbered", 1, "the need to replace physical components;"],
  ["numbered", 1, "interference with functions that belong to the State alone."],
  ["heading", 1, "Due diligence"],
  [
    "numbered",
    0,
    "The Group discussed what a State should do once it knows that its networks are used to cause serious harm to another State.",
  ],
  [
    "numbered",
    0,
    "For some delegations this is a legal duty; for others it is what is expected of a responsible State; others again consider it voluntary.",
  ],
  [
    "numbered",
    0,
    "All delegations agreed that such a duty or expectation is one of conduct and not of result, and that it depends on the means at hand.",
  ],
  [
    "numbered",
    0,
    "Delegations recalled that knowledge is not to be presumed from the mere fact that an operation passed through a State’s networks.",
  ],
  ["heading", 1, "International humanitarian law"],
  [
    "numbered",
    0,
    "The Group noted that international humanitarian law applies only in situations of armed conflict, and that recalling it does not encourage conflict.",
  ],
  [
    "numbered",
    0,
    "Delegations underlined the protection of medical services, including the data without which patients cannot be treated.",
  ],
  [
    "numbered",
    0,
    "Views differed on whether data as such are protected as objects. Further study was suggested.",
  ],
  ["numbered", 0, "The principles of humanity, necessity, proportionality and distinction were recalled."],
  ["heading", 0, "Protection of critical infrastructure"],
  ["numbered", 0, "The Group reaffirmed that each State decides which of its infrastructures are critical."],
  [
    "numbered",
    0,
    "Several delegations proposed a common minimum list that could begin with hospitals, water and emergency calls.",
  ],
  [
    "numbered",
    0,
    "It was stressed that operators need to know whom to call in another State before an incident and not after it.",
  ],
  [
    "numbered",
    0,
    "The part of private operators was discussed at the sixth meeting, with the participation of the observer.",
  ],
  ["heading", 0, "Assistance and capacity-building"],
  [
    "numbered",
    0,
    "The Group considered the draft resolution on assistance at its fifth, sixth and eighth meetings.",
  ],
  [
    "numbered",
    0,
    "Delegations with limited means asked that assistance be provided at their request, in a language that they can work in, and without cost to them.",
  ],
  [
    "numbered",
    0,
    "The yearly exercise was welcomed. It was suggested to hold it in a different region each year.",
  ],
  [
    "numbered",
    0,
    "Fellowships for technical staff were described as the measure with the most lasting effect.",
  ],
  [
    "numbered",
    0,
    "A directory of training offers is kept by the Secretariat^[It is brought up to date twice a year.] and was found useful.",
  ],
  ["heading", 0, "Conclusions and recommendations"],
  ["recommendation", 0, "The Group recommends that States name contact points before its fourth session."],
  ["recommendation", 0, "The Group recommends that the common template be used in the yearly exercise."],
  [
    "recommendation",
    0,
    "The Group recommends a dedicated meeting on due diligence at its fourth session, with cases submitted in advance.",
  ],
  [
    "recommendation",
    0,
    "The Group recommends that the observer’s experience with assistance at sea be presented at its fourth session.",
  ],
  ["numbered", 0, "The Group expresses its appreciation to the Chair and to the Secretariat."],
  ["numbered", 0, "The Group will meet again within one year."],
  ["annex", 0, "Template for reporting an ICT incident"],
  ["numbered", 0, "The reporting State gives the following, as far as it is known:"],
  ["numbered", 1, "when the incident was noticed, and by whom;"],
  ["numbered", 1, "which services are affected and for how many people;"],
  ["numbered", 1, "whether assistance is requested."],
  [
    "numbered",
    0,
    "The report is sent to the contact points of the States that may be affected, and to the Secretariat for its record.",
  ],
  ["numbered", 0, "Nothing in a report is a finding on who is responsible for the incident."],
];

export const reportFirstReading: readonly Act[] = [
  {
    by: "x-anwyl",
    kind: "replace",
    find: "Further study was suggested.",
    words: "It was suggested to study the question further.",
  },
  { by: "x-okoru", kind: "insert", after: "have become more frequent", words: ", more severe" },
  { by: "x-brandt", kind: "replace", find: "Ten States took part", words: "Ten delegations took part" },
  {
    by: "x-anwyl",
    kind: "insert",
    after: "medical services, including",
    words: " hospitals, ambulances and",
  },
  {
    by: "x-okoru",
    kind: "replace",
    find: "Others would look at the effects first.",
    words: "Others consider that the effects decide.",
  },
  {
    by: "x-brandt",
    kind: "add",
    after: "without human control.",
    role: "numbered",
    level: 0,
    words: "Delegations noted that such tools also help to find vulnerabilities in time.",
  },
];

export const reportLive: readonly Act[] = [
  {
    by: "x-anwyl",
    kind: "insert",
    after: "it is what is expected of a responsible State",
    words: ", without consequences in law",
  },
  { by: "x-okoru", kind: "insert", after: "and not after it", words: ", and in which language" },
  {
    by: "x-vale",
    kind: "replace",
    find: "could begin with hospitals, water and emergency calls",
    words: "could begin with hospitals, water supply and emergency calls",
  },
  {
    by: "x-anwyl",
    kind: "add",
    after: "depends on the means at hand.",
    role: "numbered",
    level: 0,
    words: "It was proposed to collect examples of measures that States with few means have taken.",
  },
  { by: "x-brandt", kind: "insert", after: "within one year", words: ", at a date to be fixed by the Chair" },
  {
    by: "x-vale",
    kind: "move",
    find: "The yearly exercise was welcomed.",
    before: "Delegations with limited means",
  },
];
