/** Officers, delegations and their people: who appoints and seats whom, and that rights come and go with it. */
import { describe, expect, it } from "vitest";
import { addDelegate } from "#app/commands/add-delegate.ts";
import { addDelegation } from "#app/commands/add-delegation.ts";
import { appointOfficer } from "#app/commands/appoint-officer.ts";
import { nameForDelegation } from "#app/commands/name-for-delegation.ts";
import { removeDelegate } from "#app/commands/remove-delegate.ts";
import { seatFirstHead } from "#app/commands/seat-first-head.ts";
import { suspendPerson } from "#app/commands/suspend-person.ts";
import { withdrawOfficer } from "#app/commands/withdraw-officer.ts";
import { action, loader } from "#app/routes/delegations/route.tsx";
import { action as invite } from "#app/routes/people/route.tsx";
import { type Act, may } from "#app/rules/permissions.ts";
import { mayHear } from "#app/server/hearing.ts";
import { delegate, type officer } from "#db/schema/people.ts";
import { event } from "#db/schema/record.ts";
import { listDelegates } from "#db/stores/delegate.ts";
import { listDelegations } from "#db/stores/delegation.ts";
import { type Hall, done, openHall, refusedFor } from "#test/support/people.ts";
import { show, submit } from "#test/support/reception.ts";

const params = { session: "s" };
const acts = async ({ db }: Hall) => (await db.read.select().from(event)).map(({ act }) => act);

async function appoint(hall: Hall, personId: string, office: (typeof officer.$inferSelect)["office"]) {
  return appointOfficer(await hall.as("sela"), { sessionId: "s", personId, office });
}

/** A head gives a seat. */
async function seat(
  hall: Hall,
  by: string,
  personId: string,
  { delegationId = "d-lem", role = "editor" as "head" | "editor" } = {},
) {
  return addDelegate(await hall.as(by), { delegationId, personId, role });
}

/** The secretariat, or somebody who tries, names a first head. */
async function nameHead(hall: Hall, by: string, personId: string, delegationId = "d-lem") {
  return seatFirstHead(await hall.as(by), { delegationId, personId });
}

/** The secretariat says for which delegation a person may be seated. */
async function nameFor(hall: Hall, personId: string, entityId = "lem") {
  return nameForDelegation(await hall.as("sela"), { personId, entityId });
}

/** Realia takes part as well; its delegation's id. */
async function withRealia(hall: Hall): Promise<string> {
  const realia = { sessionId: "s", entityId: "rea", capacity: "participant" } as const;
  return done(await addDelegation(await hall.as("amara"), realia)).delegationId;
}

/** Whether the person may do it now, asked of the database anew. */
async function mayNow(hall: Hall, personId: string, act: Act, delegationId?: string): Promise<boolean> {
  const { viewer } = await hall.as(personId);
  const thing = delegationId
    ? ({ kind: "delegation", sessionId: "s", delegationId } as const)
    : ({ kind: "session", sessionId: "s" } as const);
  return may(act, viewer, thing) === true;
}

