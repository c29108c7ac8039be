/** Documents under the agenda of the exercise. Their addresses are of a domain that leads nowhere, as all of this is invented. */

export type ExerciseDocument = {
  readonly item: string;
  readonly symbol: string;
  readonly title: string;
};

/** Where a document would be read. */
export function addressOf({ symbol }: ExerciseDocument): string {
  return `https://documents.example/${symbol}`;
}

export const exerciseDocuments: readonly ExerciseDocument[] = [
  { item: "x-i3", symbol: "SIM/ICT/3/1", title: "Provisional agenda" },
  { item: "x-i3", symbol: "SIM/ICT/3/INF.1", title: "Programme of work" },
  {
    item: "x-i5",
    symbol: "SIM/ICT/3/WP.3",
    title: "Consent, restraint and trust: working paper submitted by Corvane",
  },
  {
    item: "x-i5",
    symbol: "SIM/ICT/3/WP.4",
    title:
      "Knowledge, duty and a register: working paper submitted by Quillan on behalf of the Meridian Group",
  },
  {
    item: "x-i5b",
    symbol: "SIM/ICT/3/WP.2",
    title: "On the use of territory for harm: working paper submitted by Belmora",
  },
  {
    item: "x-i5b",
    symbol: "SIM/ICT/3/WP.5",
    title: "What is encouraged: working paper submitted by Averin on behalf of the Lantern Compact",
  },
  {
    item: "x-i5e",
    symbol: "SIM/ICT/3/INF.2",
    title: "Teams that can help after an incident: note by the Secretariat",
  },
  {
    item: "x-i5e",
    symbol: "SIM/ICT/3/INF.3",
    title: "What assistance has cost: figures of the Coastal Response Network",
  },
];
