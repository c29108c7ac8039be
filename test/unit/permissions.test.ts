/** The permission table, line by line, for one person of every kind. */
import { describe, expect, it } from "vitest";
import type { Audience, TextDoor } from "#app/rules/audience.ts";
import { type Act, type Thing, may, permissions } from "#app/rules/permissions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import type { DelegateRole, Office, SignedIn, Viewer } from "#app/rules/viewer.ts";

const nobody: SignedIn = {
  kind: "person",
  personId: "p",
  name: "P",
  loginId: "l",
  secretariat: false,
  offices: [],
  delegates: [],
  drafts: [],
};

const holding = (office: Office, sessionId = "s"): SignedIn => ({
  ...nobody,
  offices: [{ sessionId, office }],
});

function seated(
  role: DelegateRole,
  delegationId = "mine",
  capacity: "participant" | "observer" = "participant",
) {
  const seat = { sessionId: "s", delegationId, entityId: "e", code: "LMR", capacity, role };
  return { ...nobody, delegates: [seat] } satisfies SignedIn;
}

const cast = {
  public: { kind: "public" } as Viewer,
  outsider: nobody,
  secretariat: { ...nobody, secretariat: true },
  chair: holding("chair"),
  viceChair: holding("vice-chair"),
  facilitator: holding("facilitator"),
  officeOfSecretariat: holding("secretariat"),
  chairElsewhere: holding("chair", "other"),
  head: seated("head"),
  editor: seated("editor"),
  reader: seated("reader"),
  headElsewhere: seated("head", "theirs"),
  observer: seated("head", "watching", "observer"),
  drafter: { ...seated("editor", "theirs"), drafts: ["t"] },
} as const satisfies Record<string, Viewer>;

type Who = keyof typeof cast;
const all = Object.keys(cast) as Who[];

const session: Thing = { kind: "session", sessionId: "s" };
const installation: Thing = { kind: "installation" };
const mine: Thing = { kind: "delegation", sessionId: "s", delegationId: "mine" };

function text(audience: Audience, delegationIds: readonly string[] = []): Thing {
  const door: TextDoor = {
    textId: "t",
    sessionId: "s",
    delegationId: null,
    audience: { audience, delegationIds, shows: "versions", fromSeq: 0 },
  };
  return { kind: "text", door };
}

const ownText: Thing = {
  kind: "text",
  door: {
    textId: "t",
    sessionId: "s",
    delegationId: "mine",
    audience: { audience: "public", delegationIds: ["theirs"], shows: "live", fromSeq: 0 },
  },
};

const whoMay = (act: Act, thing: Thing): Who[] => all.filter((who) => may(act, cast[who], thing) === true);

function kindFor(act: Act, who: Who, thing: Thing): string {
  const answer = may(act, cast[who], thing);
  return isRefusal(answer) ? answer.kind : "may";
}

const presiding: readonly Who[] = ["secretariat", "chair", "officeOfSecretariat"];
const officers: readonly Who[] = ["secretariat", "chair", "viceChair", "facilitator", "officeOfSecretariat"];
const bureau: readonly Who[] = [...officers, "drafter"];

const inOrder = (who: readonly Who[]) => all.filter((one) => who.includes(one));

describe("the installation", () => {
  it("[PM2] lets its secretariat alone create sessions and manage people", () => {
    expect(whoMay("createSession", installation)).toEqual(["secretariat"]);
    expect(whoMay("managePeople", installation)).toEqual(["secretariat"]);
  });

  it("[PM2] lets everybody see which sessions there are", () => {
    expect(whoMay("listSessions", installation)).toEqual(all);
  });

  it("[PM2] lets nobody but oneself manage an account", () => {
    expect(whoMay("manageOwnAccount", { kind: "account", personId: "q" })).toEqual([]);
    const own = all.filter((who) => who !== "public");
    expect(whoMay("manageOwnAccount", { kind: "account", personId: "p" })).toEqual(own);
  });
});

describe("a session", () => {
  it.each(["manageAgenda", "manageMeetings", "manageDelegations", "createText"] as const)(
    "[PM2] %s is for its chair and secretariat",
    (act) => expect(whoMay(act, session)).toEqual(inOrder(presiding)),
  );

  it("[PM2] officers are appointed by the secretariat", () => {
    expect(whoMay("appointOfficer", session)).toEqual(inOrder(["secretariat", "officeOfSecretariat"]));
  });

  it("[PM1] says to whoever sees a session that an act is not theirs, and asks the public to sign in", () => {
    expect(kindFor("manageAgenda", "head", session)).toBe("not-allowed");
    expect(kindFor("manageAgenda", "chairElsewhere", session)).toBe("not-allowed");
    expect(kindFor("manageAgenda", "public", session)).toBe("sign-in");
  });
});

