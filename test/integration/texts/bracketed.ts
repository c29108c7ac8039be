/** A house whose text has a bracket on which delegations can stand. */
import { eq } from "drizzle-orm";
import { setAudience } from "#app/commands/set-audience.ts";
import { delegate, entityGroup, membership } from "#db/schema/people.ts";
import { session } from "#db/schema/session.ts";
import { TEXT } from "#test/support/room.ts";
import { done, openHouse } from "./house.ts";

/** "Decides [to establish] a register" for all delegations; chiara and dina are heads, of LEM and NOR, both of the group DUO. */
export async function bracketed() {
  const house = await openHouse();
  const page = await house.drafting();
  page.write("a", "Decides to establish a register;");
  await house.settle();
  page.doc.transact(() => {
    page.textOf("a").insertEmbed(20, { bracket: "k", side: "close" }, {});
    page.textOf("a").insertEmbed(8, { bracket: "k", side: "open" }, {});
  });
  await house.settle();
  await house.db.write(async (tx) => {
    for (const id of ["chiara", "dina", "omar"])
      await tx
        .update(delegate)
        .set({ role: "head" })
        .where(eq(delegate.id, `seat-${id}`));
    const [its] = await tx.select().from(session).where(eq(session.id, "s"));
    await tx.insert(entityGroup).values({
      id: "duo",
      code: "DUO",
      kind: "exercise",
      names: { en: "The Two" },
      exercise: its?.exercise ?? false,
    });
    for (const entityId of ["lem", "nor"])
      await tx.insert(membership).values({ groupId: "duo", entityId, from: "2000-01-01" });
  });
  const audience = { audience: "observers", shows: "live", delegationIds: [] } as const;
  done(await setAudience(await house.as("amara"), { textId: TEXT, ...audience }));
  house.told.length = 0;
  return { ...house, page };
}
