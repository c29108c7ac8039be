/** A delegation that leaves a session and comes back, a person who leaves a delegation, and a link that was lost. */
import { describe, expect, it } from "vitest";
import { addDelegate } from "#app/commands/add-delegate.ts";
import { addDelegations } from "#app/commands/add-delegations.ts";
import { appointDrafter } from "#app/commands/appoint-drafter.ts";
import { appointOfficer } from "#app/commands/appoint-officer.ts";
import { correctStatement } from "#app/commands/correct-statement.ts";
import { deliverStatement } from "#app/commands/deliver-statement.ts";
import { draftPosition } from "#app/commands/draft-position.ts";
import { draftStatement } from "#app/commands/draft-statement.ts";
import { findFollowable } from "#app/commands/follow-link.ts";
import { inviteDelegate } from "#app/commands/invite-delegate.ts";
import { issuePasswordLink } from "#app/commands/issue-password-link.ts";
import { nameForDelegation } from "#app/commands/name-for-delegation.ts";
import { releasePosition } from "#app/commands/release-position.ts";
import { releaseStatement } from "#app/commands/release-statement.ts";
import { removeDelegate } from "#app/commands/remove-delegate.ts";
import { seatFirstHead } from "#app/commands/seat-first-head.ts";
import { suspendPerson } from "#app/commands/suspend-person.ts";
import { bringBackDelegation, withdrawDelegation } from "#app/commands/withdraw-delegation.ts";
import { createTranslator } from "#app/i18n/translate.ts";
import { action, loader } from "#app/routes/delegations/route.tsx";
import { action as addAction, loader as addLoader } from "#app/routes/delegations-add/route.tsx";
import { loader as draftLoader } from "#app/routes/position-draft/route.tsx";
import { loader as positionLoader } from "#app/routes/position/route.tsx";
import { loader as statementLoader } from "#app/routes/statement/route.tsx";
import type { Loaded } from "#app/routes/delegations/load.ts";
import { event } from "#db/schema/record.ts";
import { linkAccount } from "#db/stores/person.ts";
import { listDelegations } from "#db/stores/delegation.ts";
import { faultsIn } from "#test/support/database.ts";
import {
  ask,
  openDelegations,
  openWriting,
  positionWords,
  statementWords,
} from "#test/support/delegations.ts";
import { type Hall, done, openHall, refusedFor } from "#test/support/people.ts";
import { submit } from "#test/support/reception.ts";

const params = { session: "s" };
const lemuria = { sessionId: "s", delegationId: "d-lem" };
const reason = "Entered by mistake";
const acts = async ({ db }: Hall) => (await db.read.select().from(event)).map(({ act }) => act);

const send = async (hall: Hall, personId: string | null, form: Readonly<Record<string, string>>) =>
  submit(action, form, { context: await hall.as(personId), params });

async function see(hall: Hall, personId: string | null, search = ""): Promise<Loaded> {
  const { status, body } = await ask(hall, personId, loader, { params, search });
  expect(status).toBe(200);
  return body as Loaded;
}

/** Lemuria has released one position and prepares another. */
async function withDrafts() {
  const hall = await openDelegations();
  const bilal = await hall.as("bilal");
  const first = done(await draftPosition(bilal, positionWords));
  const released = done(await releasePosition(bilal, { draftId: first.draftId, edition: 1 }));
  const { draftId } = done(
    await draftPosition(await hall.as("nadia"), { ...positionWords, summary: "Ours alone." }),
  );
  return { hall, draftId, positionId: released.positionId };
}

