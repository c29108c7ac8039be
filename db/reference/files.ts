/** The files beside this one, checked as they are read. See `NOTES.md` for what they say and where it comes from. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";

export const REFERENCE_FOLDER = new URL("./", import.meta.url);

const names = [
  "entities.json",
  "groups.json",
  "topics.json",
  "published-positions.json",
  "mechanism-2026.json",
] as const;

/** Rises when the loader takes more out of the same files than it did before. */
const READING = 3;

const inLanguages = z.object({ en: z.string() }).catchall(z.string());
const day = z.iso.date();

const entities = z.array(
  z.object({
    id: z.string(),
    kind: z.enum(["member-state", "observer-state", "union", "observer-organization"]),
    code: z.string(),
    name: inLanguages,
    regionalGroup: z.string().nullable(),
    regionalGroupRole: z.string().optional(),
    abbreviation: z.string().optional(),
    basis: z.string().optional(),
    alphabetEn: z.string(),
  }),
);
const groups = z.array(
  z.object({
    id: z.string(),
    kind: z.string(),
    abbreviation: z.string(),
    name: inLanguages,
    asOf: day,
    source: z.string(),
    verified: z.boolean(),
    otherMembers: z.array(z.string()).optional(),
    note: z.string().optional(),
    members: z.array(
      z.object({
        entity: z.string(),
        role: z.string().optional(),
        from: day.optional(),
        to: day.optional(),
        scheduledTo: day.optional(),
        note: z.string().optional(),
      }),
    ),
  }),
);
const topics = z.array(
  z.object({
    id: z.string(),
    title: z.string(),
    question: z.string(),
    scale: z.array(z.object({ id: z.string(), label: z.string() })),
  }),
);
const published = z.object({
  sources: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      date: z.string(),
      kind: z.enum(["primary", "report"]),
      forum: z.string().optional(),
      symbol: z.string().optional(),
      url: z.string().optional(),
    }),
  ),
  positions: z.array(
    z.object({
      entity: z.string(),
      topic: z.string(),
      stance: z.string(),
      summary: z.string(),
      source: z.string(),
      explicit: z.boolean(),
      confidence: z.enum(["seen", "known"]),
      via: z.string().optional(),
    }),
  ),
});
const mechanism = z.object({
  sessions: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      kind: z.enum(["plenary", "thematic-groups", "intersessional"]),
      from: day,
      to: day,
      venue: z.string(),
      timeZone: z.string(),
      chair: z.string().optional(),
    }),
  ),
});

/** Names the content of the files and how they are read: the first 16 digits of a SHA-256. */
export function versionOf(folder: URL): string {
  const digest = createHash("sha256").update(`${READING}\0`);
  for (const name of names) digest.update(readFileSync(new URL(name, folder), "utf8")).update("\0");
  return digest.digest("hex").slice(0, 16);
}

/** All files of a folder. Throws for one that is not as it must be. */
export function readReference(folder: URL) {
  const read = (name: (typeof names)[number]): unknown =>
    JSON.parse(readFileSync(new URL(name, folder), "utf8"));
  return {
    version: versionOf(folder),
    entities: entities.parse(read("entities.json")),
    groups: groups.parse(read("groups.json")),
    topics: topics.parse(read("topics.json")),
    published: published.parse(read("published-positions.json")),
    calendar: mechanism.parse(read("mechanism-2026.json")).sessions,
  };
}

export type Reference = ReturnType<typeof readReference>;
