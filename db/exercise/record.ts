/** Positions and statements of the exercise: what its delegations drafted and, mostly, released. */

export type ExercisePosition = {
  readonly by: string;
  readonly topic: string;
  readonly item: string;
  readonly stance: string;
  readonly summary: string;
  readonly excerpt: string;
  readonly source: string;
  readonly symbol: string;
  /** Days before the exercise begins. */
  readonly daysAgo: number;
  /** The group on whose behalf it is taken, without the members that do not align. */
  readonly group?: string;
  readonly exceptions?: readonly string[];
  readonly released: boolean;
};

export const exercisePositions: readonly ExercisePosition[] = [
  {
    by: "x-haddad",
    topic: "x-due-diligence",
    item: "x-i5b",
    stance: "undecided",
    summary: "Still weighing whether the expectation to act is one of law.",
    excerpt: "We have not made up our mind, and we would rather say so than pretend.",
    source: "Statement at the second session",
    symbol: "SIM/ICT/2/SR.4",
    daysAgo: 190,
    released: true,
  },
  {
    by: "x-anwyl",
    topic: "x-due-diligence",
    item: "x-i5b",
    stance: "expected",
    summary: "A State that knows should act; what follows in law if it does not is open.",
    excerpt:
      "We expect every State to act once it knows that its networks are used to harm another. We would not yet call this a duty with consequences in law.",
    source: "Statement at the second session",
    symbol: "SIM/ICT/2/SR.4",
    daysAgo: 190,
    released: true,
  },
  {
    by: "x-renard",
    topic: "x-due-diligence",
    item: "x-i5b",
    stance: "legal-duty",
    summary: "The duty not to let territory be used for harm binds all States.",
    excerpt: "The duty not to let one’s territory be used for harm binds all States.",
    source: "Working paper 2",
    symbol: "SIM/ICT/3/WP.2",
    daysAgo: 20,
    released: true,
  },
  {
    by: "x-quiroga",
    topic: "x-due-diligence",
    item: "x-i5b",
    stance: "legal-duty",
    summary: "The Group regards action against known harm as a duty of every State.",
    excerpt: "For the Group, knowing and looking away is a breach.",
    source: "Working paper 4",
    symbol: "SIM/ICT/3/WP.4",
    daysAgo: 9,
    group: "x-meri",
    exceptions: ["x-hlw"],
    released: true,
  },
  {
    by: "x-ilves",
    topic: "x-due-diligence",
    item: "x-i5b",
    stance: "voluntary",
    summary: "The Compact encourages action and does not read it as a duty.",
    excerpt: "The Compact encourages what the law does not yet require.",
    source: "Working paper 5",
    symbol: "SIM/ICT/3/WP.5",
    daysAgo: 8,
    group: "x-lant",
    released: true,
  },
  {
    by: "x-sato",
    topic: "x-capacity",
    item: "x-i5e",
    stance: "secretariat",
    summary: "The Group asks the Secretariat to keep the register.",
    excerpt: "One register, in one place, kept by those who serve all of us.",
    source: "Working paper 4",
    symbol: "SIM/ICT/3/WP.4",
    daysAgo: 9,
    group: "x-meri",
    released: true,
  },
  {
    by: "x-castell",
    topic: "x-due-diligence",
    item: "x-i5b",
    stance: "voluntary",
    summary: "Action is to be encouraged; the law does not require it today.",
    excerpt: "What is wise is not for that reason the law.",
    source: "Working paper 3",
    symbol: "SIM/ICT/3/WP.3",
    daysAgo: 12,
    released: true,
  },
  {
    by: "x-castell",
    topic: "x-sovereignty",
    item: "x-i5a",
    stance: "rule",
    summary: "Any access without consent breaches sovereignty.",
    excerpt: "Consent is the line, and it is not a matter of degree.",
    source: "Working paper 3",
    symbol: "SIM/ICT/3/WP.3",
    daysAgo: 12,
    released: true,
  },
  {
    by: "x-maas",
    topic: "x-sovereignty",
    item: "x-i5a",
    stance: "rule-threshold",
    summary: "Sovereignty is a rule; effects decide whether it is breached.",
    excerpt: "We look at what happened on the ground before we speak of a breach.",
    source: "National paper on international law",
    symbol: "",
    daysAgo: 400,
    released: true,
  },
  {
    by: "x-okoru",
    topic: "x-sovereignty",
    item: "x-i5a",
    stance: "principle",
    summary: "Sovereignty guides other rules and is not breached by itself.",
    excerpt: "Sovereignty is the ground that other rules stand on.",
    source: "Statement at the first session",
    symbol: "SIM/ICT/1/SR.3",
    daysAgo: 560,
    released: true,
  },
  {
    by: "x-okoru",
    topic: "x-ihl",
    item: "x-i5c",
    stance: "applies-fully",
    summary: "Humanitarian law applies, and data of civilians are protected as objects.",
    excerpt: "A patient’s record is no less a civilian object because it is stored as data.",
    source: "Statement at the second session",
    symbol: "SIM/ICT/2/SR.6",
    daysAgo: 188,
    released: true,
  },
  {
    by: "x-ilves",
    topic: "x-ihl",
    item: "x-i5c",
    stance: "applies",
    summary: "Humanitarian law applies; whether data are objects is left open.",
    excerpt: "We are certain of the principle and still careful with the word object.",
    source: "Statement at the second session",
    symbol: "SIM/ICT/2/SR.6",
    daysAgo: 188,
    released: true,
  },
  {
    by: "x-weir",
    topic: "x-infrastructure",
    item: "x-i5d",
    stance: "each-state",
    summary: "Each State decides for itself which services are critical.",
    excerpt: "No list made here will know our islands better than we do.",
    source: "Statement at the second session",
    symbol: "SIM/ICT/2/SR.7",
    daysAgo: 187,
    released: true,
  },
  {
    by: "x-quiroga",
    topic: "x-capacity",
    item: "x-i5e",
    stance: "secretariat",
    summary: "The Secretariat should keep the register.",
    excerpt: "A list that nobody keeps is a list that nobody can use.",
    source: "Statement at the second session",
    symbol: "SIM/ICT/2/SR.8",
    daysAgo: 186,
    released: true,
  },
  {
    by: "x-castell",
    topic: "x-capacity",
    item: "x-i5e",
    stance: "bilateral",
    summary: "Names of teams are exchanged bilaterally.",
    excerpt: "Names of teams are exchanged between those who trust each other.",
    source: "Working paper 3",
    symbol: "SIM/ICT/3/WP.3",
    daysAgo: 12,
    released: true,
  },
  {
    by: "x-teyl",
    topic: "x-capacity",
    item: "x-i5e",
    stance: "groups",
    summary: "Each group of States could keep its own part of the register.",
    excerpt: "",
    source: "Non-paper of Lumara",
    symbol: "",
    daysAgo: 3,
    released: false,
  },
];

