/** A head gives the headship away: to whom, what becomes of the head, and that no delegation is left without one. */
import { describe, expect, it } from "vitest";
import { addDelegate } from "#app/commands/add-delegate.ts";
import { handOver } from "#app/commands/hand-over.ts";
import { removeDelegate } from "#app/commands/remove-delegate.ts";
import { suspendPerson } from "#app/commands/suspend-person.ts";
import { action, loader } from "#app/routes/delegations/route.tsx";
import { delegate } from "#db/schema/people.ts";
import { event } from "#db/schema/record.ts";
import { listSeats } from "#db/stores/delegate.ts";
import { openDelegations } from "#test/support/delegations.ts";
import { type Hall, done, refusedFor } from "#test/support/people.ts";
import { show, submit } from "#test/support/reception.ts";

const params = { session: "s" };

/** Who sits in Lemuria now, by person. */
async function seats({ db }: Hall): Promise<Record<string, string>> {
  const rows = await listSeats(db.read, "d-lem");
  return Object.fromEntries(rows.map(({ personId, role }) => [personId, role]));
}

async function seatOf({ db }: Hall, personId: string, delegationId = "d-lem"): Promise<string> {
  const seat = (await listSeats(db.read, delegationId)).find((one) => one.personId === personId);
  if (!seat) throw new Error(`${personId} has no seat`);
  return seat.id;
}

async function give(hall: Hall, by: string, to: string, afterwards: "editor" | "leave" = "editor") {
  const delegateId = await seatOf(hall, to);
  return handOver(await hall.as(by), { delegationId: "d-lem", delegateId, afterwards });
}

describe("a head of delegation", () => {
  it("[PE12] hands over to another of its people and stays as editor", async () => {
    const hall = await openDelegations();
    done(await give(hall, "bilal", "omar"));
    expect(await seats(hall)).toEqual({ bilal: "editor", nadia: "editor", omar: "head" });
    // From that moment on.
    expect(refusedFor(await give(hall, "bilal", "nadia"))).toBe("not-allowed");
    done(await give(hall, "omar", "nadia"));
    expect(await seats(hall)).toEqual({ bilal: "editor", nadia: "head", omar: "editor" });
    expect(hall.rights).toEqual(["bilal", "omar", "omar", "nadia"]);
    const told = { audience: { kind: "taking-part", sessionId: "s" }, topic: "delegations" };
    expect(hall.told).toEqual([told, told]);
    const record = (await hall.db.read.select().from(event)).filter(({ act }) => act === "handOver");
    expect(record.map(({ thingId, detail }) => [thingId, detail["from"], detail["to"]])).toEqual([
      ["d-lem", "bilal", "omar"],
      ["d-lem", "omar", "nadia"],
    ]);
    // Who was head when can still be read.
    const heads = (await hall.db.read.select().from(delegate)).filter(
      ({ delegationId, role }) => delegationId === "d-lem" && role === "head",
    );
    expect(heads.map(({ personId, untilAt }) => [personId, untilAt === null])).toEqual([
      ["bilal", false],
      ["omar", false],
      ["nadia", true],
    ]);
  });

  it("[PE12] hands over and leaves", async () => {
    const hall = await openDelegations();
    done(await give(hall, "bilal", "nadia", "leave"));
    expect(await seats(hall)).toEqual({ nadia: "head", omar: "reader" });
    expect((await hall.as("bilal")).viewer).toMatchObject({ delegates: [] });
  });

  it("[PE12] hands over to nobody else's people, to nobody suspended, and not to themselves", async () => {
    const hall = await openDelegations();
    const before = await seats(hall);
    const bilal = await hall.as("bilal");
    for (const delegateId of [await seatOf(hall, "priya", "d-nor"), await seatOf(hall, "bilal"), "none"]) {
      const refused = await handOver(bilal, { delegationId: "d-lem", delegateId, afterwards: "leave" });
      expect(refusedFor(refused)).toBe("head-successor");
    }
    done(await suspendPerson(await hall.as("sela"), { personId: "nadia", suspended: true }));
    expect(refusedFor(await give(hall, "bilal", "nadia"))).toBe("head-successor");
    expect(await seats(hall)).toEqual(before);
  });

  it("[PE11] [PE12] alone hands over: not its editors, another's head, the chair or the secretariat", async () => {
    const hall = await openDelegations();
    for (const by of ["nadia", "omar", "priya", "amara", "sela", "dario"]) {
      expect({ by, code: refusedFor(await give(hall, by, "omar")) }).toEqual({ by, code: "not-allowed" });
    }
    const delegateId = await seatOf(hall, "omar");
    const publics = await hall.as(null);
    expect(
      refusedFor(await handOver(publics, { delegationId: "d-lem", delegateId, afterwards: "leave" })),
    ).toBe("sign-in");
    const nowhere = { delegationId: "none", delegateId, afterwards: "leave" } as const;
    expect(refusedFor(await handOver(await hall.as("bilal"), nowhere))).toBe("not-there");
  });

  it("[PE12] of several steps down in favour of another, and stays out of what both do at the same moment", async () => {
    const hall = await openDelegations();
    done(await give(hall, "bilal", "nadia"));
    // Two heads: Nadia makes Bilal one again.
    done(await removeDelegate(await hall.as("nadia"), { delegateId: await seatOf(hall, "bilal") }));
    done(
      await addDelegate(await hall.as("nadia"), { delegationId: "d-lem", personId: "bilal", role: "head" }),
    );
    const both = await Promise.all([give(hall, "bilal", "nadia"), give(hall, "nadia", "bilal")]);
    expect(both.map((one) => "refused" in one).toSorted()).toEqual([false, true]);
    expect(Object.values(await seats(hall)).filter((role) => role === "head")).toHaveLength(1);
  });

  it("[PE13] who is the last does not leave without naming another; two who leave at once are not the last two", async () => {
    const hall = await openDelegations();
    const leave = async (by: string) =>
      removeDelegate(await hall.as(by), { delegateId: await seatOf(hall, by) });
    expect(refusedFor(await leave("bilal"))).toBe("last-head");
    done(await give(hall, "bilal", "nadia", "leave"));
    expect(refusedFor(await leave("nadia"))).toBe("last-head");
    done(
      await addDelegate(await hall.as("nadia"), { delegationId: "d-lem", personId: "bilal", role: "head" }),
    );
    const both = await Promise.all([leave("bilal"), leave("nadia")]);
    expect(both.map((one) => "refused" in one).toSorted()).toEqual([false, true]);
    expect(Object.values(await seats(hall)).filter((role) => role === "head")).toHaveLength(1);
  });
});

