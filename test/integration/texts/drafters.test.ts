import { describe, expect, it } from "vitest";
import { appointDrafter } from "#app/commands/appoint-drafter.ts";
import { createText } from "#app/commands/create-text.ts";
import { setAudience } from "#app/commands/set-audience.ts";
import { withdrawDrafter } from "#app/commands/withdraw-drafter.ts";
import { action as settingsAction } from "#app/routes/text-settings/route.tsx";
import { action as textsAction } from "#app/routes/texts/route.tsx";
import { findTextDoor, listTextAudiences } from "#db/stores/text-audience.ts";
import { findText } from "#db/stores/text.ts";
import { faultsIn } from "#test/support/database.ts";
import { CLOSED, TEXT } from "#test/support/room.ts";
import { done, openHouse } from "./house.ts";

const resolution = {
  sessionId: "s",
  itemId: "i",
  kind: "resolution" as const,
  title: "Assistance after ICT incidents",
  symbol: "SIM/CRP.2",
  organ: "The Standing Group,",
  note: "",
  language: "en",
};

function post(form: Record<string, string | readonly string[]>): Request {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) {
    for (const one of [value].flat()) body.append(name, one);
  }
  return new Request("http://localhost/", { method: "POST", body });
}

describe("creating a text", () => {
  it("[AD9] is for chair and secretariat; the text begins with the bureau alone", async () => {
    const house = await openHouse();
    const { textId } = done(await createText(await house.as("amara"), resolution));
    expect(await findText(house.db.read, textId)).toMatchObject({ kind: "resolution", createdBy: "amara" });
    expect((await findTextDoor(house.db.read, textId))?.audience).toMatchObject({
      audience: "bureau",
      fromSeq: 0,
    });
    for (const who of ["bilal", "chiara", "eve"] as const) {
      expect(await createText(await house.as(who), resolution)).toMatchObject({ kind: "not-allowed" });
    }
    expect(await createText(await house.as("public"), resolution)).toMatchObject({ kind: "sign-in" });
    expect(faultsIn(house.db.folder)).toEqual([]);
  });

  it("[AD9] refuses an item of another session, and keeps what was typed in the form", async () => {
    const house = await openHouse();
    const context = await house.as("amara");
    expect(await createText(context, { ...resolution, itemId: "x" })).toMatchObject({ kind: "invalid" });
    const form = {
      intent: "create",
      kind: "report",
      item: "i",
      title: "",
      symbol: "S",
      organ: "",
      note: "",
      language: "en",
    };
    const answer = await textsAction({ context, params: { session: "s" }, request: post(form) } as never);
    expect(answer).toMatchObject({
      data: { refusal: { fields: { title: "required" } }, typed: { symbol: "S", kind: "report" } },
      init: { status: 422 },
    });
    const unknown = await textsAction({
      context,
      params: { session: "s" },
      request: post({ intent: "x" }),
    } as never);
    expect((unknown as Response).status).toBe(400);
  });
});

describe("drafters", () => {
  it("[AD9] an appointed person writes, a withdrawn one is closed out at once", async () => {
    const house = await openHouse();
    const chair = await house.as("amara");
    const which = { textId: TEXT, personId: "dina" };
    done(await appointDrafter(chair, which));
    expect(house.told).toContainEqual({ audience: { kind: "person", personId: "dina" }, topic: "rights" });
    const page = await house.drafting("dina");
    page.write("d", "Decides;");
    await house.settle();
    expect(page.saved).toBe(1);
    expect(await appointDrafter(chair, which)).toMatchObject({ kind: "conflict", code: "drafter-already" });
    done(await withdrawDrafter(chair, which));
    await house.settle();
    expect(page.closed?.code).toBe(CLOSED.notAllowed);
    expect(await withdrawDrafter(chair, which)).toMatchObject({ code: "drafter-not" });
    expect((await house.rooms.wording(TEXT)).document.paragraphs).toHaveLength(1);
  });

  it("[AD9] only people of the session, and not by drafters", async () => {
    const house = await openHouse();
    const stranger = await appointDrafter(await house.as("amara"), { textId: TEXT, personId: "eve" });
    expect(stranger).toMatchObject({ kind: "invalid", fields: { person: "person-not-in-session" } });
    const byDrafter = await appointDrafter(await house.as("bilal"), { textId: TEXT, personId: "dina" });
    expect(byDrafter).toMatchObject({ kind: "not-allowed" });
    const byReader = await withdrawDrafter(await house.as("dina"), { textId: TEXT, personId: "bilal" });
    expect(byReader).toMatchObject({ kind: "not-found" });
  });
});

describe("setting the audience", () => {
  it("[AD2] opens from the keystroke it was decided at, shown in words first", async () => {
    const house = await openHouse();
    const page = await house.drafting();
    page.write("a", "Decides;");
    await house.settle();
    const context = await house.as("amara");
    const params = { session: "s", text: TEXT };
    const chosen = { audience: "named", shows: "live", delegations: ["d-nor", "d-lem"] };
    const review = await settingsAction({
      context,
      params,
      request: post({ ...chosen, intent: "review" }),
    } as never);
    expect(review).toMatchObject({ review: { audience: "named", delegations: ["d-nor", "d-lem"] } });
    expect((await findTextDoor(house.db.read, TEXT))?.audience.audience).toBe("bureau");

    const opened = await settingsAction({
      context,
      params,
      request: post({ ...chosen, intent: "open" }),
    } as never);
    expect((opened as Response).status).toBe(302);
    const { seq } = await house.rooms.wording(TEXT);
    expect((await findTextDoor(house.db.read, TEXT))?.audience).toEqual({
      audience: "named",
      delegationIds: ["d-nor", "d-lem"],
      shows: "live",
      fromSeq: seq,
    });
    expect((await listTextAudiences(house.db.read, TEXT)).map(({ number }) => number)).toEqual([2, 1]);
    expect(faultsIn(house.db.folder)).toEqual([]);
  });

  it("[AD9] refuses unknown delegations, nobody named, and drafters", async () => {
    const house = await openHouse();
    const input = { textId: TEXT, audience: "named" as const, shows: "live" as const };
    const chair = await house.as("amara");
    expect(await setAudience(chair, { ...input, delegationIds: [] })).toMatchObject({
      fields: { delegations: "delegations-none" },
    });
    expect(await setAudience(chair, { ...input, delegationIds: ["d-x"] })).toMatchObject({
      fields: { delegations: "delegation-not-there" },
    });
    const drafter = await setAudience(await house.as("bilal"), { ...input, delegationIds: ["d-lem"] });
    expect(drafter).toMatchObject({ kind: "not-allowed" });
    expect(await listTextAudiences(house.db.read, TEXT)).toHaveLength(1);
  });
});
