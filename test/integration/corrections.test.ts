/** Corrections of the secretariat: at once, for good, with who, when, why and what stood before. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import { describe, expect, test } from "vitest";
import { addMembership } from "#app/commands/add-membership.ts";
import { correctEntity } from "#app/commands/correct-entity.ts";
import { correctGroup } from "#app/commands/correct-group.ts";
import { correctMembership } from "#app/commands/correct-membership.ts";
import type { AppLoadContext } from "#app/commands/context.ts";
import { MemberCount } from "#app/components/reference/member-count.tsx";
import { createTranslator } from "#app/i18n/translate.ts";
import { type MemberCounts, fieldsOfNames } from "#app/rules/reference.ts";
import { action as groupAction, loader as groupLoader } from "#app/routes/group/route.tsx";
import { loader as groupsLoader } from "#app/routes/groups/route.tsx";
import { loader as referenceLoader } from "#app/routes/reference/route.tsx";
import { action as entityAction, loader as entityLoader } from "#app/routes/reference-entity/route.tsx";
import type { Database } from "#db/database.ts";
import { loadReference } from "#db/reference/load.ts";
import { event } from "#db/schema/record.ts";
import { findEntity, findEntityByCode, listEntities } from "#db/stores/entity.ts";
import { findGroup, listMembers, listMembershipsIn } from "#db/stores/group.ts";
import { listCorrectionHistory } from "#db/stores/reference-correction.ts";
import { faultsIn } from "#test/support/database.ts";
import { type Hall, done, refusedFor } from "#test/support/people.ts";
import { changedReference, openWithReference } from "#test/support/reference-files.ts";
import { show, submit } from "#test/support/reception.ts";

const TODAY = "2026-11-23";
const now = () => Date.UTC(2026, 10, 23, 12);

/** The hall with the real reference data, its people in production. */
async function withReference(): Promise<
  Hall & { production(personId: string | null): Promise<AppLoadContext> }
> {
  const hall = await openWithReference();
  const production = async (personId: string | null) => ({
    ...(await hall.as(personId)),
    mode: "production" as const,
  });
  return { ...hall, production };
}

/** Everything about an entity as the form sends it. */
async function entityWords(db: Database, entityId: string) {
  const entity = await findEntity(db.read, entityId);
  if (!entity) throw new Error(`no entity ${entityId}`);
  const { code, alphabet, regionalGroup, names } = entity;
  const named = { fr: "", es: "", ru: "", zh: "", ar: "", ...names };
  return { entityId, ...named, code, alphabet, regionalGroup, reason: "A letter of the mission" };
}

