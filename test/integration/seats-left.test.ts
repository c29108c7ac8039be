/** What ends with a seat in a delegation or an office, or with duties elsewhere: pens that were had through it, and links that a head made. */
import { describe, expect, it } from "vitest";
import { addDelegate } from "#app/commands/add-delegate.ts";
import { addDelegation } from "#app/commands/add-delegation.ts";
import { appointDrafter } from "#app/commands/appoint-drafter.ts";
import { appointOfficer } from "#app/commands/appoint-officer.ts";
import { createSession } from "#app/commands/create-session.ts";
import { findFollowable, followLink } from "#app/commands/follow-link.ts";
import { handOver } from "#app/commands/hand-over.ts";
import { inviteDelegate } from "#app/commands/invite-delegate.ts";
import { issuePasswordLink } from "#app/commands/issue-password-link.ts";
import { removeDelegate } from "#app/commands/remove-delegate.ts";
import { renewInvitation } from "#app/commands/renew-invitation.ts";
import { seatFirstHead } from "#app/commands/seat-first-head.ts";
import { bringBackDelegation, withdrawDelegation } from "#app/commands/withdraw-delegation.ts";
import { withdrawOfficer } from "#app/commands/withdraw-officer.ts";
import { may } from "#app/rules/permissions.ts";
import { loader } from "#app/routes/delegations/route.tsx";
import { event } from "#db/schema/record.ts";
import { findDrafter } from "#db/stores/drafter.ts";
import { listSeats } from "#db/stores/delegate.ts";
import { findTextDoor } from "#db/stores/text-audience.ts";
import { faultsIn } from "#test/support/database.ts";
import { type WritingHall, ask, openWriting } from "#test/support/delegations.ts";
import { done, refusedFor } from "#test/support/people.ts";
import { CLOSED } from "#test/support/room.ts";

const lemuria = { sessionId: "s", delegationId: "d-lem" };
const reason = "Entered by mistake";

/** Nadia and Bilal draft the resolution, which the bureau alone reads, and Nadia the report too. */
async function drafting() {
  const hall = await openWriting();
  const amara = await hall.as("amara");
  for (const [textId, personId] of [
    ["resolution", "nadia"],
    ["resolution", "bilal"],
    ["report", "nadia"],
  ] as const) {
    done(await appointDrafter(amara, { textId, personId }));
  }
  return hall;
}

/** What a person may do in the resolution now. */
async function pen(hall: WritingHall, personId: string) {
  const door = await findTextDoor(hall.db.read, "resolution");
  if (!door) throw new Error("the text is gone");
  const { viewer } = await hall.as(personId);
  const thing = { kind: "text", door } as const;
  return [may("readText", viewer, thing) === true, may("writeText", viewer, thing) === true];
}

const withdrawals = async ({ db }: WritingHall) =>
  (await db.read.select().from(event)).filter(({ act }) => act === "withdrawDrafter");

async function seatOf({ db }: WritingHall, personId: string): Promise<string> {
  const seat = (await listSeats(db.read, "d-lem")).find((one) => one.personId === personId);
  if (!seat) throw new Error(`${personId} has no seat`);
  return seat.id;
}

