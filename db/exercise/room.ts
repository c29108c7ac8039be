/**
 * The exercise: an invented session for training and demonstration. Every State, organization, group, person, text and
 * position here is invented; none stands for a real one.
 */

export const exerciseBody = "Standing Group on ICT Security";

export const exerciseSession = {
  title: "Third session of the Standing Group on ICT Security",
  symbol: "SIM/ICT/3/1",
  venue: "New York",
  timeZone: "America/New_York",
} as const;

/** Regional groups of the exercise and its two negotiating groups. */
export const exerciseGroups = [
  { id: "x-shelf", kind: "regional", code: "SHLF", name: "Shelf States", ar: "دول الجرف" },
  { id: "x-basin", kind: "regional", code: "BASN", name: "Basin States", ar: "دول الحوض" },
  { id: "x-ocean", kind: "regional", code: "OCEN", name: "Ocean States", ar: "دول المحيط" },
  { id: "x-lant", kind: "negotiating", code: "LANT", name: "Lantern Compact", ar: "ميثاق المصباح" },
  { id: "x-meri", kind: "negotiating", code: "MERI", name: "Meridian Group", ar: "مجموعة خط الزوال" },
] as const;

export const exerciseEntities = [
  { id: "x-avn", code: "AVN", name: "Averin", ar: "أفيرين", region: "x-shelf", groups: ["x-lant"] },
  { id: "x-bmr", code: "BMR", name: "Belmora", ar: "بلمورا", region: "x-basin", groups: ["x-meri"] },
  { id: "x-cvn", code: "CVN", name: "Corvane", ar: "كورفان", region: "x-shelf", groups: [] },
  { id: "x-dln", code: "DLN", name: "Dellune", ar: "ديلون", region: "x-basin", groups: ["x-meri"] },
  { id: "x-hlw", code: "HLW", name: "Halwen", ar: "هالوين", region: "x-basin", groups: ["x-meri"] },
  { id: "x-ibr", code: "IBR", name: "Imbara", ar: "إمبارا", region: "x-basin", groups: ["x-meri"] },
  { id: "x-jvl", code: "JVL", name: "Jorvale", ar: "جورفال", region: "x-shelf", groups: ["x-lant"] },
  { id: "x-lmr", code: "LMR", name: "Lumara", ar: "لومارا", region: "x-ocean", groups: ["x-lant"] },
  { id: "x-qln", code: "QLN", name: "Quillan", ar: "كويلان", region: "x-ocean", groups: ["x-meri"] },
  { id: "x-srw", code: "SRW", name: "Sarrow", ar: "سارو", region: "x-shelf", groups: ["x-lant"] },
] as const;

/** An accredited observer. */
export const exerciseObserver = {
  id: "x-can",
  code: "CRN",
  name: "Coastal Response Network",
  ar: "شبكة الاستجابة الساحلية",
} as const;

export type ExercisePerson = {
  readonly id: string;
  readonly name: string;
  readonly office?: "chair" | "vice-chair" | "facilitator" | "secretariat";
  readonly of?: string;
  readonly role?: "head" | "editor" | "reader";
};

export const exercisePeople: readonly ExercisePerson[] = [
  { id: "x-solvane", name: "Amara Solvane", office: "chair" },
  { id: "x-vale", name: "Henrik Vale", office: "facilitator" },
  { id: "x-brandt", name: "Anke Brandt", office: "secretariat" },
  { id: "x-ilves", name: "Mira Ilves", of: "x-avn", role: "head" },
  { id: "x-renard", name: "Paul Renard", of: "x-bmr", role: "head" },
  { id: "x-castell", name: "Nuria Castell", of: "x-cvn", role: "head" },
  { id: "x-drum", name: "Owen Drum", of: "x-cvn", role: "editor" },
  { id: "x-sato", name: "Keiko Sato-Lind", of: "x-dln", role: "head" },
  { id: "x-anwyl", name: "Rhys Anwyl", of: "x-hlw", role: "head" },
  { id: "x-okoru", name: "Tomi Okoru", of: "x-ibr", role: "head" },
  { id: "x-bello", name: "Zara Bello", of: "x-ibr", role: "editor" },
  { id: "x-maas", name: "Lotte Maas", of: "x-jvl", role: "head" },
  { id: "x-haddad", name: "Salma Haddad", of: "x-lmr", role: "head" },
  { id: "x-teyl", name: "Jonas Teyl", of: "x-lmr", role: "editor" },
  { id: "x-quiroga", name: "Ana Quiroga", of: "x-qln", role: "head" },
  { id: "x-weir", name: "Callum Weir", of: "x-srw", role: "head" },
  { id: "x-osei", name: "Efua Osei", of: "x-can", role: "head" },
];