describe("a correction", () => {
  test("[RF1] [RF2] of an entity holds at once and after the next version of the files, in its own fields alone", async () => {
    const hall = await withReference();
    const sela = await hall.as("sela");
    const words = await entityWords(hall.db, "tur");
    done(await correctEntity(sela, { ...words, en: "Turkiye", code: "TRK", regionalGroup: "asia-pacific" }));
    expect(await findEntity(hall.db.read, "tur")).toMatchObject({
      code: "TRK",
      regionalGroup: "asia-pacific",
    });
    const [row] = await listCorrectionHistory(hall.db.read);
    expect(row).toMatchObject({
      number: 1,
      thing: "entity",
      thingId: "tur",
      reason: "A letter of the mission",
      byName: "Sela",
      value: {
        "names.en": { before: "Türkiye", after: "Turkiye" },
        code: { before: "TUR", after: "TRK" },
        regionalGroup: { before: "weog", after: "asia-pacific" },
      },
    });
    expect(hall.told).toEqual([{ audience: { kind: "everybody" }, topic: "reference" }]);

    const folder = changedReference({
      "entities.json": (text) =>
        text.replace('"en": "Türkiye", "fr": "Türkiye"', '"en": "Türkiye (new)", "fr": "Turquie"'),
    });
    expect(await loadReference(hall.db, now, folder)).toMatchObject({ loaded: true });
    expect(await findEntity(hall.db.read, "tur")).toMatchObject({
      code: "TRK",
      regionalGroup: "asia-pacific",
      names: { en: "Turkiye", fr: "Turquie" },
    });
    // The newest correction of a field holds.
    done(await correctEntity(sela, { ...(await entityWords(hall.db, "tur")), en: "Türkiye" }));
    await loadReference(hall.db, now);
    expect((await findEntity(hall.db.read, "tur"))?.names).toMatchObject({ en: "Türkiye", fr: "Türkiye" });
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  test("[RF2] a form made before somebody else's correction is refused with what was typed, and then taken", async () => {
    const hall = await withReference();
    const sela = await hall.production("sela");
    const params = { entity: "cze" };
    const { entityId: _id, ...words } = await entityWords(hall.db, "cze");
    const fields = { ...words, regionalGroup: words.regionalGroup ?? "", intent: "correct" };
    const first = await submit(entityAction, { ...fields, fr: "Une", seen: "0" }, { context: sela, params });
    expect(first.status).toBe(302);
    const second = { ...fields, es: "Otra", seen: "0" };
    expect(await submit(entityAction, second, { context: sela, params })).toMatchObject({
      status: 409,
      body: { refusal: { code: "corrected-meanwhile" }, typed: { es: "Otra" } },
    });
    expect((await findEntity(hall.db.read, "cze"))?.names.fr).toBe("Une");
    const { seen } = (await show(entityLoader, { context: sela, params })).body;
    const again = await submit(
      entityAction,
      { ...second, fr: "Une", seen: String(seen) },
      { context: sela, params },
    );
    expect(again.status).toBe(302);
    expect((await findEntity(hall.db.read, "cze"))?.names).toMatchObject({ fr: "Une", es: "Otra" });
  });

  test("[RF3] of a code does not take another's, and a newcomer in the files with the same code gets its own", async () => {
    const hall = await withReference();
    const sela = await hall.as("sela");
    const words = await entityWords(hall.db, "fra");
    expect(refusedFor(await correctEntity(sela, { ...words, code: "DEU" }))).toBe("code-taken");
    expect(refusedFor(await correctEntity(sela, { ...words, en: "" }))).toBe("required");
    expect(refusedFor(await correctEntity(sela, { ...words, regionalGroup: "g77-china" }))).toBe(
      "group-not-there",
    );
    done(await correctEntity(sela, { ...words, code: "FR" }));
    const newcomer =
      '{"id": "frn", "kind": "observer-organization", "name": {"en": "New"}, "code": "FR", "regionalGroup": null, "alphabetEn": "new"}';
    const folder = changedReference({ "entities.json": (text) => text.replace("[\n", `[\n${newcomer},\n`) });
    await loadReference(hall.db, now, folder);
    expect((await findEntityByCode(hall.db.read, "FR"))?.id).toBe("fra");
    expect((await findEntity(hall.db.read, "frn"))?.code).toBe("FRN");
  });

  test("[RF1] two States that exchange their codes in the files are loaded", async () => {
    const hall = await withReference();
    const swap = (text: string) =>
      text
        .replace('"code": "FRA"', '"code": "?"')
        .replace('"code": "DEU"', '"code": "FRA"')
        .replace('"code": "?"', '"code": "DEU"');
    const folder = changedReference({
      "entities.json": swap,
      "published-positions.json": (text) =>
        text
          .replaceAll('"entity": "FRA"', '"entity": "?"')
          .replaceAll('"entity": "DEU"', '"entity": "FRA"')
          .replaceAll('"entity": "?"', '"entity": "DEU"'),
    });
    await loadReference(hall.db, now, folder);
    expect((await findEntityByCode(hall.db.read, "FRA"))?.id).toBe("deu");
    expect((await findEntityByCode(hall.db.read, "DEU"))?.id).toBe("fra");
  });

  test("[RF2] needs the secretariat, a reason, and something that differs", async () => {
    const hall = await withReference();
    const words = await entityWords(hall.db, "fra");
    for (const personId of ["amara", "bilal", "dario"]) {
      expect(refusedFor(await correctEntity(await hall.as(personId), { ...words, en: "X" }))).toBe(
        "not-allowed",
      );
    }
    expect(refusedFor(await correctEntity(await hall.as(null), { ...words, en: "X" }))).toBe("sign-in");
    const sela = await hall.as("sela");
    expect(refusedFor(await correctEntity(sela, words))).toBe("nothing-changed");
    expect(refusedFor(await correctEntity(sela, { ...words, en: "X", reason: " " }))).toBe("reason-missing");
    expect(refusedFor(await correctEntity(sela, { ...words, entityId: "nowhere" }))).toBe("not-there");
    expect(await listCorrectionHistory(hall.db.read)).toEqual([]);
  });

  test("[RF1] [RF4] of memberships holds: added, closed, moved, with another role", async () => {
    const hall = await withReference();
    const sela = await hall.as("sela");
    const reason = "The group's own announcement";
    const baltic = { groupId: "baltic", reason, role: null } as const;
    done(await addMembership(sela, { ...baltic, entityId: "fin", from: "2026-11-01", to: null }));
    expect(refusedFor(await addMembership(sela, { ...baltic, entityId: "fin", from: "", to: null }))).toBe(
      "membership-overlaps",
    );
    expect(refusedFor(await addMembership(sela, { ...baltic, entityId: "lem", from: "", to: null }))).toBe(
      "entity-not-there",
    );
    done(await correctMembership(sela, { ...baltic, entityId: "est", was: "", from: "", to: "2026-11-20" }));
    done(
      await correctMembership(sela, { ...baltic, entityId: "lva", was: "", from: "1991-01-01", to: null }),
    );
    done(
      await correctMembership(sela, {
        ...baltic,
        entityId: "lva",
        was: "1991-01-01",
        from: "1991-09-17",
        to: null,
      }),
    );
    done(
      await correctMembership(sela, {
        ...baltic,
        entityId: "ltu",
        was: "",
        role: "observer",
        from: "",
        to: null,
      }),
    );
    expect(
      refusedFor(await correctMembership(sela, { ...baltic, entityId: "lva", was: "", from: "", to: null })),
    ).toBe("membership-moved");
    const standing = async () =>
      (await listMembershipsIn(hall.db.read, "baltic")).map(({ entityId, role, from, to }) => [
        entityId,
        role,
        from,
        to,
      ]);
    const expected = [
      ["est", null, "", "2026-11-20"],
      ["fin", null, "2026-11-01", null],
      ["lva", null, "1991-09-17", null],
      ["ltu", "observer", "", null],
    ];
    expect(await standing()).toEqual(expected);
    expect((await listMembers(hall.db.read, "baltic", TODAY)).map(({ code }) => code)).toEqual([
      "FIN",
      "LVA",
      "LTU",
    ]);

    // The next files have Finland themselves, from another day.
    const folder = changedReference({
      "groups.json": (text) =>
        text.replace(
          '{"entity": "est"},\n    {"entity": "lva"},\n    {"entity": "ltu"}\n',
          '{"entity": "est"},\n    {"entity": "lva"},\n    {"entity": "ltu"},\n    {"entity": "fin", "from": "2026-10-30"}\n',
        ),
    });
    await loadReference(hall.db, now, folder);
    expect(await standing()).toEqual(expected);
    expect(await listCorrectionHistory(hall.db.read, { thing: "membership" })).toHaveLength(7);
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });

  test("[RF1] of a group's names and source holds", async () => {
    const hall = await withReference();
    const sela = await hall.as("sela");
    const before = await findGroup(hall.db.read, "canz");
    const words = { en: "CANZ", fr: "CANZ", es: "", ru: "", zh: "", ar: "" };
    const facts = { groupId: "canz", source: "Its joint statement", asOf: "2026-11-20", verified: true };
    done(await correctGroup(sela, { ...facts, ...words, reason: "Asked the three missions" }));
    expect(refusedFor(await correctGroup(sela, { ...facts, ...words, asOf: "soon", reason: "x" }))).toBe(
      "day",
    );
    expect(refusedFor(await correctGroup(sela, { ...facts, ...words, reason: "Again" }))).toBe(
      "nothing-changed",
    );
    const folder = changedReference({
      "groups.json": (text) => text.replaceAll("general knowledge", "general knowledge, 2027"),
    });
    await loadReference(hall.db, now, folder);
    const after = await findGroup(hall.db.read, "canz");
    expect(before?.verified).toBe(false);
    expect(after).toMatchObject({
      source: "Its joint statement",
      asOf: "2026-11-20",
      verified: true,
      names: { en: "CANZ", fr: "CANZ" },
    });
    expect((await findGroup(hall.db.read, "gcc"))?.source).toBe("general knowledge, 2027");
  });

  test("[RF5] [RF1] a load that was interrupted is made good by the next, and never undoes a correction", async () => {
    const hall = await withReference();
    const sela = await hall.as("sela");
    done(await correctEntity(sela, { ...(await entityWords(hall.db, "zwe")), en: "Zimbabwe (corrected)" }));
    done(
      await addMembership(sela, {
        groupId: "brics",
        entityId: "zwe",
        role: null,
        from: "2026-11-01",
        to: null,
        reason: "x",
      }),
    );
    const folder = changedReference({
      "entities.json": (text) => text.replaceAll('"regionalGroup": "african"', '"regionalGroup": null'),
      "topics.json": (text) => text.replace('"title": "Sovereignty"', '"title": "Sovereignty (new)"'),
    });
    const holds = async () => {
      expect((await findEntity(hall.db.read, "zwe"))?.names.en).toBe("Zimbabwe (corrected)");
      const members = await listMembers(hall.db.read, "brics", TODAY);
      expect(members.some(({ id }) => id === "zwe")).toBe(true);
    };
    let isLoaded = false;
    for (let writes = 0; !isLoaded; writes += 8) {
      let left = writes;
      const stopping: Database = {
        ...hall.db,
        write: (work, options) => {
          left -= 1;
          return left < 0 ? Promise.reject(new Error("stopped")) : hall.db.write(work, options);
        },
      };
      isLoaded = await loadReference(stopping, now, folder).then(
        ({ loaded }) => loaded,
        (error: Error) => {
          if (error.message !== "stopped") throw error;
          return false;
        },
      );
      await holds();
    }
    expect(await loadReference(hall.db, now, folder)).toMatchObject({ loaded: false });
    const states = await listEntities(hall.db.read, { kinds: ["member-state"] });
    expect(states.filter(({ regionalGroup }) => regionalGroup === "african")).toEqual([]);
    expect(faultsIn(hall.db.folder)).toEqual([]);
  });
});

describe("the pages of reference data", () => {
  test("[RF10] a group says who, since when, in which role, from where, of which day and how far it was checked", async () => {
    const hall = await withReference();
    const context = await hall.production(null);
    const weog = await show(groupLoader, { context, params: { group: "weog" } });
    const { group, members } = weog.body as never as {
      group: Record<string, unknown>;
      members: Record<string, unknown>[];
    };
    expect(group).toMatchObject({
      verified: true,
      asOf: "2026-11-22",
      name: "Western European and other States",
    });
    expect(String(group["source"])).toMatch(/Regional groups/);
    expect(String(group["note"])).toMatch(/United States/);
    expect(members.find(({ code }) => code === "USA")).toMatchObject({ role: "observer" });
    const eu = (await show(groupLoader, { context, params: { group: "eu" } })).body as never as {
      others: Record<string, unknown>[];
    };
    expect(eu.others).toMatchObject([{ code: "GBR", from: "1973-01-01", to: "2020-02-01" }]);
    const ldc = (await show(groupLoader, { context, params: { group: "ldc" } })).body as never as {
      group: { doubts: string[] };
      members: Record<string, unknown>[];
    };
    expect(ldc.group.doubts).toEqual(["ldc"]);
    expect(ldc.members.find(({ code }) => code === "LAO")).toMatchObject({
      scheduledTo: "2026-11-24",
      to: null,
    });
    const { groups } = (await show(groupsLoader, { context })).body as never as {
      groups: { id: string; counts: MemberCounts; verified: boolean }[];
    };
    expect(groups.find(({ id }) => id === "asia-pacific")?.counts).toEqual({
      members: 55,
      inRoles: [{ role: "participant", count: 1 }],
      elsewhere: 0,
    });
    expect(groups.find(({ id }) => id === "canz")).toMatchObject({ counts: { members: 3 }, verified: false });
    expect((await show(groupLoader, { context, params: { group: "none" } })).status).toBe(404);
    // An exercise knows no real group.
    const exercise = await hall.as("sela");
    expect((await show(groupLoader, { context: exercise, params: { group: "eu" } })).status).toBe(404);
  });

  test("[RF10] the Group of 77 counts 134: 133 members here and China, on its page, on the list and in its note", async () => {
    const hall = await withReference();
    const context = await hall.production(null);
    const { counts, members, group } = (await show(groupLoader, { context, params: { group: "g77-china" } }))
      .body as never as {
      counts: MemberCounts;
      members: { code: string; role: string | null }[];
      group: { asOf: string; note: string };
    };
    expect(counts).toEqual({
      members: 133,
      inRoles: [{ role: "associated", count: 1 }],
      elsewhere: 0,
    });
    expect(members).toHaveLength(134);
    expect(members.filter(({ role }) => role !== null)).toMatchObject([{ code: "CHN", role: "associated" }]);
    expect(group).toMatchObject({ asOf: "2026-11-22", note: expect.stringMatching(/134 .*133 .*China/) });
    const said = renderToStaticMarkup(
      createElement(
        I18nextProvider,
        { i18n: createTranslator("en") },
        createElement(MemberCount, { counts }),
      ),
    );
    expect(said).toBe("134 on the list: 133 members, 1 associated");
    const { groups } = (await show(groupsLoader, { context })).body as never as {
      groups: { id: string; counts: MemberCounts }[];
    };
    expect(groups.find(({ id }) => id === "g77-china")?.counts).toEqual(counts);
  });

  test("[RF11] [RF2] the history names the person to the secretariat alone", async () => {
    const hall = await withReference();
    const sela = await hall.production("sela");
    const params = { entity: "cze" };
    const { entityId: _id, ...words } = await entityWords(hall.db, "cze");
    const fields = {
      ...words,
      regionalGroup: words.regionalGroup ?? "",
      intent: "correct",
      fr: "Tchéquie (corrigé)",
    };
    const refused = await submit(entityAction, { ...fields, reason: "" }, { context: sela, params });
    expect(refused).toMatchObject({
      status: 422,
      body: { refusal: { fields: { reason: "reason-missing" } }, typed: { fr: "Tchéquie (corrigé)" } },
    });
    const taken = await submit(entityAction, fields, { context: sela, params });
    expect(taken).toMatchObject({ status: 302, location: "/reference/entities/cze" });
    const seenBy = async (personId: string | null) => {
      const context = await hall.production(personId);
      return (await show(entityLoader, { context, params })).body["corrections"];
    };
    expect(await seenBy("sela")).toMatchObject([{ by: "Sela", reason: "A letter of the mission" }]);
    for (const personId of [null, "dario", "bilal"])
      expect(await seenBy(personId)).toMatchObject([{ by: null }]);
    const list = await show(referenceLoader, { context: await hall.production(null) });
    expect(list.body["corrections"]).toMatchObject([{ about: "Czechia", by: null }]);
    expect(JSON.stringify(list.body)).not.toContain("Sela");
  });

  test("[RF12] an entity is found by its code, and by a piece of its name without regard to accents", async () => {
    const hall = await withReference();
    const context = await hall.production(null);
    const found = async (search: string) => {
      const request = new Request(`http://here/reference?${search}`);
      const { entities } = await referenceLoader({ request, params: {}, context });
      return entities.map(({ code }) => code);
    };
    expect(await found("q=turkiye")).toEqual(["TUR"]);
    expect(await found("q=CIV")).toEqual(["CIV"]);
    expect(await found(`q=${encodeURIComponent("côte d")}`)).toEqual(["CIV"]);
    expect(await found(`q=${encodeURIComponent("法国")}`)).toEqual(["FRA"]);
    expect(await found("kind=union")).toEqual(["AU", "EU"]);
    expect(await found("q=nowhere")).toEqual([]);
    expect(await found(`q=${encodeURIComponent("%' OR 1=1 --".repeat(400))}`)).toEqual([]);
    // With the one that the hall has of its own.
    expect(await found("kind=nothing")).toHaveLength(220);
    const exercise = await hall.as("sela");
    const request = new Request("http://here/reference");
    const { entities } = await referenceLoader({ request, params: {}, context: exercise });
    expect(entities.map(({ code }) => code)).toEqual(["LEM"]);
  });

  test("[RF4] the secretariat closes a membership on the group's page", async () => {
    const hall = await withReference();
    const context = await hall.production("sela");
    const form = {
      intent: "correct-member",
      entity: "lao",
      was: "",
      role: "",
      from: "",
      to: "2026-11-24",
      reason: "Graduated as announced",
    };
    const params = { group: "ldc" };
    expect(await submit(groupAction, form, { context, params })).toMatchObject({ status: 302 });
    const members = await listMembers(hall.db.read, "ldc", "2026-11-24");
    expect(members.some(({ id }) => id === "lao")).toBe(false);
    expect((await listMembers(hall.db.read, "ldc", TODAY)).some(({ id }) => id === "lao")).toBe(true);
    const { corrections } = (await show(groupLoader, { context, params })).body;
    expect(corrections).toMatchObject([
      {
        about: "Lao People's Democratic Republic, Least developed countries",
        changes: [{ field: "to", before: null, after: "2026-11-24" }],
      },
    ]);
    const acts = await hall.db.read.select().from(event);
    expect(acts.at(-1)).toMatchObject({
      act: "correctMembership",
      thing: "group",
      thingId: "ldc",
      personId: "sela",
    });
  });
});

test("[RF2] fields of names say a language without a name as empty", () => {
  expect(fieldsOfNames({ en: "One", fr: "Un" })).toMatchObject({
    "names.en": "One",
    "names.fr": "Un",
    "names.ar": "",
  });
});