describe("the page of delegations", () => {
  it("[PE12] asks once more before the headship goes, and does nothing until then", async () => {
    const hall = await openDelegations();
    const delegateId = await seatOf(hall, "nadia");
    const chosen = { delegation: "d-lem", delegate: delegateId, afterwards: "leave" };
    const asked = { context: await hall.as("bilal"), params };
    const reviewed = await submit(action, { intent: "review-hand-over", ...chosen }, asked);
    const review = { delegationId: "d-lem", delegateId, afterwards: "leave" };
    expect(reviewed).toMatchObject({ status: 200, body: { review } });
    expect(await seats(hall)).toMatchObject({ bilal: "head", nadia: "editor" });
    const given = await submit(action, { intent: "hand-over", ...chosen }, asked);
    expect(given).toMatchObject({ status: 302, location: "/sessions/s/delegations" });
    expect(await seats(hall)).toEqual({ nadia: "head", omar: "reader" });
    // Once more, from the same page: the former head may not, and is told so.
    const again = { context: await hall.as("bilal"), params };
    expect((await submit(action, { intent: "hand-over", ...chosen }, again)).status).toBe(403);
    expect((await show(loader, again)).body).toMatchObject({ me: "bilal", delegates: [] });
  });

  it("[PE9] [PE12] keeps what was chosen when the successor has left meanwhile", async () => {
    const hall = await openDelegations();
    const delegateId = await seatOf(hall, "nadia");
    done(await removeDelegate(await hall.as("bilal"), { delegateId }));
    const chosen = { intent: "hand-over", delegation: "d-lem", delegate: delegateId, afterwards: "leave" };
    const answer = await submit(action, chosen, { context: await hall.as("bilal"), params });
    expect(answer).toMatchObject({
      status: 422,
      body: { refusal: { fields: { delegate: "head-successor" } }, typed: chosen },
    });
  });
});
