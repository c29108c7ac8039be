/** Many delegations at once: the members of a group, or a table; and the facts of the session itself. */
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { addDelegations } from "#app/commands/add-delegations.ts";
import { editSession, factsOf } from "#app/commands/edit-session.ts";
import { action, loader } from "#app/routes/delegations-add/route.tsx";
import { loader as templateLoader } from "#app/routes/delegations-template/route.ts";
import { action as settingsAction, loader as settingsLoader } from "#app/routes/session-settings/route.tsx";
import { loadReference } from "#db/reference/load.ts";
import { delegation, oneTimeLink, person } from "#db/schema/people.ts";
import { event } from "#db/schema/record.ts";
import { meeting, session } from "#db/schema/session.ts";
import { listDelegates } from "#db/stores/delegate.ts";
import { listDelegations } from "#db/stores/delegation.ts";
import { putEntity } from "#db/stores/entity.ts";
import { putGroup } from "#db/stores/group.ts";
import { findSession } from "#db/stores/session.ts";
import { faultsIn } from "#test/support/database.ts";
import { type Answered, ask, openDelegations } from "#test/support/delegations.ts";
import { type Hall, done, refusedFor } from "#test/support/people.ts";

const params = { session: "s" };
const everybody = ["bilal", "nadia", "omar", "priya", "chiara", "dario", null];

async function codes(hall: Hall): Promise<string[]> {
  return (await listDelegations(hall.db.read, "s")).map(({ code }) => code);
}

const eventsOf = async ({ db }: Hall, act: string) =>
  (await db.read.select().from(event)).filter((one) => one.act === act);

/** What the page answers to a table, as a paste. */
async function bring(hall: Hall, who: string | null, intent: "preview" | "import", table: string) {
  return ask(hall, who, action, { params, form: { intent, paste: table } });
}

function rowsOf({ body }: Answered): string[] {
  const { preview } = body as { readonly preview: { readonly rows: string } };
  const rows = preview.rows.split("</tr>").filter((row) => row !== "");
  return rows.map((row) =>
    row
      .replaceAll(/<[^>]+>/g, " ")
      .replaceAll(/\s+/g, " ")
      .trim(),
  );
}

type Done = {
  readonly done: { readonly added: number; readonly links: readonly { readonly address: string }[] };
};

