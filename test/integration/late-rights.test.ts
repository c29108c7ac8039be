/** Rights that end while a form is on its way: the act asks again, in its transaction. */
import { describe, expect, it } from "vitest";
import { addDelegate } from "#app/commands/add-delegate.ts";
import { discardPositionDraft } from "#app/commands/discard-position-draft.ts";
import { draftPosition } from "#app/commands/draft-position.ts";
import { inviteDelegate } from "#app/commands/invite-delegate.ts";
import { releasePosition } from "#app/commands/release-position.ts";
import { removeDelegate } from "#app/commands/remove-delegate.ts";
import { delegate } from "#db/schema/people.ts";
import { event } from "#db/schema/record.ts";
import { positionDraft } from "#db/schema/session.ts";
import { openDelegations, positionWords } from "#test/support/delegations.ts";
import { type Hall, done, refusedFor } from "#test/support/people.ts";
import { eq } from "drizzle-orm";

/** Everybody's seat in Lemuria is over. */
async function endSeats({ db }: Hall): Promise<void> {
  await db.write(async (tx) => {
    await tx.update(delegate).set({ untilAt: 1 }).where(eq(delegate.delegationId, "d-lem"));
  });
}

describe("a seat that ended while the form was on its way", () => {
  it("[PE14] [PS4] drafts, discards and releases nothing any more", async () => {
    const hall = await openDelegations();
    const { draftId } = done(await draftPosition(await hall.as("nadia"), positionWords));
    const before = await hall.db.read.select().from(positionDraft);
    const [nadia, bilal] = [await hall.as("nadia"), await hall.as("bilal")];
    await endSeats(hall);
    const acts = (await hall.db.read.select().from(event)).length;
    expect(refusedFor(await draftPosition(nadia, positionWords))).toBe("not-there");
    expect(refusedFor(await discardPositionDraft(nadia, { draftId, edition: 1 }))).toBe("not-there");
    expect(refusedFor(await releasePosition(bilal, { draftId, edition: 1 }))).toBe("not-there");
    expect(await hall.db.read.select().from(positionDraft)).toEqual(before);
    expect(await hall.db.read.select().from(event)).toHaveLength(acts);
  });

  it("[PE11] [PE14] seats, invites and removes nobody any more", async () => {
    const hall = await openDelegations();
    const bilal = await hall.as("bilal");
    const [nadia] = await hall.db.read.select().from(delegate).where(eq(delegate.personId, "nadia"));
    await hall.db.write(async (tx) => {
      await tx.update(delegate).set({ untilAt: 1 }).where(eq(delegate.personId, "bilal"));
    });
    const seat = { delegationId: "d-lem", role: "head" } as const;
    expect(refusedFor(await addDelegate(bilal, { ...seat, personId: "erin" }))).toBe("not-allowed");
    const noor = { ...seat, name: "Noor", email: "noor@example.org" };
    expect(refusedFor(await inviteDelegate(bilal, noor))).toBe("not-allowed");
    expect(refusedFor(await removeDelegate(bilal, { delegateId: nadia?.id ?? "" }))).toBe("not-allowed");
    expect(await hall.db.read.select().from(event)).toHaveLength(1);
  });
});