export type ExerciseStatement = {
  readonly by: string;
  readonly item: string;
  readonly title: string;
  readonly body: string;
  readonly group?: string;
  readonly exceptions?: readonly string[];
  readonly released: boolean;
  /** In a meeting that has begun. */
  readonly delivered?: boolean;
  /** Until it is delivered. */
  readonly embargoed?: boolean;
  /** Takes the place of an earlier one: its title, and what is corrected. */
  readonly corrects?: { readonly title: string; readonly correction: string };
};

export const exerciseStatements: readonly ExerciseStatement[] = [
  {
    by: "x-sato",
    item: "x-i5e",
    title: "Assistance in the first hours",
    body: "Thank you, Chair.\n\nLast winter our water utilities were without their control systems for two days. Help came from a neighbour within nine hours, because we knew whom to call. That is why we support a register, and why we ask that it say at what hours a team can be reached.\n\nWe can work with the text as it stands.",
    released: true,
    delivered: true,
  },
  {
    by: "x-renard",
    item: "x-i5e",
    title: "On behalf of the Meridian Group",
    body: "I speak on behalf of the Meridian Group.\n\nThe register should be held in one place, by the Secretariat, so that a State in need makes one call and not ten. The cost of assistance must not fall on the State that asks for it.\n\nOne member of the Group will speak in its national capacity on the terms of entries.",
    group: "x-meri",
    exceptions: ["x-hlw"],
    released: true,
  },
  {
    by: "x-castell",
    item: "x-i5e",
    title: "A register is built on trust",
    body: "Chair,\n\nWe exchange the names of our teams with those whom we know. A public register tells everyone, including those who mean harm, whom to disturb first. We prefer bilateral lists and have proposed wording for an alternative.",
    released: true,
  },
  {
    by: "x-maas",
    item: "x-i5b",
    title: "Knowing and acting",
    body: "A State cannot be asked to prevent what it cannot see. It can be asked not to look away. Between the two lies what we should describe together, and cases submitted in advance would help us to do it.",
    released: true,
  },
  {
    by: "x-okoru",
    item: "x-i5c",
    title: "Patients and their records",
    body: "Medical services are protected in every armed conflict. A hospital that has lost its records cannot treat its patients. We would like the report to say so in plain words.",
    released: true,
  },
  {
    by: "x-weir",
    item: "x-i5e",
    title: "What an island can give",
    body: "Chair,\n\nWe are asked what a small State can offer. Ours can answer the telephone, and has done so every night for eleven years. We would list that number once we have read the terms of entries.",
    released: true,
    embargoed: true,
  },
  {
    by: "x-okoru",
    item: "x-i5c",
    title: "Patients and their records",
    body: "Medical services are protected in every armed conflict, and so are the records that they work with. A hospital that has lost its records cannot treat its patients. We would like the report to say so in plain words.",
    released: true,
    corrects: {
      title: "Patients and their records",
      correction: "The first sentence did not name the records.",
    },
  },
  {
    by: "x-teyl",
    item: "x-i5e",
    title: "Lumara on entries in the register",
    body: "We would ask for twenty-four hours and could show some flexibility if the fund is agreed.",
    released: false,
  },
];
