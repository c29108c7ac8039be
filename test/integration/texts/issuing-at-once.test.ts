import { describe, expect, it } from "vitest";
import type { AppLoadContext } from "#app/commands/context.ts";
import { issueVersion } from "#app/commands/issue-version.ts";
import { action as versionsAction, loader as versionsLoader } from "#app/routes/versions/route.tsx";
import { labelsOf } from "#collab/labels.ts";
import { officer } from "#db/schema/people.ts";
import { listVersions } from "#db/stores/text-version.ts";
import { faultsIn } from "#test/support/database.ts";
import { TEXT } from "#test/support/room.ts";
import { BASE, done, written } from "./house.ts";

describe("two officers who issue a version at once", () => {
  const params = { session: "s", text: TEXT };

  /** The newest version that the form shows. */
  async function opened(context: AppLoadContext): Promise<string> {
    const request = new Request(`http://localhost${BASE}/versions`);
    return (await versionsLoader({ context, params, request })).issue?.after ?? "";
  }

  const press = async (context: AppLoadContext, form: Readonly<Record<string, string>>) => {
    const body = new URLSearchParams({ intent: "issue", symbol: "", note: "", ...form });
    const request = new Request(`http://localhost${BASE}/versions`, { method: "POST", body });
    return versionsAction({ context, params, request });
  };

  async function room() {
    const house = await written();
    await house.db.write(async (tx) => {
      const office = { id: "office-eve", sessionId: "s", personId: "eve", office: "facilitator" } as const;
      await tx.insert(officer).values({ ...office, fromAt: 1 });
    });
    return { house, chair: await house.as("amara"), facilitator: await house.as("eve") };
  }

  it("[VR13] the second is told who issued which, keeps what was typed, and may issue it all the same", async () => {
    const { house, chair, facilitator } = await room();
    const after = await opened(chair);
    expect(await opened(facilitator)).toBe(after);
    const mine = { label: "Zero draft", after };
    const theirs = { label: "Facilitators' text", note: "for Tuesday", renumber: "1", after };
    const [first, second] = await Promise.all([press(chair, mine), press(facilitator, theirs)]);
    expect(first).toMatchObject({ status: 302 });
    const [issued] = await listVersions(house.db.read, TEXT);
    expect(second).toMatchObject({
      init: { status: 409 },
      data: {
        refusal: {
          kind: "conflict",
          code: "version-issued-meanwhile",
          values: { label: "Zero draft", by: "amara", after: issued?.id },
        },
        typed: theirs,
      },
    });
    expect(await listVersions(house.db.read, TEXT)).toHaveLength(1);
    const again = { ...theirs, after: issued?.id ?? "" };
    expect(await press(facilitator, again)).toMatchObject({ status: 302 });
    expect((await listVersions(house.db.read, TEXT)).map(({ label }) => label)).toEqual([
      "Zero draft",
      "Facilitators' text",
    ]);
  });

  it("[VR13] where the first numbered the paragraphs anew, the second is told what is called otherwise", async () => {
    const { house, chair, facilitator } = await room();
    const issue = async (label: string) =>
      done(await issueVersion(chair, { textId: TEXT, label, symbol: "", note: "" }));
    await issue("Zero draft");
    house.page.write("c", "Notes what was added;", { order: "VaV" });
    await house.settle();
    await issue("Rev.1");
    const after = await opened(facilitator);
    const form = { after, renumber: "1" };
    const [first, second] = await Promise.all([
      press(chair, { ...form, label: "Rev.2" }),
      press(facilitator, { ...form, label: "Rev.2" }),
    ]);
    expect(first).toMatchObject({ status: 302 });
    expect(second).toMatchObject({
      data: {
        refusal: {
          code: "version-renumbered-meanwhile",
          values: { label: "Rev.2", by: "amara", from: "OP1 bis", to: "OP2" },
        },
        typed: { label: "Rev.2", renumber: "1", after },
      },
    });
    const { document } = await house.rooms.wording(TEXT);
    expect([...labelsOf(document).values()].map(({ short }) => short)).toEqual(["OP1", "OP2", "OP3"]);
    expect(faultsIn(house.db.folder)).toEqual([]);
  });
});