describe("officers", () => {
  it("[PE3] have their rights from the appointment to the withdrawal, and their open pages are told", async () => {
    const hall = await openHall();
    expect(await mayNow(hall, "dario", "manageAgenda")).toBe(false);
    const { officerId } = done(await appoint(hall, "dario", "chair"));
    expect(await mayNow(hall, "dario", "manageAgenda")).toBe(true);
    done(await withdrawOfficer(await hall.as("sela"), { sessionId: "s", officerId }));
    expect(await mayNow(hall, "dario", "manageAgenda")).toBe(false);
    expect(hall.rights).toEqual(["dario", "dario"]);
    expect(await acts(hall)).toEqual(["appointOfficer", "withdrawOfficer"]);
    const again = withdrawOfficer(await hall.as("sela"), { sessionId: "s", officerId });
    expect(refusedFor(await again)).toBe("not-there");
  });

  it("[PE3] hold one office each in a session", async () => {
    const hall = await openHall();
    done(await appoint(hall, "dario", "facilitator"));
    expect(refusedFor(await appoint(hall, "dario", "vice-chair"))).toBe("officer-already");
    expect(refusedFor(await appoint(hall, "nobody", "chair"))).toBe("person-not-there");
    done(await suspendPerson(await hall.as("sela"), { personId: "erin", suspended: true }));
    expect(refusedFor(await appoint(hall, "erin", "chair"))).toBe("person-not-there");
  });

  it("[PE3] are appointed by the secretariat, of the session too, and not by the chair", async () => {
    const hall = await openHall();
    const input = { sessionId: "s", personId: "erin", office: "facilitator" } as const;
    for (const personId of ["amara", "bilal", "chiara", "dario"]) {
      expect(refusedFor(await appointOfficer(await hall.as(personId), input))).toBe("not-allowed");
    }
    expect(refusedFor(await appointOfficer(await hall.as(null), input))).toBe("sign-in");
    done(await appoint(hall, "dario", "secretariat"));
    done(await appointOfficer(await hall.as("dario"), input));
    expect(await acts(hall)).toEqual(["appointOfficer", "appointOfficer"]);
  });

  it("[PE3] of another session stay out of reach of this one's secretariat", async () => {
    const hall = await openHall();
    done(await appoint(hall, "dario", "secretariat"));
    const elsewhere = { sessionId: "another", personId: "erin", office: "chair" } as const;
    expect(refusedFor(await appointOfficer(await hall.as("dario"), elsewhere))).toBe("not-allowed");
    const chair = { sessionId: "another", officerId: "o" };
    expect(refusedFor(await withdrawOfficer(await hall.as("sela"), chair))).toBe("not-there");
    expect(await mayNow(hall, "amara", "manageAgenda")).toBe(true);
  });
});