describe("a delegation that is withdrawn", () => {
  it("[PE15] is withdrawn by the secretariat alone, with a reason, after what it means was said", async () => {
    const { hall } = await withDrafts();
    const form = { intent: "withdraw-delegation", delegation: "d-lem", reason };
    for (const personId of ["amara", "bilal", "nadia", "priya", "dario"]) {
      expect((await send(hall, personId, form)).status).toBe(403);
      expect(await see(hall, personId, "?withdraw=d-lem")).toMatchObject({
        withdraws: false,
        withdrawal: null,
      });
    }
    expect((await send(hall, null, form)).status).toBe(401);
    expect(await see(hall, "sela", "?withdraw=d-lem")).toMatchObject({
      withdrawal: { delegationId: "d-lem", name: "Lemuria", people: 3, released: 1 },
    });
    expect(await see(hall, "sela", "?withdraw=none")).toMatchObject({ withdraws: true, withdrawal: null });
    const before = await acts(hall);
    const silent = await send(hall, "sela", { ...form, reason: " \u200B" });
    expect(silent).toMatchObject({
      status: 422,
      body: { refusal: { fields: { reason: "delegation-reason-missing" } }, typed: { delegation: "d-lem" } },
    });
    expect((await send(hall, "sela", { ...form, delegation: "none" })).status).toBe(404);
    const elsewhere = { sessionId: "another", delegationId: "d-lem", reason };
    expect(refusedFor(await withdrawDelegation(await hall.as("sela"), elsewhere))).toBe("not-there");
    expect(await acts(hall)).toEqual(before);
  });

  it("[PE15] [AG7] is listed as withdrawn with day and reason, its people lose their seats and are told", async () => {
    const { hall } = await withDrafts();
    const heard = hall.told.length;
    const form = { intent: "withdraw-delegation", delegation: "d-lem", reason };
    expect(await send(hall, "sela", form)).toMatchObject({
      status: 302,
      location: "/sessions/s/delegations",
    });
    expect(hall.told.slice(heard)).toEqual([
      { audience: { kind: "session", sessionId: "s" }, topic: "delegations" },
    ]);
    expect([...hall.rights].toSorted()).toEqual(["bilal", "nadia", "omar"]);
    for (const personId of [null, "bilal", "amara", "sela"]) {
      const { delegations, withdrawn } = await see(hall, personId);
      expect(delegations.map(({ code }) => code)).toEqual(["NOR"]);
      expect(withdrawn).toMatchObject([{ id: "d-lem", name: "Lemuria", reason }]);
      expect(withdrawn[0]?.withdrawnAt).toBeGreaterThan(0);
    }
    for (const personId of ["bilal", "nadia", "omar"]) {
      expect((await hall.as(personId)).viewer).toMatchObject({ delegates: [] });
    }
    const [last] = (await hall.db.read.select().from(event)).slice(-1);
    expect(last).toMatchObject({
      act: "withdrawDelegation",
      thing: "delegation",
      thingId: "d-lem",
      detail: { reason, released: 1 },
    });
    // Of two who withdraw it the second is told.
    expect(await send(hall, "sela", form)).toMatchObject({
      status: 409,
      body: { refusal: { code: "delegation-withdrawn" } },
    });
    expect(refusedFor(await seatFirstHead(await hall.as("sela"), { ...lemuria, personId: "dario" }))).toBe(
      "not-there",
    );
  });

  it("[PE15] keeps what it released on record, and its drafts for nobody", async () => {
    const { hall, draftId, positionId } = await withDrafts();
    done(await withdrawDelegation(await hall.as("sela"), { ...lemuria, reason }));
    const draft = async (personId: string | null) =>
      (await ask(hall, personId, draftLoader, { params: { ...params, draft: draftId } })).status;
    const position = async (personId: string | null) =>
      (await ask(hall, personId, positionLoader, { params: { ...params, position: positionId } })).status;
    for (const personId of [null, "bilal", "nadia", "omar", "priya", "amara", "sela", "dario"]) {
      expect([personId, await draft(personId), await position(personId)]).toEqual([personId, 404, 200]);
    }
    // Back again, it has its drafts and its people, and nobody else has come by them.
    done(await bringBackDelegation(await hall.as("sela"), lemuria));
    for (const personId of ["bilal", "nadia", "omar"]) {
      expect([personId, await draft(personId)]).toEqual([personId, 200]);
    }
    for (const personId of [null, "priya", "amara", "sela", "dario"]) {
      expect([personId, await draft(personId)]).toEqual([personId, 404]);
    }
    expect([...hall.rights].toSorted()).toEqual(["bilal", "bilal", "nadia", "nadia", "omar", "omar"]);
  });

  it("[PE15] [SM14] says how many statements wait to be delivered, which the chair still may, and nobody else reads", async () => {
    const hall = await openWriting();
    const bilal = await hall.as("bilal");
    const write = async (embargo: "none" | "delivery") => {
      const { draftId } = done(await draftStatement(bilal, { ...statementWords, embargo }));
      return done(await releaseStatement(bilal, { draftId, edition: 1 })).statementId;
    };
    await write("none");
    const [first, older] = [await write("delivery"), await write("delivery")];
    const begun = done(await correctStatement(bilal, { sessionId: "s", statementId: older }));
    const words = { edition: 1, correction: "The title." };
    const second = done(await releaseStatement(bilal, { ...begun, ...words })).statementId;
    const deliver = async (statementId: string) =>
      deliverStatement(await hall.as("amara"), { sessionId: "s", statementId, meetingId: "mt" });
    done(await deliver(first));
    expect((await see(hall, "sela", "?withdraw=d-lem")).withdrawal).toMatchObject({
      released: 4,
      embargoed: 1,
    });
    done(await withdrawDelegation(await hall.as("sela"), { ...lemuria, reason }));
    const read = async (personId: string | null) => {
      const at = { params: { ...params, statement: second } };
      return (await ask(hall, personId, statementLoader, at)).status;
    };
    for (const personId of [null, "bilal", "nadia", "omar", "priya", "dario"]) {
      expect([personId, await read(personId)]).toEqual([personId, 404]);
    }
    for (const personId of ["amara", "sela"])
      expect([personId, await read(personId)]).toEqual([personId, 200]);
    done(await deliver(second));
    for (const personId of [null, "bilal", "priya"])
      expect([personId, await read(personId)]).toEqual([personId, 200]);
  });

  it("[PE15] [PE11] comes back with its people but for whoever sits elsewhere, and without a head gets a first one", async () => {
    const { hall } = await withDrafts();
    const sela = await hall.as("sela");
    const back = { intent: "bring-back-delegation", delegation: "d-lem" };
    expect((await send(hall, "sela", back)).body).toMatchObject({ refusal: { code: "delegation-back" } });
    done(await withdrawDelegation(sela, { ...lemuria, reason }));
    for (const personId of ["amara", "bilal"]) expect((await send(hall, personId, back)).status).toBe(403);
    done(await nameForDelegation(sela, { personId: "nadia", entityId: "nor" }));
    const seat = { delegationId: "d-nor", personId: "nadia", role: "reader" } as const;
    done(await addDelegate(await hall.as("priya"), seat));
    done(await suspendPerson(sela, { personId: "bilal", suspended: true }));
    expect((await send(hall, "sela", back)).status).toBe(302);
    const page = await see(hall, "sela");
    expect(page.withdrawn).toEqual([]);
    expect(page.delegations.map(({ id, namesHead }) => [id, namesHead])).toEqual([
      ["d-lem", true],
      ["d-nor", false],
    ]);
    expect((await acts(hall)).slice(-2)).toEqual(["addDelegate", "bringBackDelegation"]);
    const sit = page.delegates.map(({ personId, delegationId, role }) => [personId, delegationId, role]);
    expect(sit).toEqual([
      ["priya", "d-nor", "head"],
      ["nadia", "d-nor", "reader"],
      ["omar", "d-lem", "reader"],
    ]);
    expect(refusedFor(await seatFirstHead(sela, { ...lemuria, personId: "nadia" }))).toBe("delegate-already");
    done(await seatFirstHead(sela, { ...lemuria, personId: "dario" }));
    expect(faultsIn(hall.db.folder)).toEqual([]);
    // Withdrawn again, it says why it was the last time.
    done(await withdrawDelegation(sela, { ...lemuria, reason: "It left" }));
    expect((await see(hall, null)).withdrawn).toMatchObject([{ reason: "It left" }]);
  });

  it("[PE15] comes back without whoever was named for another or sat for one meanwhile, whom its heads seat", async () => {
    const { hall } = await withDrafts();
    const sela = await hall.as("sela");
    for (const personId of ["erin", "dario"]) {
      done(await nameForDelegation(sela, { personId, entityId: "lem" }));
      const seat = { delegationId: "d-lem", personId, role: "editor" } as const;
      done(await addDelegate(await hall.as("bilal"), seat));
    }
    hall.wait(60_000);
    done(await withdrawDelegation(sela, { ...lemuria, reason }));
    hall.wait(60_000);
    // Nadia is named for Norland, Omar for nobody any more, Dario sits for Norland and leaves it again.
    done(await nameForDelegation(sela, { personId: "nadia", entityId: "nor" }));
    done(await nameForDelegation(sela, { personId: "omar", entityId: null }));
    done(await nameForDelegation(sela, { personId: "dario", entityId: "nor" }));
    const priya = await hall.as("priya");
    const sat = done(await addDelegate(priya, { delegationId: "d-nor", personId: "dario", role: "reader" }));
    done(await removeDelegate(priya, { delegateId: sat.delegateId }));
    done(await nameForDelegation(sela, { personId: "dario", entityId: "lem" }));
    // Named for its own entity, Bilal is of it still.
    done(await nameForDelegation(sela, { personId: "bilal", entityId: "lem" }));
    const { people } = done(await bringBackDelegation(sela, lemuria));
    expect([...people].toSorted()).toEqual(["bilal", "erin"]);
    const sit = (await see(hall, "sela")).delegates.filter(({ delegationId }) => delegationId === "d-lem");
    expect(sit.map(({ personId }) => personId).toSorted()).toEqual(["bilal", "erin"]);
    expect((await hall.as("nadia")).viewer).toMatchObject({ delegates: [] });
    done(
      await addDelegate(await hall.as("bilal"), { delegationId: "d-lem", personId: "omar", role: "reader" }),
    );
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  it("[PE15] [DL6] is not added again, alone, by a group or by a table: it says what to do", async () => {
    const { hall } = await withDrafts();
    const sela = await hall.as("sela");
    done(await withdrawDelegation(sela, { ...lemuria, reason }));
    const alone = { intent: "add-delegation", entity: "lem", capacity: "participant" };
    expect((await send(hall, "sela", alone)).body).toMatchObject({
      refusal: { fields: { entity: "entity-withdrawn" } },
    });
    const group = await ask(hall, "sela", addLoader, { params, search: "?group=lant" });
    expect(group.body).toMatchObject({
      group: { toAdd: [{ id: "qui" }], there: [{ id: "nor" }], withdrawn: [{ id: "lem" }] },
    });
    const table = new FormData();
    table.set("intent", "preview");
    table.set("paste", "code;head;email\nLEM;;\nNOR;;\n");
    const request = new Request("http://here/page", { method: "POST", body: table });
    const previewed = await addAction({ request, params, context: sela } as never);
    const said = JSON.stringify(previewed);
    expect(said).toContain("Its delegation was withdrawn from the session.");
    const row = { entityId: "lem", capacity: "participant", head: null } as const;
    const added = done(await addDelegations(sela, { sessionId: "s", rows: [row] }));
    expect(added).toMatchObject({ added: 0, left: ["LEM"] });
    expect((await listDelegations(hall.db.read, "s")).map(({ code }) => code)).toEqual(["NOR"]);
  });
});

describe("a person who is to be removed", () => {
  it("[PE11] [PE14] is asked about first, by the head of the delegation alone", async () => {
    const hall = await openDelegations();
    expect((await see(hall, "bilal", "?remove=m2")).removal).toEqual({
      delegateId: "m2",
      name: "nadia of the tests",
      isMe: false,
      delegation: "Lemuria",
    });
    expect((await see(hall, "bilal", "?remove=m")).removal).toMatchObject({ isMe: true });
    for (const [personId, seat] of [
      ["bilal", "m4"],
      ["bilal", "none"],
      ["nadia", "m2"],
      ["priya", "m2"],
      ["sela", "m2"],
      ["amara", "m2"],
    ] as const) {
      expect((await see(hall, personId, `?remove=${seat}`)).removal).toBeNull();
    }
    // To ask does nothing.
    expect((await see(hall, "bilal")).delegates).toHaveLength(4);
    expect((await send(hall, "bilal", { intent: "remove-delegate", delegate: "m2" })).status).toBe(302);
    expect((await see(hall, "bilal")).delegates.map(({ id }) => id)).not.toContain("m2");
  });
});

describe("an invitation that was lost", () => {
  const noor = { delegationId: "d-lem", name: "Noor", email: "noor@example.org", role: "editor" } as const;

  async function invited() {
    const hall = await openHall();
    const first = done(await inviteDelegate(await hall.as("bilal"), noor));
    const [seat] = (await see(hall, "bilal")).unanswered;
    if (seat === undefined) throw new Error("nobody is awaited");
    return { hall, first, seat };
  }

  const isUsable = async ({ db }: Hall, address: string, now: number) =>
    (await findFollowable(db.read, { token: address.split("/").at(-1) ?? "", now })) !== null;

  it("[PE16] [PE2] gets a new link from the head, shown once, and the old one is dead", async () => {
    const { hall, first, seat } = await invited();
    const { now } = await hall.as("bilal");
    const heard = hall.told.length;
    const { status, body } = await send(hall, "bilal", { intent: "renew-invitation", delegate: seat });
    expect(status).toBe(200);
    expect(body).toMatchObject({ link: { name: "Noor" } });
    const { address } = body["link"] as { address: string };
    expect(address).toMatch(/^http:\/\/here\/links\/[\w-]{43}$/);
    expect([await isUsable(hall, first.address, now()), await isUsable(hall, address, now())]).toEqual([
      false,
      true,
    ]);
    expect(hall.told.slice(heard)).toEqual([{ audience: { kind: "secretariat" }, topic: "people" }]);
    const [last] = (await hall.db.read.select().from(event)).slice(-1);
    expect(last).toMatchObject({ act: "renewInvitation", thing: "person", thingId: first.personId });
    expect(JSON.stringify(last)).not.toContain(address.split("/").at(-1));
    expect(JSON.stringify(await see(hall, "bilal"))).not.toContain("/links/");
  });

  it("[PE16] is renewed by nobody but a head, who alone is told that it was not followed", async () => {
    const { hall, first, seat } = await invited();
    const form = { intent: "renew-invitation", delegate: seat };
    for (const [personId, status] of [
      [null, 401],
      ["dario", 403],
      ["amara", 403],
      ["sela", 403],
      [first.personId, 403],
    ] as const) {
      expect((await send(hall, personId, form)).status).toBe(status);
      expect((await see(hall, personId)).unanswered).toEqual([]);
    }
    expect((await send(hall, "bilal", { ...form, delegate: "none" })).status).toBe(404);
    expect(await isUsable(hall, first.address, (await hall.as(null)).now())).toBe(true);
  });

  it("[PE16] is not renewed for whoever has followed one, or has duties beyond the delegation", async () => {
    const { hall, first, seat } = await invited();
    const sela = await hall.as("sela");
    const renew = async () =>
      (await send(hall, "bilal", { intent: "renew-invitation", delegate: seat })).body["refusal"];
    const office = { sessionId: "s", personId: first.personId, office: "facilitator" } as const;
    done(await appointOfficer(sela, office));
    expect(await renew()).toMatchObject({ code: "invitation-not-here" });
    await hall.db.write((tx) => linkAccount(tx, first.personId, "account"));
    expect(await renew()).toMatchObject({ code: "invitation-followed" });
    expect((await see(hall, "bilal")).unanswered).toEqual([]);
    // People of an exercise sign in without a password.
    expect(await send(hall, "bilal", { intent: "renew-invitation", delegate: "m" })).toMatchObject({
      body: { refusal: { code: "invitation-not-here" } },
    });
  });

  /** What may stand against a new link. */
  const obstacles: Readonly<Record<string, (hall: Hall, personId: string) => Promise<unknown>>> = {
    "has an office": async (hall, personId) =>
      appointOfficer(await hall.as("sela"), { sessionId: "s", personId, office: "facilitator" }),
    "drafts a text that the bureau alone reads": async (hall, personId) =>
      appointDrafter(await hall.as("amara"), { textId: "resolution", personId }),
    "is suspended": async (hall, personId) =>
      suspendPerson(await hall.as("sela"), { personId, suspended: true }),
  };

  it("[PE19] is offered beside the name of somebody who is suspended as beside any other", async () => {
    const { hall, first, seat } = await invited();
    const before = await see(hall, "bilal");
    done(await suspendPerson(await hall.as("sela"), { personId: first.personId, suspended: true }));
    const after = await see(hall, "bilal");
    expect(after.unanswered).toEqual([seat]);
    expect(after).toEqual(before);
  });

  it("[PE19] [PE16] is refused to a head in one way, whatever stands against it, and the secretariat makes it", async () => {
    const answers = [];
    for (const [what, act] of Object.entries(obstacles)) {
      const { hall, first, seat } = await invited();
      done(await act(hall, first.personId));
      const answer = await send(hall, "bilal", { intent: "renew-invitation", delegate: seat });
      answers.push(JSON.stringify(answer).replaceAll(seat, "…"));
      const asked = await issuePasswordLink(await hall.as("sela"), { personId: first.personId });
      // To who may know it, it is said exactly.
      if (what === "is suspended") expect(refusedFor(asked)).toBe("person-without-login");
      else expect(done(asked).address).toContain("/links/");
    }
    expect(answers[0]).toContain('"invitation-not-here"');
    expect(new Set(answers).size).toBe(1);
  });

  it.each(["en", "ar"] as const)(
    "[PE19] is refused to a head in words that give nothing away (%s)",
    (language) => {
      const t = createTranslator(language).getFixedT(language, "errors");
      const sentence = t("refusal.invitation-not-here");
      expect(sentence).toContain(language === "en" ? "secretariat" : "الأمانة");
      expect(sentence).not.toMatch(
        /account|dut(?:y|ies)|somebody|already|elsewhere|suspend|حساب|مهام|موقوف/i,
      );
      // To the secretariat it is said.
      expect(t("field.email-taken")).toMatch(language === "en" ? /Somebody/ : /شخص/);
      expect(t("refusal.person-without-login")).toMatch(language === "en" ? /suspended/ : /موقوف/);
    },
  );
});