describe("a pen that was had through a seat", () => {
  it("[PE17] [PE15] ends with the withdrawal of the delegation, is said before and on record, and open pages are closed", async () => {
    const hall = await drafting();
    const asked = { params: { session: "s" }, search: "?withdraw=d-lem" };
    expect((await ask(hall, "sela", loader, asked)).body).toMatchObject({
      withdrawal: { people: 3, drafters: 2, drafted: 2 },
    });
    const page = await hall.enter("nadia", { delegationId: "d-lem" });
    const ids: string[] = [];
    for (const [textId, personId] of [
      ["resolution", "nadia"],
      ["resolution", "bilal"],
      ["report", "nadia"],
    ] as const) {
      ids.push((await findDrafter(hall.db.read, { textId, personId }))?.id ?? "");
    }
    const heard = hall.told.length;
    done(await withdrawDelegation(await hall.as("sela"), { ...lemuria, reason }));
    await hall.settle();
    expect(page.closed?.code).toBe(CLOSED.notAllowed);
    for (const personId of ["nadia", "bilal"]) {
      expect(await pen(hall, personId)).toEqual([false, false]);
      expect((await hall.as(personId)).viewer).toMatchObject({ drafts: [] });
    }
    // Whoever was appointed otherwise goes on.
    expect(await pen(hall, "chiara")).toEqual([true, true]);
    const told = hall.told.slice(heard).filter(({ topic }) => topic === "rights");
    expect(told.map(({ audience }) => audience)).toEqual(
      expect.arrayContaining([
        { kind: "text", textId: "resolution", sessionId: "s", who: "bureau" },
        { kind: "text", textId: "report", sessionId: "s", who: "bureau" },
      ]),
    );
    const record = await withdrawals(hall);
    expect(record.map(({ personId }) => personId)).toEqual(["sela", "sela", "sela"]);
    expect(record.map(({ detail }) => detail["drafterId"]).toSorted()).toEqual(ids.toSorted());
    const last = (await hall.db.read.select().from(event)).at(-1);
    expect(last?.act).toBe("withdrawDelegation");
    expect(last?.detail["pens"]).toHaveLength(3);
    expect(last?.detail["pens"]).toEqual(expect.arrayContaining(ids));
    expect(faultsIn(hall.db.folder)).toEqual([]);

    // Back again, they sit and do not draft.
    done(await bringBackDelegation(await hall.as("sela"), lemuria));
    expect((await hall.as("nadia")).viewer).toMatchObject({ delegates: [{ role: "editor" }], drafts: [] });
    expect(await pen(hall, "nadia")).toEqual([false, false]);
    done(await appointDrafter(await hall.as("amara"), { textId: "resolution", personId: "nadia" }));
    expect(await pen(hall, "nadia")).toEqual([true, true]);
  });

  it("[PE17] stays with whoever could be appointed without the seat", async () => {
    const hall = await drafting();
    const facilitator = { sessionId: "s", personId: "nadia", office: "facilitator" } as const;
    done(await appointOfficer(await hall.as("sela"), facilitator));
    const search = "?withdraw=d-lem";
    expect((await ask(hall, "sela", loader, { params: { session: "s" }, search })).body).toMatchObject({
      withdrawal: { drafters: 1, drafted: 1 },
    });
    done(await withdrawDelegation(await hall.as("sela"), { ...lemuria, reason }));
    expect(await pen(hall, "nadia")).toEqual([true, true]);
    expect(await pen(hall, "bilal")).toEqual([false, false]);
    // Nobody is appointed who would lose the pen: it is one rule.
    const again = { textId: "resolution", personId: "bilal" };
    expect(refusedFor(await appointDrafter(await hall.as("amara"), again))).toBe("person-not-in-session");
  });

  it("[PE17] [PE14] ends when a head removes the person, and does not come back with the seat", async () => {
    const hall = await drafting();
    const page = await hall.enter("nadia", { delegationId: "d-lem" });
    const bilal = await hall.as("bilal");
    done(await removeDelegate(bilal, { delegateId: await seatOf(hall, "nadia") }));
    await hall.settle();
    expect(page.closed?.code).toBe(CLOSED.notAllowed);
    expect(await pen(hall, "nadia")).toEqual([false, false]);
    expect(await pen(hall, "bilal")).toEqual([true, true]);
    expect((await withdrawals(hall)).map(({ thingId }) => thingId).toSorted()).toEqual([
      "report",
      "resolution",
    ]);
    const last = (await hall.db.read.select().from(event)).at(-1);
    expect(last).toMatchObject({ act: "removeDelegate", detail: { personId: "nadia" } });
    expect(last?.detail["pens"]).toHaveLength(2);
    done(await addDelegate(bilal, { delegationId: "d-lem", personId: "nadia", role: "editor" }));
    expect(await pen(hall, "nadia")).toEqual([false, false]);
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  it("[PE17] [PE12] ends when a head hands over and leaves, and stays with one who stays", async () => {
    const hall = await drafting();
    const give = async (by: string, to: string, afterwards: "editor" | "leave") =>
      done(
        await handOver(await hall.as(by), {
          delegationId: "d-lem",
          delegateId: await seatOf(hall, to),
          afterwards,
        }),
      );
    await give("bilal", "nadia", "editor");
    expect(await pen(hall, "bilal")).toEqual([true, true]);
    const page = await hall.enter("nadia", { delegationId: "d-lem" });
    await give("nadia", "bilal", "leave");
    await hall.settle();
    expect(page.closed?.code).toBe(CLOSED.notAllowed);
    expect(await pen(hall, "nadia")).toEqual([false, false]);
    expect(await pen(hall, "bilal")).toEqual([true, true]);
    const last = (await hall.db.read.select().from(event)).at(-1);
    expect(last).toMatchObject({ act: "handOver", detail: { afterwards: "leave" } });
    expect(last?.detail["pens"]).toHaveLength(2);
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });
});

describe("a pen that was had through an office", () => {
  const texts = ["resolution", "report"] as const;

  /** Whoever it is is appointed to the office, and drafts both texts. */
  async function inOffice(personId: string, office: "facilitator" | "secretariat" = "facilitator") {
    const hall = await openWriting();
    const sela = await hall.as("sela");
    const { officerId } = done(await appointOfficer(sela, { sessionId: "s", personId, office }));
    const amara = await hall.as("amara");
    for (const textId of texts) {
      hall.wait(1);
      done(await appointDrafter(amara, { textId, personId }));
    }
    const end = async () => done(await withdrawOfficer(await hall.as("sela"), { sessionId: "s", officerId }));
    const drafted = async (who: string) => {
      const { body } = await ask(hall, who, loader, { params: { session: "s" } });
      return (body as Awaited<ReturnType<typeof loader>>).officers.find(({ id }) => id === officerId)
        ?.drafted;
    };
    return { hall, officerId, end, drafted };
  }

  it("[PE17] [PE3] ends with the office, is said before and on record, and open pages are closed", async () => {
    const { hall, officerId, end, drafted } = await inOffice("dario");
    // To who may end the office, and to nobody else.
    expect([await drafted("sela"), await drafted("amara"), await drafted("bilal")]).toEqual([2, 0, 0]);
    const page = await hall.enter("dario");
    const ids: string[] = [];
    for (const textId of texts) {
      ids.push((await findDrafter(hall.db.read, { textId, personId: "dario" }))?.id ?? "");
    }
    const heard = hall.told.length;
    await end();
    await hall.settle();
    expect(page.closed?.code).toBe(CLOSED.notAllowed);
    expect(await pen(hall, "dario")).toEqual([false, false]);
    expect((await hall.as("dario")).viewer).toMatchObject({ offices: [], drafts: [] });
    // Whoever was appointed otherwise goes on.
    expect(await pen(hall, "chiara")).toEqual([true, true]);
    const told = hall.told.slice(heard).filter(({ topic }) => topic === "rights");
    expect(told.map(({ audience }) => audience)).toEqual(
      texts.map((textId) => ({ kind: "text", textId, sessionId: "s", who: "bureau" })),
    );
    expect(hall.rights.at(-1)).toBe("dario");
    const record = await withdrawals(hall);
    expect(record).toMatchObject(
      texts.map((textId, at) => ({
        personId: "sela",
        thing: "text",
        thingId: textId,
        detail: { drafterId: ids[at], personId: "dario" },
      })),
    );
    const last = (await hall.db.read.select().from(event)).at(-1);
    expect(last).toMatchObject({ act: "withdrawOfficer", thingId: officerId, detail: { pens: ids } });
    expect(faultsIn(hall.db.folder)).toEqual([]);

    // In office again, they do not draft.
    const facilitator = { sessionId: "s", personId: "dario", office: "facilitator" } as const;
    done(await appointOfficer(await hall.as("sela"), facilitator));
    expect((await hall.as("dario")).viewer).toMatchObject({ drafts: [] });
  });

  it.each([
    ["sits in a delegation", "nadia", "facilitator"],
    ["is of the secretariat", "sela", "secretariat"],
  ] as const)("[PE17] stays with whoever %s", async (_, personId, office) => {
    const { hall, end, drafted } = await inOffice(personId, office);
    expect(await drafted("sela")).toBe(0);
    await end();
    expect(await pen(hall, personId)).toEqual([true, true]);
    expect(await withdrawals(hall)).toEqual([]);
    if (personId !== "nadia") return;
    // With the seat, which is the last that they had it through, it ends.
    done(await removeDelegate(await hall.as("bilal"), { delegateId: await seatOf(hall, "nadia") }));
    expect(await pen(hall, "nadia")).toEqual([false, false]);
  });

  it("[PE17] stays with the office when the seat is left, and ends when that ends too", async () => {
    const { hall, end } = await inOffice("nadia");
    done(await removeDelegate(await hall.as("bilal"), { delegateId: await seatOf(hall, "nadia") }));
    expect(await pen(hall, "nadia")).toEqual([true, true]);
    await end();
    expect(await pen(hall, "nadia")).toEqual([false, false]);
    expect(await withdrawals(hall)).toHaveLength(2);
  });
});

describe("a link that a head made", () => {
  const noor = { delegationId: "d-lem", name: "Noor", email: "noor@example.org", role: "editor" } as const;
  const tokenOf = ({ address }: { readonly address: string }): string => address.split("/").at(-1) ?? "";

  /** Noor sits in Lemuria and has the first link or a renewed one, not yet followed. */
  async function invited(which: "first" | "renewed") {
    const hall = await openWriting();
    const bilal = await hall.as("bilal");
    const first = done(await inviteDelegate(bilal, noor));
    const { personId } = first;
    const delegateId = await seatOf(hall, personId);
    const link = which === "first" ? first : done(await renewInvitation(bilal, { delegateId }));
    expect(await isGood(hall, tokenOf(link))).toBe(true);
    return { hall, personId, delegateId, token: tokenOf(link) };
  }

  const isGood = async (hall: WritingHall, token: string): Promise<boolean> => {
    const { now } = await hall.as(null);
    return (await findFollowable(hall.db.read, { token, now: now() })) !== null;
  };

  /** A delegation of an entity in another session. */
  async function elsewhere(hall: WritingHall, entityId: string): Promise<string> {
    const sela = await hall.as("sela");
    const facts = { title: "Second session", body: "Standing Group", kind: "plenary", symbol: "" };
    const days = { from: "2027-03-01", to: "2027-03-05", venue: "Room 1", timeZone: "America/New_York" };
    const { sessionId } = done(await createSession(sela, { ...facts, ...days, exercise: true }));
    const which = { sessionId, entityId, capacity: "participant" } as const;
    return done(await addDelegation(sela, which)).delegationId;
  }

  const duties: Readonly<
    Record<string, (hall: WritingHall, who: { personId: string; delegateId: string }) => Promise<unknown>>
  > = {
    "is appointed to an office": async (hall, { personId }) =>
      appointOfficer(await hall.as("sela"), { sessionId: "s", personId, office: "facilitator" }),
    "is appointed as drafter": async (hall, { personId }) =>
      appointDrafter(await hall.as("amara"), { textId: "resolution", personId }),
    "is seated for another entity": async (hall, { personId }) =>
      seatFirstHead(await hall.as("sela"), { delegationId: await elsewhere(hall, "nor"), personId }),
    "is removed": async (hall, { delegateId }) => removeDelegate(await hall.as("bilal"), { delegateId }),
    "is of a delegation that is withdrawn": async (hall) =>
      withdrawDelegation(await hall.as("sela"), { ...lemuria, reason }),
  };

  for (const which of ["first", "renewed"] as const) {
    for (const [what, act] of Object.entries(duties)) {
      it(`[PE18] [PE2] ends when the person ${what}, and is answered as any that does not work (${which})`, async () => {
        const { hall, token, ...who } = await invited(which);
        done(await act(hall, who));
        expect(await isGood(hall, token)).toBe(false);
        const password = "a long sentence nobody guesses";
        expect(refusedFor(await followLink(await hall.as(null), { token, password }))).toBe("link-gone");
        const ended = (await hall.db.read.select().from(event)).filter((row) => row.act === "endLinks");
        expect(ended).toMatchObject([{ thing: "person", thingId: who.personId }]);
        expect(ended[0]?.detail["links"]).toHaveLength(1);
        expect(JSON.stringify(ended)).not.toContain(token);
        expect(faultsIn(hall.db.folder)).toEqual([]);
      });
    }
  }

  it("[PE18] [PE16] [PE17] is not open while the person is in office, and none gives back a pen had through it", async () => {
    const hall = await openWriting();
    const bilal = await hall.as("bilal");
    const sela = await hall.as("sela");
    const { personId, address } = done(await inviteDelegate(bilal, noor));
    const delegateId = await seatOf(hall, personId);
    const facilitator = { sessionId: "s", personId, office: "facilitator" } as const;
    const { officerId } = done(await appointOfficer(sela, facilitator));
    expect(await isGood(hall, tokenOf({ address }))).toBe(false);
    done(await appointDrafter(await hall.as("amara"), { textId: "resolution", personId }));
    done(await removeDelegate(bilal, { delegateId }));
    done(await withdrawOfficer(sela, { sessionId: "s", officerId }));
    done(await addDelegate(bilal, { delegationId: "d-lem", personId, role: "editor" }));
    // Nothing is left beyond the delegation, so its head makes a link again.
    const link = done(await renewInvitation(bilal, { delegateId: await seatOf(hall, personId) }));
    expect(await isGood(hall, tokenOf(link))).toBe(true);
    expect((await hall.as(personId)).viewer).toMatchObject({ offices: [], drafts: [] });
  });

  it("[PE18] goes on where it is the secretariat's, and through another seat of the same entity", async () => {
    const { hall, personId, delegateId, token } = await invited("first");
    const sela = await hall.as("sela");
    const delegationId = await elsewhere(hall, "lem");
    done(await seatFirstHead(sela, { delegationId, personId }));
    expect(await isGood(hall, token)).toBe(true);
    const link = tokenOf(done(await issuePasswordLink(sela, { personId })));
    done(await appointOfficer(sela, { sessionId: "s", personId, office: "facilitator" }));
    done(await removeDelegate(await hall.as("bilal"), { delegateId }));
    expect(await isGood(hall, link)).toBe(true);
    expect((await hall.db.read.select().from(event)).map(({ act }) => act)).not.toContain("endLinks");
  });
});