export const exerciseTopics = [
  {
    id: "x-sovereignty",
    title: "Sovereignty",
    question: "Is respect for sovereignty a rule that an ICT operation can breach by itself?",
    scale: [
      { id: "rule", label: "Rule" },
      { id: "rule-threshold", label: "Rule, with a threshold" },
      { id: "principle", label: "Principle" },
    ],
  },
  {
    id: "x-due-diligence",
    title: "Due diligence",
    question: "Must a State act once it knows that its networks are used to harm another State?",
    scale: [
      { id: "legal-duty", label: "Legal duty" },
      { id: "expected", label: "Expected of responsible States" },
      { id: "voluntary", label: "Voluntary" },
      { id: "undecided", label: "Undecided" },
    ],
  },
  {
    id: "x-ihl",
    title: "International humanitarian law",
    question: "How does international humanitarian law apply to the use of ICTs in armed conflict?",
    scale: [
      { id: "applies-fully", label: "Applies, data included" },
      { id: "applies", label: "Applies; data left open" },
      { id: "to-study", label: "To be studied first" },
    ],
  },
  {
    id: "x-infrastructure",
    title: "Critical infrastructure",
    question: "Who decides which services are protected as critical?",
    scale: [
      { id: "each-state", label: "Each State for itself" },
      { id: "common-list", label: "A common minimum list" },
      { id: "regional", label: "Regional lists" },
    ],
  },
  {
    id: "x-capacity",
    title: "Capacity-building",
    question: "Who should keep the register of teams that can help after an incident?",
    scale: [
      { id: "secretariat", label: "The Secretariat" },
      { id: "groups", label: "Each group of States" },
      { id: "bilateral", label: "Bilateral lists only" },
    ],
  },
] as const;

export const exerciseAgenda = [
  { id: "x-i1", number: "1", title: "Opening of the session", status: "concluded" },
  { id: "x-i2", number: "2", title: "Election of officers", status: "concluded" },
  { id: "x-i3", number: "3", title: "Adoption of the agenda", status: "concluded" },
  { id: "x-i4", number: "4", title: "Organization of work", status: "concluded" },
  { id: "x-i5", number: "5", title: "Matters of substance", status: "open" },
  {
    id: "x-i5a",
    parent: "x-i5",
    number: "(a)",
    title: "Sovereignty in the use of ICTs",
    status: "open",
    topics: ["x-sovereignty"],
  },
  {
    id: "x-i5b",
    parent: "x-i5",
    number: "(b)",
    title: "Due diligence",
    status: "open",
    topics: ["x-due-diligence"],
  },
  {
    id: "x-i5c",
    parent: "x-i5",
    number: "(c)",
    title: "International humanitarian law",
    status: "open",
    topics: ["x-ihl"],
  },
  {
    id: "x-i5d",
    parent: "x-i5",
    number: "(d)",
    title: "Protection of critical infrastructure",
    status: "suspended",
    topics: ["x-infrastructure"],
  },
  {
    id: "x-i5e",
    parent: "x-i5",
    number: "(e)",
    title: "Assistance and capacity-building",
    status: "open",
    topics: ["x-capacity"],
  },
  { id: "x-i6", number: "6", title: "Other matters", status: "not-yet" },
  { id: "x-i7", number: "7", title: "Adoption of the report", status: "not-yet" },
] as const;