describe("what a delegation prepares", () => {
  it("[PM6] is read by its people alone, officers and secretariat excluded", () => {
    expect(whoMay("readDrafts", mine)).toEqual(["head", "editor", "reader"]);
  });

  it("[PM6] is written by its head and editors, and released by its head alone", () => {
    expect(whoMay("draft", mine)).toEqual(["head", "editor"]);
    expect(whoMay("release", mine)).toEqual(["head"]);
  });

  it("[PM1] does not exist for anybody else", () => {
    const others = all.filter((who) => !["head", "editor", "reader"].includes(who));
    for (const act of ["readDrafts", "draft", "release"] as const) {
      expect(others.map((who) => kindFor(act, who, mine))).toEqual(others.map(() => "not-found"));
    }
    expect(kindFor("release", "editor", mine)).toBe("not-allowed");
  });

  it("[PE11] its people are named by its head alone, and a first head by the secretariat", () => {
    expect(whoMay("manageDelegates", mine)).toEqual(["head"]);
    expect(whoMay("seatFirstHead", mine)).toEqual(inOrder(["secretariat", "officeOfSecretariat"]));
  });
});

describe("a delegation's own text", () => {
  it("[AD10] is read by its people, written by its head and editors, and not there for anybody else", () => {
    const own: readonly Who[] = ["head", "editor", "reader"];
    for (const act of ["readText", "readVersions", "compareVersions", "readAuthorship"] as const) {
      expect(whoMay(act, ownText), act).toEqual(own);
    }
    for (const act of ["writeText", "readHistory", "keepVersion", "restoreVersion", "importText"] as const) {
      expect(whoMay(act, ownText), act).toEqual(["head", "editor"]);
      expect(kindFor(act, "reader", ownText), act).toBe("not-allowed");
    }
    const others = all.filter((who) => !own.includes(who));
    for (const act of Object.keys(permissions) as Act[]) {
      if (permissions[act].on !== "text") continue;
      expect(
        others.map((who) => kindFor(act, who, ownText)),
        act,
      ).toEqual(others.map(() => "not-found"));
    }
  });

  it("[AD10] is not issued, locked or opened by anybody: what crosses over is what the head releases", () => {
    for (const act of [
      "issueVersion",
      "lockParagraph",
      "unlockParagraph",
      "setStance",
      "recordStance",
      "setAudience",
      "appointDrafter",
      "withdrawDrafter",
    ] as const) {
      expect(whoMay(act, ownText), act).toEqual([]);
    }
  });
});

describe("a text", () => {
  it("[PM1] of the bureau does not exist for anybody outside of it", () => {
    const others = all.filter((who) => !bureau.includes(who));
    for (const act of Object.keys(permissions) as Act[]) {
      if (permissions[act].on !== "text") continue;
      expect(
        others.map((who) => kindFor(act, who, text("bureau"))),
        act,
      ).toEqual(others.map(() => "not-found"));
    }
  });

  it("[PM2] is written by officers and its drafters, whoever may read it", () => {
    for (const act of ["writeText", "readHistory", "keepVersion", "restoreVersion", "importText"] as const) {
      expect(whoMay(act, text("public")), act).toEqual(inOrder(bureau));
    }
  });

  it("[PM2] is issued and locked by officers, opened by those who preside", () => {
    for (const act of ["issueVersion", "lockParagraph", "unlockParagraph"] as const) {
      expect(whoMay(act, text("all")), act).toEqual(inOrder(officers));
    }
    for (const act of ["setAudience", "appointDrafter", "withdrawDrafter"] as const) {
      expect(whoMay(act, text("all")), act).toEqual(inOrder(presiding));
    }
  });

  it("[PM2] is read by its audience", () => {
    const participants: readonly Who[] = ["head", "editor", "reader", "headElsewhere"];
    expect(whoMay("readText", text("named", ["mine"]))).toEqual(
      inOrder([...bureau, "head", "editor", "reader"]),
    );
    expect(whoMay("readText", text("all"))).toEqual(inOrder([...bureau, ...participants]));
    expect(whoMay("readText", text("observers"))).toEqual(inOrder([...bureau, ...participants, "observer"]));
    expect(whoMay("readText", text("public"))).toEqual(all);
  });
});

describe("the table", () => {
  it("[PM1] lets nobody do what they may not know of: where there is nothing to read, there is nothing at all", () => {
    const things: readonly (readonly [Thing, Act])[] = [
      [installation, "listSessions"],
      [session, "readSession"],
      [mine, "readDrafts"],
      [text("bureau"), "readText"],
      [text("named", ["mine"]), "readText"],
      [text("all"), "readText"],
    ];
    let hidden = 0;
    for (const [thing, reading] of things) {
      for (const act of (Object.keys(permissions) as Act[]).filter(
        (one) => permissions[one].on === thing.kind,
      )) {
        for (const who of all) {
          const [kind, read] = [kindFor(act, who, thing), kindFor(reading, who, thing)];
          if (kind === "sign-in") expect(who).toBe("public");
          const known: readonly string[] = permissions[act].known;
          // What a released position is, is everybody's knowledge, whose drafts are not.
          if (read === "may" || known.includes("anyone")) {
            expect([act, who, kind]).not.toEqual([act, who, "not-found"]);
            continue;
          }
          // Those who preside read what is under embargo, though nothing else of a delegation.
          if (act === "readEmbargoed" && kind === "may") {
            expect(presiding).toContain(who);
            continue;
          }
          hidden += 1;
          expect([act, who, kind]).toEqual([act, who, read]);
          expect(["not-found", "sign-in"]).toContain(kind);
        }
      }
    }
    expect(hidden).toBeGreaterThan(100);
  });

  it("refuses to be asked about a thing of another kind", () => {
    expect(() => may("readText", cast.chair, session)).toThrow(/not on a session/);
  });
});
