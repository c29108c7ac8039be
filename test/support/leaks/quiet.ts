/** Who hears what: after each act everybody's stream is held against who may read the change. */
import { randomUUID } from "node:crypto";
import { keepVersion } from "#app/commands/keep-version.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import { text } from "#db/schema/text.ts";
import { listen, type Role, type Stream } from "./browser.ts";
import type { Checker } from "./checker.ts";
import type { Planted } from "./planted.ts";

/** A command as a route calls it: what is done is named by it. */
// oxlint-disable-next-line no-explicit-any
type Command = (...given: any[]) => Promise<unknown>;

export type Deed = {
  readonly what: string;
  /** What it is done by. */
  readonly by: Command;
  /** Who may read the change. */
  readonly may: (viewer: Viewer) => boolean;
  /** Topics that fewer hear than the rest of it, by what they begin with. */
  readonly fewer?: Readonly<Record<string, (viewer: Viewer) => boolean>>;
  /** A topic that comes a while later, who hears it, and is to be waited for. */
  readonly late?: { readonly topic: string; readonly may: (viewer: Viewer) => boolean };
  /** Whose rights it changes: they are sent away, and come back as what they are then. */
  readonly changes?: readonly string[];
  readonly work: () => Promise<unknown>;
};

export type Streams = { readonly open: Map<Role, Stream>; close(): void };

export async function openStreams(planted: Planted): Promise<Streams> {
  await keepQuietTexts(planted);
  const { house, roles } = planted;
  const open = new Map<Role, Stream>();
  for (const role of roles) open.set(role, await listen(house.site, role));
  return { open, close: () => open.forEach((stream) => stream.close()) };
}

/** Does everything, and returns in sentences who heard what was not theirs, and who did not hear what was. */
export async function hearDeeds(
  planted: Planted,
  deeds: readonly Deed[],
  { streams, checker }: { readonly streams: Streams; readonly checker: Checker },
): Promise<string[]> {
  const { house } = planted;
  const wrong: string[] = [];
  let beats = 0;
  // Nothing that was told before is heard as something that came of the first deed.
  house.server.notices.tell({ kind: "everybody" }, "beat-0");
  for (const stream of streams.open.values()) await stream.hears("beat-0");
  for (const deed of deeds) {
    for (const stream of streams.open.values()) stream.heard.splice(0);
    await deed.work();
    if (deed.late !== undefined) {
      const { topic, may: mayHear } = deed.late;
      const first = [...streams.open].find(([role]) => mayHear(role.viewer));
      await first?.[1].hears(topic);
    }
    // What everybody hears, behind what was told before: then nothing more comes of the deed.
    beats += 1;
    const beat = `beat-${beats}`;
    house.server.notices.tell({ kind: "everybody" }, beat);
    const sent: string[] = [];
    for (const [role, stream] of streams.open) {
      await stream.hears(beat);
      checker.look(role, "/notices", "", stream.heard.join(""));
      const topics = topicsIn(stream.heard).filter((topic) => topic !== beat);
      const about = `${role.name} heard ${topics.join(", ")}: ${deed.what}`;
      if (stream.isOver()) {
        sent.push(role.name);
        if (topics.some((topic) => topic !== "rights")) wrong.push(about);
        continue;
      }
      const mayHear = deed.may(role.viewer);
      if (mayHear && topics.length === 0) wrong.push(`${role.name} did not hear of it: ${deed.what}`);
      if (!mayHear && topics.length > 0) wrong.push(about);
      for (const [topic, mayHearIt] of Object.entries(deed.fewer ?? {})) {
        const hears = topics.some((one) => one.startsWith(topic));
        if (hears !== mayHearIt(role.viewer)) {
          wrong.push(`${role.name} ${hears ? "heard" : "did not hear"} ${topic}: ${deed.what}`);
        }
      }
    }
    if (sent.toSorted().join() !== (deed.changes ?? []).toSorted().join()) {
      wrong.push(`${sent.join(", ") || "nobody"} was sent away: ${deed.what}`);
    }
    if (sent.length > 0) await comeBack(planted, streams);
  }
  return wrong;
}

/** Whoever was sent away listens again, with the rights of now. */
async function comeBack({ house }: Planted, { open }: Streams): Promise<void> {
  const now = await house.roles();
  for (const [role, stream] of open) {
    if (!stream.isOver()) continue;
    const again = now.find(({ name }) => name === role.name);
    if (!again) throw new Error(`nobody is ${role.name} any more`);
    open.delete(role);
    open.set(again, await listen(house.site, again));
  }
}

/** Five quiet minutes after the planting the server keeps versions by itself: that is done before anybody listens. */
async function keepQuietTexts({ house }: Planted): Promise<void> {
  const { db, rooms, notices } = house.server;
  const keeping = { db, rooms, notices, now: Date.now, newId: randomUUID };
  const texts = await db.read.select({ id: text.id }).from(text);
  for (const { id: textId } of texts) await keepVersion(keeping, { textId, reason: "idle" });
}

function topicsIn(heard: readonly string[]): string[] {
  const lines = heard.join("").split("\n");
  const told = lines.filter((line) => line.startsWith("data: ")).map((line) => line.slice(6));
  return told.flatMap((line) => JSON.parse(line) as string[]);
}