describe("a group", () => {
  it("[DL1] is shown as it is on the first day: who would be added, who is there, who only observes", async () => {
    const hall = await openDelegations();
    const shown = await ask(hall, "amara", loader, { params, search: "?group=lant" });
    expect(shown.body).toMatchObject({
      group: {
        toAdd: [{ id: "qui" }],
        there: [{ id: "lem" }, { id: "nor" }],
        observing: [{ id: "ost" }],
      },
      groups: [{ id: "lant" }],
    });
    // Quill leaves the group on the 25th: a session that begins then does not have it.
    const sela = await hall.as("sela");
    const was = factsOf((await findSession(hall.db.read, "s")) ?? fail());
    done(await editSession(sela, { ...was, from: "2026-11-25", sessionId: "s", was }));
    const later = await ask(hall, "amara", loader, { params, search: "?group=lant" });
    expect(later.body).toMatchObject({ group: { toAdd: [] } });
    const real = await ask(hall, "amara", loader, { params, search: "?group=true" });
    expect(real.body).toMatchObject({ group: null });
  });

  it("[DL1] is added as it was shown, each delegation an act on record", async () => {
    const hall = await openDelegations();
    const form = { intent: "group", group: "lant", capacity: "participant", entities: "qui ost" };
    const answered = await ask(hall, "amara", action, { params, form });
    expect(answered.body).toMatchObject({ done: { added: 1, there: 0, left: [], links: [], stopped: null } });
    expect(await codes(hall)).toEqual(["LEM", "NOR", "QUI"]);
    expect((await eventsOf(hall, "addDelegation")).map(({ detail }) => detail)).toMatchObject([
      { entityId: "qui", capacity: "participant" },
    ]);
    expect(hall.told).toEqual([{ audience: { kind: "session", sessionId: "s" }, topic: "delegations" }]);
    // Who was not shown is not added, whatever the group has by now.
    await hall.db.write((tx) =>
      putGroup(tx, { id: "two", kind: "x", code: "TWO", names: { en: "Two" }, exercise: true }, [
        { entityId: "ost" },
      ]),
    );
    const other = { ...form, group: "two", entities: "qui" };
    expect((await ask(hall, "amara", action, { params, form: other })).body).toMatchObject({
      done: { added: 0 },
    });
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  it("[PM1] is added by those who preside alone", async () => {
    const hall = await openDelegations();
    for (const who of everybody) {
      const page = await ask(hall, who, loader, { params });
      const sent = await ask(hall, who, action, { params, form: { intent: "group", group: "lant" } });
      const file = await ask(hall, who, templateLoader, { params });
      expect([page.status, sent.status, file.status], `${who}`).toEqual(
        who === null ? [401, 401, 401] : [403, 403, 403],
      );
    }
    expect(await codes(hall)).toEqual(["LEM", "NOR"]);
  });
});

describe("a table", () => {
  const table = [
    "code;name;capacity;head;email",
    "qui;;;Quentin Vale;quentin@example.org",
    "LEM;;;;",
    ";Ostrava;observer;;",
    "NOWHERE;;;;",
    "rea;;;;",
    ";quill;;;",
  ].join("\r\n");

  it("[DL2] is shown line by line, and nothing is done by it", async () => {
    const hall = await openDelegations();
    const answered = await bring(hall, "sela", "preview", table);
    expect(answered.body).toMatchObject({
      preview: { counts: { add: 2, head: 0, there: 1, wrong: 3 }, wrong: [5, 6, 7], encoding: null },
    });
    expect(rowsOf(answered)).toEqual([
      "2 Quill QUI Participant Quentin Vale quentin@example.org Will be added.",
      "3 Lemuria LEM There already.",
      "4 Ostrava OST Observer Will be added.",
      expect.stringContaining("5 NOWHERE Left out. No State or organization on record"),
      expect.stringContaining("6 Realia REA Left out. Not of this kind of session"),
      "7 Quill QUI Left out. Line 2 names the same one.",
    ]);
    expect(await codes(hall)).toEqual(["LEM", "NOR"]);
    expect(hall.told).toEqual([]);
  });

  it("[DL3] names real States by two letters, except where these are a union's own code", async () => {
    const hall = await openDelegations();
    await loadReference(hall.db, () => 0);
    await hall.db.write((tx) => tx.update(session).set({ exercise: false }).where(eq(session.id, "s")));
    const answered = await bring(hall, "sela", "preview", ["dz", "AU", "AUS"].join("\n"));
    expect(rowsOf(answered)).toEqual([
      "1 Algeria DZA Participant Will be added.",
      expect.stringContaining("2 AU Left out. The code of one here, and the ISO code of another."),
      "3 Australia AUS Participant Will be added.",
    ]);
    const named = await bring(
      hall,
      "sela",
      "preview",
      ["code,name", "AU,Australia", "AU,African Union"].join("\n"),
    );
    expect(rowsOf(named)).toEqual([
      "2 Australia AUS Participant Will be added.",
      "3 African Union AU Observer Will be added.",
    ]);
  });

  it("[DL6] [DL7] is carried out once: delegations, first heads and their links; the same again adds nothing", async () => {
    const hall = await openDelegations();
    const { body } = await bring(hall, "sela", "import", table);
    const { done: result } = body as Done;
    expect(result).toMatchObject({ added: 2, seated: 1, there: 0, left: [], stopped: null });
    expect(result.links).toMatchObject([{ code: "QUI", name: "Quentin Vale", email: "quentin@example.org" }]);
    expect(result.links[0]?.address).toMatch(/^http:\/\/here\/links\//);
    expect(await codes(hall)).toEqual(["LEM", "NOR", "OST", "QUI"]);
    const heads = (await listDelegates(hall.db.read, "s")).filter(({ role }) => role === "head");
    expect(heads.map(({ name }) => name)).toContain("Quentin Vale");
    // The link itself stands nowhere.
    const [link] = await hall.db.read.select().from(oneTimeLink);
    expect(JSON.stringify(link)).not.toContain(result.links[0]?.address.split("/").at(-1));
    expect(hall.told.map(({ topic }) => topic)).toEqual(["delegations", "people"]);
    expect(hall.rights).toHaveLength(1);
    const again = (await bring(hall, "sela", "import", table)).body as Done;
    expect(again.done).toMatchObject({ added: 0, seated: 0, links: [] });
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  it("[DL7] [PE11] seats a first head where there is none, and the chair names no heads", async () => {
    const hall = await openDelegations();
    await hall.db.write(async (tx) => {
      const seat = { sessionId: "s", capacity: "participant" as const, createdAt: 1, withdrawnAt: null };
      await tx.insert(delegation).values({ id: "d-qui", entityId: "qui", ...seat });
      await tx.update(person).set({ email: "erin@example.org" }).where(eq(person.id, "erin"));
    });
    const lines = "code,head,email\nqui,Erin,Erin@example.org\nnor,Other,other@example.org\n";
    expect(rowsOf(await bring(hall, "amara", "preview", lines))[0]).toContain(
      "Only the secretariat names heads",
    );
    const rows = [
      { entityId: "qui", capacity: "participant", head: { name: "E", email: "e@x.org" } },
    ] as const;
    expect(refusedFor(await addDelegations(await hall.as("amara"), { sessionId: "s", rows }))).toBe(
      "not-allowed",
    );
    expect(rowsOf(await bring(hall, "sela", "preview", lines))[1]).toContain("It has a head");
    expect((await bring(hall, "sela", "import", lines)).body).toMatchObject({
      done: { added: 0, seated: 1, links: [] },
    });
    const seated = (await listDelegates(hall.db.read, "s")).filter((one) => one.delegationId === "d-qui");
    expect(seated).toMatchObject([{ personId: "erin", role: "head" }]);
    expect(await hall.db.read.$count(person, eq(person.email, "other@example.org"))).toBe(0);
  });

  it("[DL6] leaves out a head who has found a seat meanwhile, and says so", async () => {
    const hall = await openDelegations();
    await hall.db.write((tx) =>
      tx.update(person).set({ email: "p@example.org" }).where(eq(person.id, "priya")),
    );
    const rows = [
      { entityId: "qui", capacity: "participant", head: { name: "P", email: "p@example.org" } },
    ] as const;
    const result = done(await addDelegations(await hall.as("sela"), { sessionId: "s", rows }));
    expect(result).toMatchObject({ added: 1, seated: 0, left: ["QUI"] });
    expect(await codes(hall)).toContain("QUI");
  });

  it("[DL6] is added in slices, and what was added before the disk was full stays", async () => {
    const hall = await openDelegations();
    const ids = Array.from({ length: 40 }, (_, at) => `x${String(at).padStart(2, "0")}`);
    await hall.db.write(async (tx) => {
      for (const id of ids) {
        const facts = { code: id.toUpperCase(), names: { en: `State ${id}` }, alphabet: id };
        await putEntity(tx, { id, kind: "exercise-state", ...facts });
      }
    });
    const context = await hall.as("sela");
    let writes = 0;
    const full = { refused: true, kind: "unavailable", code: "storage-full" } as const;
    const write: typeof context.db.write = (work) =>
      (writes += 1) > 2 ? Promise.resolve(full) : context.db.write(work);
    const rows = ids.map((entityId) => ({ entityId, capacity: "participant" as const, head: null }));
    const input = { sessionId: "s", rows };
    const short = done(await addDelegations({ ...context, db: { read: hall.db.read, write } }, input));
    expect(short).toMatchObject({ stopped: full });
    expect(short.added).toBeGreaterThan(0);
    expect(short.added).toBeLessThan(40);
    const rest = done(await addDelegations(context, input));
    expect(rest).toMatchObject({ added: 40 - short.added, there: short.added, stopped: null });
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  it("[DL4] [DL5] [PE9] that cannot be read comes back with the reason, and a paste with what was pasted", async () => {
    const hall = await openDelegations();
    const paste = `code\n${"qui\n".repeat(5_001)}`;
    const answered = await bring(hall, "amara", "preview", paste);
    expect(answered).toMatchObject({
      status: 422,
      body: { refusal: { fields: { file: "table-too-long" }, values: { most: 5_000 } } },
    });
    expect((answered.body as { typed: Record<string, string> }).typed["paste"]?.length).toBeGreaterThan(
      20_000,
    );
    expect((await bring(hall, "amara", "import", "")).body).toMatchObject({
      refusal: { fields: { file: "table-nothing" } },
    });
  });

  it("[DL2] comes with a template that can be brought as it is", async () => {
    const hall = await openDelegations();
    const context = await hall.as("amara");
    const request = new Request("http://here/page");
    const file = await templateLoader({ context, params, request } as never);
    const words = await file.text();
    expect(words.split("\r\n").slice(0, 2)).toEqual([
      '"code","name","capacity","head","email"',
      '"OST","Ostrava","participant","",""',
    ]);
    expect((await bring(hall, "amara", "preview", words)).body).toMatchObject({
      preview: { counts: { add: 2, wrong: 0 } },
    });
  });
});

describe("the facts of a session", () => {
  const typed = (change: Record<string, string> = {}) => ({
    title: "Second session",
    body: "Standing Group",
    kind: "plenary",
    symbol: "",
    from: "2026-11-23",
    to: "2026-11-27",
    venue: "Geneva",
    zone: "Europe/Zurich",
    "was-title": "First session",
    "was-body": "Standing Group",
    "was-kind": "plenary",
    "was-symbol": "",
    "was-from": "2026-11-23",
    "was-to": "2026-11-27",
    "was-venue": "Room 1",
    "was-zone": "America/New_York",
    ...change,
  });

  it("[AG17] are changed by the secretariat, on record, and meetings keep their moments", async () => {
    const hall = await openDelegations();
    const before = await hall.db.read.select().from(meeting);
    const answered = await ask(hall, "sela", settingsAction, { params, form: typed() });
    expect(answered.status).toBe(302);
    expect(await findSession(hall.db.read, "s")).toMatchObject({
      title: "Second session",
      venue: "Geneva",
      timeZone: "Europe/Zurich",
      itemUnderDiscussionId: "i",
    });
    expect(await hall.db.read.select().from(meeting)).toEqual(before);
    const [act] = await eventsOf(hall, "editSession");
    expect(act?.detail).toMatchObject({
      changes: { title: { before: "First session", after: "Second session" }, venue: { after: "Geneva" } },
    });
    expect(hall.told.map(({ topic }) => topic)).toEqual(["session", "sessions"]);
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  it("[AG17] [PE9] that somebody else changed meanwhile are not overwritten unseen, and stay in the form", async () => {
    const hall = await openDelegations();
    await ask(hall, "sela", settingsAction, { params, form: typed() });
    const late = await ask(hall, "sela", settingsAction, { params, form: typed({ venue: "Vienna" }) });
    expect(late).toMatchObject({
      status: 409,
      body: { refusal: { code: "session-changed" }, typed: { venue: "Vienna" }, was: { venue: "Geneva" } },
    });
    expect(await findSession(hall.db.read, "s")).toMatchObject({ venue: "Geneva" });
    const { was } = late.body as { readonly was: Record<string, string> };
    const anew = Object.fromEntries(
      Object.entries(was).map(([name, value]) => [`was-${name === "timeZone" ? "zone" : name}`, value]),
    );
    await ask(hall, "sela", settingsAction, { params, form: typed({ ...anew, venue: "Vienna" }) });
    expect(await findSession(hall.db.read, "s")).toMatchObject({ venue: "Vienna" });
  });

  it("[AG17] [AG6] are refused where they are wrong, and to everybody but the secretariat", async () => {
    const hall = await openDelegations();
    const wrong = await ask(hall, "sela", settingsAction, {
      params,
      form: typed({ to: "2026-11-01", zone: "Mars" }),
    });
    expect(wrong.body).toMatchObject({ refusal: { fields: { to: "day-before", zone: "zone" } } });
    for (const who of [...everybody, "amara"]) {
      const page = await ask(hall, who, settingsLoader, { params });
      const sent = await ask(hall, who, settingsAction, { params, form: typed() });
      expect([page.status, sent.status], `${who}`).toEqual(who === null ? [401, 401] : [403, 403]);
    }
    expect(await findSession(hall.db.read, "s")).toMatchObject({ venue: "Room 1" });
  });
});

function fail(): never {
  throw new Error("there is no session");
}