describe("delegations", () => {
  it("[AG7] of entities outside are added by those who preside, once each", async () => {
    const hall = await openHall();
    const realia = { sessionId: "s", entityId: "rea", capacity: "observer" } as const;
    expect(refusedFor(await addDelegation(await hall.as("bilal"), realia))).toBe("not-allowed");
    done(await addDelegation(await hall.as("amara"), realia));
    expect(refusedFor(await addDelegation(await hall.as("amara"), realia))).toBe("entity-not-outside");
    const invented = { sessionId: "s", entityId: "nor", capacity: "observer" } as const;
    expect(refusedFor(await addDelegation(await hall.as("amara"), invented))).toBe("entity-not-outside");
    expect((await listDelegations(hall.db.read, "s")).map(({ code, capacity }) => [code, capacity])).toEqual([
      ["LEM", "participant"],
      ["REA", "observer"],
    ]);
    expect(hall.told).toEqual([{ audience: { kind: "session", sessionId: "s" }, topic: "delegations" }]);
  });

  it("[PE8] are told to those who take part alone when somebody takes a seat or leaves it", async () => {
    const hall = await openHall();
    const { delegateId } = done(await seat(hall, "bilal", "erin"));
    done(await removeDelegate(await hall.as("bilal"), { delegateId }));
    const realia = await withRealia(hall);
    const before = hall.told.length;
    done(await nameHead(hall, "sela", "dario", realia));
    const told = [...hall.told.slice(0, 2), ...hall.told.slice(before)];
    expect(told).toHaveLength(3);
    const hearers = new Map<string | null, number>();
    for (const who of ["amara", "bilal", "sela", "erin", null]) {
      const { viewer } = await hall.as(who);
      const heard = told.filter((notice) => mayHear(viewer, { ...notice, door: null }));
      hearers.set(who, heard.length);
    }
    expect([...hearers]).toEqual([
      ["amara", 3],
      ["bilal", 3],
      ["sela", 3],
      ["erin", 0],
      [null, 0],
    ]);
  });

  it("[PE4] seat a person once in a session", async () => {
    const hall = await openHall();
    const realia = await withRealia(hall);
    done(await nameHead(hall, "sela", "dario", realia));
    done(await nameFor(hall, "dario"));
    expect(refusedFor(await seat(hall, "bilal", "dario"))).toBe("delegate-already");
    expect(await mayNow(hall, "dario", "draft", realia)).toBe(true);
    expect(await mayNow(hall, "dario", "readDrafts", "d-lem")).toBe(false);
  });

  it("[PE4] [PM6] have neither chair nor secretariat in them, whichever comes first", async () => {
    const hall = await openHall();
    const realia = await withRealia(hall);
    expect(refusedFor(await nameHead(hall, "sela", "amara", realia))).toBe("officer-not-delegate");
    expect(refusedFor(await nameHead(hall, "sela", "sela", realia))).toBe("officer-not-delegate");
    done(await appoint(hall, "dario", "secretariat"));
    expect(refusedFor(await nameHead(hall, "dario", "dario", realia))).toBe("officer-not-delegate");
    done(await nameFor(hall, "dario"));
    expect(refusedFor(await seat(hall, "bilal", "dario"))).toBe("officer-not-delegate");
    expect(refusedFor(await appoint(hall, "bilal", "chair"))).toBe("delegate-not-officer");
    expect(refusedFor(await appoint(hall, "bilal", "secretariat"))).toBe("delegate-not-officer");
    for (const personId of ["amara", "sela", "dario"]) {
      expect(await mayNow(hall, personId, "readDrafts", "d-lem")).toBe(false);
    }
    // A facilitator or a vice-chair often comes from a delegation.
    done(await appoint(hall, "bilal", "facilitator"));
    expect(await mayNow(hall, "bilal", "readDrafts", "d-lem")).toBe(true);
  });

  it("[PE11] get a first head from the secretariat, of the session too, and never from the chair", async () => {
    const hall = await openHall();
    const realia = await withRealia(hall);
    for (const personId of ["amara", "bilal", "chiara", "dario"]) {
      expect(refusedFor(await nameHead(hall, personId, "erin", realia))).toBe("not-allowed");
    }
    done(await appoint(hall, "chiara", "secretariat"));
    done(await nameHead(hall, "chiara", "dario", realia));
    expect(await mayNow(hall, "dario", "release", realia)).toBe(true);
    expect(hall.rights).toEqual(["chiara", "dario"]);
    expect(refusedFor(await nameHead(hall, "chiara", "erin", realia))).toBe("head-there");
    expect(refusedFor(await nameHead(hall, "sela", "erin", "no-such"))).toBe("not-there");
    expect((await acts(hall)).slice(-1)).toEqual(["addDelegate"]);
  });

  it("[PE11] that have a head are closed to chair and secretariat: they seat and remove nobody", async () => {
    const hall = await openHall();
    const before = await listDelegates(hall.db.read, "s");
    for (const personId of ["amara", "sela"]) {
      expect(refusedFor(await seat(hall, personId, "erin"))).toBe("not-allowed");
      const removing = removeDelegate(await hall.as(personId), { delegateId: "m" });
      expect(refusedFor(await removing)).toBe("not-allowed");
    }
    expect(refusedFor(await nameHead(hall, "sela", "erin"))).toBe("head-there");
    expect(await listDelegates(hall.db.read, "s")).toEqual(before);
    expect(await acts(hall)).toEqual([]);
  });

  it("[PE11] [PE13] all of whose heads are suspended get a new one from the secretariat", async () => {
    const hall = await openHall();
    done(await seat(hall, "bilal", "erin", { role: "head" }));
    done(await suspendPerson(await hall.as("sela"), { personId: "bilal", suspended: true }));
    expect(refusedFor(await nameHead(hall, "sela", "dario"))).toBe("head-there");
    const erin = (await listDelegates(hall.db.read, "s")).find(({ personId }) => personId === "erin");
    const leaving = removeDelegate(await hall.as("erin"), { delegateId: erin?.id ?? "" });
    expect(refusedFor(await leaving)).toBe("last-head");
    done(await suspendPerson(await hall.as("sela"), { personId: "erin", suspended: true }));
    done(await nameHead(hall, "sela", "dario"));
    expect(refusedFor(await nameHead(hall, "sela", "chiara"))).toBe("head-there");
    // Back again, the first head has the same rights as before.
    done(await suspendPerson(await hall.as("sela"), { personId: "bilal", suspended: false }));
    done(await nameFor(hall, "chiara"));
    done(await seat(hall, "bilal", "chiara"));
  });

  it("[PE11] are filled by their own head, not by another's head or an editor", async () => {
    const hall = await openHall();
    const realia = await withRealia(hall);
    done(await nameFor(hall, "dario"));
    done(await seat(hall, "bilal", "dario"));
    done(await nameHead(hall, "sela", "chiara", realia));
    expect(refusedFor(await seat(hall, "bilal", "erin", { delegationId: realia }))).toBe("not-allowed");
    expect(refusedFor(await seat(hall, "dario", "erin"))).toBe("not-allowed");
    expect(refusedFor(await seat(hall, "chiara", "erin"))).toBe("not-allowed");
    expect(refusedFor(await seat(hall, "bilal", "erin", { delegationId: "no-such" }))).toBe("not-there");
    done(await seat(hall, "bilal", "erin"));
    const seated = (await listDelegates(hall.db.read, "s")).map((one) => [one.personId, one.delegationId]);
    expect(seated).toEqual([
      ["bilal", "d-lem"],
      ["chiara", realia],
      ["erin", "d-lem"],
      ["dario", "d-lem"],
    ]);
  });

  it("[PE4] [PM6] that a person leaves shut their drafts at once", async () => {
    const hall = await openHall();
    const { delegateId } = done(await seat(hall, "bilal", "erin"));
    expect(await mayNow(hall, "erin", "readDrafts", "d-lem")).toBe(true);
    done(await removeDelegate(await hall.as("bilal"), { delegateId }));
    expect(await mayNow(hall, "erin", "readDrafts", "d-lem")).toBe(false);
    expect(hall.rights).toEqual(["erin", "erin"]);
    expect(refusedFor(await removeDelegate(await hall.as("bilal"), { delegateId }))).toBe("not-there");
    expect(await acts(hall)).toEqual(["addDelegate", "removeDelegate"]);
  });

  it("[PE4] record once that somebody left, however many say so at the same moment", async () => {
    const hall = await openHall();
    done(await seat(hall, "bilal", "erin", { role: "head" }));
    const both = await Promise.all(
      ["bilal", "erin"].map(async (by) => removeDelegate(await hall.as(by), { delegateId: "m" })),
    );
    expect(both.filter((one) => "personId" in one)).toHaveLength(1);
    expect(await acts(hall)).toEqual(["addDelegate", "removeDelegate"]);
    const stay = (await hall.db.read.select().from(delegate)).filter(({ untilAt }) => untilAt === null);
    expect(stay.map(({ personId }) => personId)).toEqual(["erin"]);
  });
});

