/** What must never happen, tried often: lost words, broken chains, copies that differ. */
import os from "node:os";
import { runKillRounds } from "#test/endurance/kills.ts";
import { runWalCuts } from "#test/endurance/wal-cuts.ts";
import { newFolder } from "./folder.ts";
import { startChild } from "./load/child.ts";
import type { ConvergenceShare, ConvergenceTold } from "./load/convergence-share.ts";
import type { Bench, Figure } from "./row.ts";

const KILLS = 200;
const SERIES = 40;
const CUTS = 200;
const RUNS = 10_000;
const LOOSE = 2_000;

/** Something that must not happen even once. */
const never = (name: string, workload: string): Figure => ({
  name,
  unit: "count",
  most: 0,
  hasBaseline: false,
  workload,
});

const newSeed = (): number => 1 + Math.floor(Math.random() * 1_000_000);

const KILLING = `${KILLS} rounds of kill -9 at random moments while 4 writers type, delete and reconnect`;
const LOST = "kills: acknowledged edits lost";
const BROKEN = "kills: chains broken";
const DIFFERENT = "kills: copies that differ at the end";

export const kills: Bench = {
  name: "kills",
  figures: [never(LOST, `${KILLING}.`), never(BROKEN, `${KILLING}.`), never(DIFFERENT, `${KILLING}.`)],
  async run({ say, note }) {
    const total = { rounds: 0, acknowledged: 0, lost: 0, broken: 0, different: 0 };
    // A text of its own for each series: its paragraphs grow until the gate finds them too long.
    for (let series = 0; series < KILLS / SERIES; series += 1) {
      const told = await runKillRounds({ rounds: SERIES, seed: newSeed(), folder: newFolder() });
      say(
        `seed ${told.seed}: ${told.rounds} rounds, ${told.acknowledged} edits acknowledged (${told.heardAfterKill} of them heard after the kill), ${told.lost} lost`,
      );
      total.rounds += told.rounds;
      total.acknowledged += told.acknowledged;
      total.lost += told.lost;
      total.broken += told.chainsBroken;
      total.different += told.copiesEqual ? 0 : 1;
    }
    const { rounds, acknowledged, lost, broken, different } = total;
    if (rounds !== KILLS || acknowledged < KILLS) throw new Error("too little was written to mean anything");
    note(LOST, { value: lost });
    note(BROKEN, { value: broken });
    note(DIFFERENT, { value: different });
  },
};

const TORN = "wal: cuts that leave no valid prefix";

export const wal: Bench = {
  name: "wal",
  figures: [
    never(
      TORN,
      `${CUTS} cuts of the write-ahead log of 150 commits at random places: each opens as a prefix of what was acknowledged, acts and logs in step, and is written on.`,
    ),
  ],
  async run({ say, note }) {
    const { commits, lengths, failures } = await runWalCuts({ cuts: CUTS, seed: newSeed() });
    say(`${commits} commits, prefixes of ${lengths} lengths`);
    for (const failure of failures) say(failure);
    note(TORN, { value: failures.length });
  },
};

const APART = "convergence: runs that fail";

export const convergence: Bench = {
  name: "convergence",
  figures: [
    never(
      APART,
      `${RUNS} seeded runs of 2 to 8 people over the room and its log with random acts, partitions, delays, servers and tabs killed, locks and restorations, and ${LOOSE} with updates that come twice and in another order: all copies equal, ids unique, no acknowledged word lost or astray.`,
    ),
  ],
  async run({ say, note }) {
    const seed = newSeed() * 100;
    const shares = Math.min(8, os.availableParallelism());
    const ofShare = Math.ceil(RUNS / shares);
    const looseOfShare = Math.ceil(LOOSE / shares);
    const parts = Array.from({ length: shares }, (_, share): ConvergenceShare[] => {
      const crowd = Math.floor(ofShare / 5);
      const from = seed + share * ofShare;
      return [
        { over: "room", runs: ofShare - crowd, seed: from, clients: [2, 6] },
        { over: "room", runs: crowd, seed: from + ofShare - crowd, clients: [6, 8], acts: [20, 50] },
        { over: "loose updates", runs: looseOfShare, seed: seed + share * looseOfShare, clients: [2, 8] },
      ];
    });
    say(`seeds ${seed} to ${seed + ofShare * shares - 1}`);
    const told = await Promise.all(
      parts.map(async (share) => {
        const summaries: ConvergenceTold[] = [];
        for (const order of share) {
          const child = startChild("convergence-share.ts", order);
          summaries.push(await child.next<ConvergenceTold>());
          await child.end();
        }
        return summaries;
      }),
    );
    const all = told.flat();
    const sum = (count: (summary: ConvergenceTold) => number): number =>
      all.reduce((total, summary) => total + count(summary), 0);
    for (const failure of all.flatMap(({ failures }) => failures)) say(failure);
    say(
      `${sum(({ runs }) => runs)} runs, ${sum(({ acts }) => acts)} acts, ${sum(({ characters }) => characters)} characters, ${sum(({ kills }) => kills)} servers killed, ${sum(({ restored }) => restored)} restorations`,
    );
    note(APART, { value: sum(({ failures }) => failures.length) });
  },
};
