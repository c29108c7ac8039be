/** What pages of a text say of an act that has just been done: the server's word, never the address's. */
import { describe, expect, it } from "vitest";
import type { AppLoadContext } from "#app/commands/context.ts";
import { issueVersion } from "#app/commands/issue-version.ts";
import { lockParagraph } from "#app/commands/lock-paragraph.ts";
import { setAudience } from "#app/commands/set-audience.ts";
import { action as actOnParagraph, loader as showParagraph } from "#app/routes/paragraph/route.tsx";
import { action as actOnText, loader as showText } from "#app/routes/text/route.tsx";
import { loader as showSettings } from "#app/routes/text-settings/route.tsx";
import { action as actOnVersions, loader as showVersions } from "#app/routes/versions/route.tsx";
import { TEXT } from "#test/support/room.ts";
import { BASE, done, written } from "./house.ts";

type Handle = (args: never) => unknown;
const params = { session: "s", text: TEXT };

/** What the page at this address shows. */
async function see(loader: Handle, context: AppLoadContext, address: string, more = {}) {
  const request = new Request(`http://here${address}`);
  return (await loader({ request, context, params: { ...params, ...more } } as never)) as Record<
    string,
    unknown
  >;
}

/** Where the form of the page leads to. */
async function post(
  action: Handle,
  context: AppLoadContext,
  fields: Record<string, string>,
  more = {},
): Promise<string> {
  const request = new Request("http://here/", { method: "POST", body: new URLSearchParams(fields) });
  const answer = await action({ request, context, params: { ...params, ...more } } as never);
  if (!(answer instanceof Response)) throw new Error(`no redirect: ${JSON.stringify(answer)}`);
  return answer.headers.get("location") ?? "";
}

const nothing = { issued: null, restored: null, skipped: null, same: false };

async function withVersion(): Promise<Awaited<ReturnType<typeof written>> & { versionId: string }> {
  const house = await written();
  const version = { textId: TEXT, label: "Zero draft", symbol: "A/1", note: "" };
  const { versionId } = done(await issueVersion(await house.as("amara"), version));
  house.page.write("c", "Invites all to comment;");
  await house.settle();
  return { ...house, versionId };
}

describe("a page after an act", () => {
  it("[VR10] [VR8] names the skipped paragraphs of a restore to who did it, until ten minutes later", async () => {
    const house = await withVersion();
    const chair = await house.as("amara");
    done(await lockParagraph(chair, { textId: TEXT, paragraphId: "c" }));
    const to = await post(actOnVersions, chair, { intent: "restore", version: house.versionId });
    expect(to.split("?")[0]).toBe(`${BASE}/versions`);
    const told = { issued: null, restored: house.versionId, skipped: "OP2 bis", same: false };
    expect((await see(showVersions, chair, to))["done"]).toEqual(told);
    // To anybody else the same address says nothing, nor does it on another page.
    expect((await see(showVersions, await house.as("bilal"), to))["done"]).toEqual(nothing);
    const elsewhere = to.replace("/versions?", "/settings?");
    expect((await see(showSettings, chair, elsewhere))["done"]).toBeNull();
    house.clock.advance(10 * 60_000);
    expect((await see(showVersions, chair, to))["done"]).toEqual(nothing);
  });

  it("[VR10] says nothing that a made-up address says", async () => {
    const house = await withVersion();
    const chair = await house.as("amara");
    const made = `restored=${house.versionId}&skipped=OP4,+OP9&issued=x&done=bring-back&imported=7&done=set`;
    const forged = Buffer.from(
      JSON.stringify({ at: house.clock.now(), said: { restored: house.versionId, skipped: "OP4" } }),
    ).toString("base64url");
    for (const search of [
      made,
      `said=${forged}`,
      `said=${forged}.`,
      `said=${forged}.AAAA`,
      "said=.",
      "said=",
    ]) {
      expect((await see(showVersions, chair, `${BASE}/versions?${search}`))["done"]).toEqual(nothing);
      const text = await see(showText, chair, `${BASE}?${search}`);
      expect(text).toMatchObject({ broughtBack: false, imported: 0 });
      expect((await see(showSettings, chair, `${BASE}/settings?${search}`))["done"]).toBeNull();
      const paragraph = `${BASE}/paragraphs/a?${search}`;
      expect((await see(showParagraph, chair, paragraph, { paragraph: "a" }))["done"]).toBeNull();
    }
  });

  it("[VR10] cannot be changed into another one: each letter of the address is signed", async () => {
    const house = await withVersion();
    const chair = await house.as("amara");
    const to = await post(actOnVersions, chair, { intent: "restore", version: house.versionId });
    const [told = "", signature] = new URL(to, "http://here").searchParams.get("said")?.split(".") ?? [];
    const words = Buffer.from(told, "base64url").toString();
    const other = Buffer.from(words.replace("restored", "issued")).toString("base64url");
    const changed = `${BASE}/versions?said=${other}.${signature}`;
    expect((await see(showVersions, chair, changed))["done"]).toEqual(nothing);
  });

  it("[VR10] [LK1] says that a paragraph has been locked, and that a deleted one is back", async () => {
    const house = await withVersion();
    const chair = await house.as("amara");
    const at = { paragraph: "a" };
    const locked = await post(actOnParagraph, chair, { intent: "lock" }, at);
    expect((await see(showParagraph, chair, locked, at))["done"]).toBe("locked");
    house.page.set("b", "deleted", true);
    await house.settle();
    const back = await post(actOnText, chair, { intent: "bring-back", paragraph: "b" });
    expect(back).toMatch(/\?said=[\w-]+\.[\w-]+#p-b$/);
    expect(await see(showText, chair, back)).toMatchObject({ broughtBack: true, imported: 0 });
  });
});

describe("a page before a restore", () => {
  it("[VR12] says which words come and go and what stays locked, to who may restore, and does nothing", async () => {
    const house = await withVersion();
    const chair = await house.as("amara");
    const address = `${BASE}/versions?restore=${house.versionId}`;
    const { version, ...counts } = (await see(showVersions, chair, address))["asks"] as {
      version: { id: string };
    };
    expect(version.id).toBe(house.versionId);
    expect(counts).toEqual({ added: 0, removed: 4, locked: [] });
    done(await lockParagraph(chair, { textId: TEXT, paragraphId: "c" }));
    expect((await see(showVersions, chair, address))["asks"]).toMatchObject({
      added: 0,
      removed: 0,
      locked: ["OP2 bis"],
    });
    expect((await house.rooms.wording(TEXT)).document.paragraphs.map(({ id }) => id)).toContain("c");
    for (const id of ["live", "no-such", ""]) {
      expect((await see(showVersions, chair, `${BASE}/versions?restore=${id}`))["asks"]).toBeNull();
    }
    const audience = { audience: "all", shows: "live", delegationIds: [] } as const;
    done(await setAudience(chair, { textId: TEXT, ...audience }));
    expect((await see(showVersions, await house.as("dina"), address))["asks"]).toBeNull();
  });
});