describe("the page of delegations", () => {
  const see = async (hall: Hall, personId: string | null) =>
    (await show(loader, { context: await hall.as(personId), params })).body as {
      delegates: { name: string }[];
      officers: { name: string }[];
      delegations: { code: string; mine: boolean; hasHead: boolean; namesHead: boolean }[];
      forOffice: { id: string }[];
      forHead: { id: string }[];
      forSeat: { id: string; name: string }[];
      outside: unknown[];
    };

  it("[PE8] names delegates to those who take part, officers and delegations to everybody", async () => {
    const hall = await openHall();
    for (const personId of [null, "dario", "erin"]) {
      const page = await see(hall, personId);
      expect(page.delegates).toEqual([]);
      expect(page.officers.map(({ name }) => name)).toEqual(["amara of the tests"]);
      expect(page.delegations.map(({ code }) => code)).toEqual(["LEM"]);
      expect([page.forOffice, page.forHead, page.forSeat, page.outside]).toEqual([[], [], [], []]);
    }
    for (const personId of ["amara", "bilal", "sela"]) {
      expect((await see(hall, personId)).delegates.map(({ name }) => name)).toEqual(["bilal of the tests"]);
    }
  });

  it("[PE11] offers whoever could sit there: for a first head to the secretariat, else to the head", async () => {
    const hall = await openHall();
    expect((await see(hall, "sela")).forOffice.map(({ id }) => id).toSorted()).toEqual([
      "bilal",
      "chiara",
      "dario",
      "erin",
      "sela",
    ]);
    for (const personId of ["amara", "sela"]) {
      const { forHead, forSeat, delegations } = await see(hall, personId);
      expect([forHead, forSeat]).toEqual([[], []]);
      expect(delegations).toMatchObject([{ mine: false, hasHead: true, namesHead: false }]);
    }
    await withRealia(hall);
    const { forHead, delegations } = await see(hall, "sela");
    expect(forHead.map(({ id }) => id).toSorted()).toEqual(["chiara", "dario", "erin"]);
    expect(delegations.map(({ namesHead }) => namesHead)).toEqual([false, true]);
    const chairs = await see(hall, "amara");
    expect([chairs.forOffice, chairs.forHead]).toEqual([[], []]);
    expect(chairs.delegations).toMatchObject([{ hasHead: true }, { hasHead: false, namesHead: false }]);
    expect((await see(hall, "bilal")).forSeat.map(({ id }) => id)).toEqual(["erin"]);
    done(await seat(hall, "bilal", "erin"));
    expect((await see(hall, "erin")).forSeat).toEqual([]);
  });

  it("[PE11] [PE1] lets a head invite somebody into a seat, shows the link once, and records both acts", async () => {
    const hall = await openHall();
    const context = await hall.as("bilal");
    const fields = {
      intent: "invite-delegate",
      delegation: "d-lem",
      name: "Noor",
      email: "noor@example.org",
    };
    const invited = await submit(action, { ...fields, role: "editor" }, { context, params });
    expect(invited.body).toMatchObject({ link: { name: "Noor" } });
    expect(JSON.stringify(invited.body)).toMatch(/http:\/\/here\/links\/[\w-]{43}"/);
    expect(JSON.stringify(await see(hall, "bilal"))).not.toContain("/links/");
    expect((await see(hall, "bilal")).delegates.map(({ name }) => name)).toContain("Noor");
    expect(await acts(hall)).toEqual(["invitePerson", "addDelegate"]);
    expect(hall.told.map(({ audience }) => audience)).toEqual([
      { kind: "secretariat" },
      { kind: "taking-part", sessionId: "s" },
    ]);
    expect(await submit(action, { ...fields, name: " ", email: "no" }, { context, params })).toMatchObject({
      status: 422,
      body: { refusal: { fields: { name: "required", email: "email" } } },
    });
    for (const personId of ["amara", "sela", "dario"]) {
      const others = { context: await hall.as(personId), params };
      expect((await submit(action, { ...fields, email: "more@example.org" }, others)).status).toBe(403);
    }
    expect((await submit(action, { ...fields, delegation: "no-such" }, { context, params })).status).toBe(
      404,
    );
  });

  it("[PE10] tells a head no name of others, on the page or in an answer, and seats none of them", async () => {
    const hall = await openHall();
    const realia = await withRealia(hall);
    const page = JSON.stringify(await see(hall, "bilal"));
    for (const word of ["dario", "chiara", "Sela"]) expect(page).not.toContain(word);
    const answers = [];
    for (const person of ["dario", "nobody"]) {
      const fields = { intent: "add-delegate", delegation: "d-lem", person, role: "reader" };
      const answered = await submit(action, fields, { context: await hall.as("bilal"), params });
      expect(answered.body).toMatchObject({ refusal: { fields: { person: "person-not-there" } } });
      answers.push(JSON.stringify(answered).replaceAll(person, "…"));
    }
    // Whether somebody is on the list, sits elsewhere or holds an office cannot be told from the answer.
    done(await nameHead(hall, "sela", "dario", realia));
    for (const person of ["dario", "amara"]) {
      const fields = { intent: "add-delegate", delegation: "d-lem", person, role: "reader" };
      const answered = await submit(action, fields, { context: await hall.as("bilal"), params });
      answers.push(JSON.stringify(answered).replaceAll(person, "…"));
    }
    expect(new Set(answers).size).toBe(1);
    expect((await listDelegates(hall.db.read, "s")).map(({ personId }) => personId)).toEqual([
      "bilal",
      "dario",
    ]);
  });

  it("[PE10] offers a head whoever was invited for the delegation or sat in it before", async () => {
    const hall = await openHall();
    const sela = await hall.as("sela");
    const fields = { intent: "invite", name: "Lio of Lemuria", email: "lio@example.org", entity: "lem" };
    expect((await submit(invite, fields, { context: sela })).status).toBe(200);
    const unknown = { ...fields, email: "other@example.org", entity: "no-such" };
    expect((await submit(invite, unknown, { context: sela })).body).toMatchObject({
      refusal: { fields: { entity: "entity-not-there" } },
    });
    const named = { intent: "name-for", person: "dario", for: "lem" };
    expect((await submit(invite, { ...named, for: "no-such" }, { context: sela })).body).toMatchObject({
      refusal: { fields: { for: "entity-not-there" } },
    });
    expect((await submit(invite, named, { context: sela })).status).toBe(200);
    const { delegateId } = done(await seat(hall, "bilal", "dario"));
    done(await removeDelegate(await hall.as("bilal"), { delegateId }));
    expect((await submit(invite, { ...named, for: "" }, { context: sela })).status).toBe(200);
    const page = await see(hall, "bilal");
    expect(page.forSeat.map(({ name }) => name)).toEqual(["Erin", "Lio of Lemuria", "dario of the tests"]);
    done(await seat(hall, "bilal", "dario"));
  });

  it("[PE11] takes the name of a first head", async () => {
    const hall = await openHall();
    const realia = await withRealia(hall);
    const fields = { intent: "first-head", delegation: realia, person: "dario" };
    expect((await submit(action, fields, { context: await hall.as("sela"), params })).status).toBe(302);
    const again = await submit(
      action,
      { ...fields, person: "erin" },
      { context: await hall.as("sela"), params },
    );
    expect(again).toMatchObject({ status: 409, body: { refusal: { code: "head-there" } } });
    const seated = await listDelegates(hall.db.read, "s");
    expect(seated.filter(({ delegationId }) => delegationId === realia)).toMatchObject([
      { personId: "dario", role: "head" },
    ]);
  });

  it("[PE9] takes its forms, and gives back what was typed with one that it did not take", async () => {
    const hall = await openHall();
    const sela = { context: await hall.as("sela"), params };
    const appointed = await submit(action, { intent: "appoint", person: "dario", office: "chair" }, sela);
    expect(appointed).toMatchObject({ status: 302, location: "/sessions/s/delegations" });
    const fields = { intent: "appoint", person: "dario", office: "facilitator" };
    const { status, body } = await submit(action, fields, sela);
    expect(status).toBe(409);
    expect(body).toMatchObject({ refusal: { fields: { person: "officer-already" } }, typed: fields });
    const added = { intent: "add-delegation", entity: "rea", capacity: "observer" };
    expect((await submit(action, added, sela)).status).toBe(302);
    const seated = { intent: "add-delegate", delegation: "d-lem", person: "erin", role: "reader" };
    expect((await submit(action, seated, { context: await hall.as("bilal"), params })).status).toBe(302);
    const [, erin] = await listDelegates(hall.db.read, "s");
    expect(erin).toMatchObject({ personId: "erin", role: "reader" });
    const removed = { intent: "remove-delegate", delegate: erin?.id ?? "" };
    expect((await submit(action, removed, { context: await hall.as("bilal"), params })).status).toBe(302);
    expect((await submit(action, { intent: "withdraw", officer: "o" }, sela)).status).toBe(302);
    expect((await submit(action, { intent: "appoint", person: "erin", office: "king" }, sela)).status).toBe(
      400,
    );
    expect((await submit(action, { intent: "something" }, sela)).status).toBe(400);
  });

  it("[PM3] gives the fewest rights when a form does not say which", async () => {
    const hall = await openHall();
    const amara = { context: await hall.as("amara"), params };
    await submit(action, { intent: "add-delegation", entity: "rea", capacity: "king" }, amara);
    const realia = (await listDelegations(hall.db.read, "s")).find(({ code }) => code === "REA");
    expect(realia).toMatchObject({ capacity: "observer" });
    const fields = { intent: "add-delegate", delegation: "d-lem", person: "erin", role: "king" };
    await submit(action, fields, { context: await hall.as("bilal"), params });
    expect((await listDelegates(hall.db.read, "s")).at(-1)).toMatchObject({
      personId: "erin",
      role: "reader",
    });
  });
});
