/**
 * The whole permission table, as one reads it: for every act and thing, what each kind of person is told.
 *
 * yes: may do it. no: sees the thing and is told that this is not theirs. sign: is asked to sign in. –: for this person
 * there is no such thing.
 *
 * guest: signed in, without a part. secretariat: of the installation. clerk: secretariat of this session. vice: vice-chair.
 * visitor: the chair of another session. head, editor, reader: of the delegation that the row is about, and theirHead,
 * theirEditor, theirReader of another one. observer: head of an observer delegation. drafter: of the text, with no other part.
 */
import { describe, expect, it } from "vitest";
import type { Audience } from "#app/rules/audience.ts";
import { type Act, type Thing, may, permissions } from "#app/rules/permissions.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import type { DelegateRole, Office, SignedIn, Viewer } from "#app/rules/viewer.ts";

const table = `
          public guest secretariat clerk chair vice facilitator visitor head editor reader theirHead theirEditor theirReader observer drafter

# listSessions signIn readReference search changeDisplay hearNotices
body      yes    yes   yes         yes   yes   yes  yes         yes     yes  yes    yes    yes       yes         yes         yes      yes

# readSession readReleased
session   yes    yes   yes         yes   yes   yes  yes         yes     yes  yes    yes    yes       yes         yes         yes      yes

# createSession managePeople correctReference manageTopics manageCalendar requireCodes
body      sign   no    yes         no    no    no   no          no      no   no     no     no        no          no          no       no

# manageOwnAccount
own       –      yes   yes         yes   yes   yes  yes         yes     yes  yes    yes    yes       yes         yes         yes      yes
foreign   –      –     –           –     –     –    –           –       –    –      –      –         –           –           –        –

# readDelegates
session   sign   no    yes         yes   yes   yes  yes         no      yes  yes    yes    yes       yes         yes         yes      no

# manageAgenda manageMeetings manageDelegations createText deliverStatement
session   sign   no    yes         yes   yes   no   no          no      no   no     no     no        no          no          no       no

# appointOfficer editSession withdrawDelegation
session   sign   no    yes         yes   no    no   no          no      no   no     no     no        no          no          no       no

# readDrafts readNotes
ours      –      –     –           –     –     –    –           –       yes  yes    yes    –         –           –           –        –

# draft writeNotes
ours      –      –     –           –     –     –    –           –       yes  yes    no     –         –           –           –        –

# release
ours      –      –     –           –     –     –    –           –       yes  no     no     –         –           –           –        –

# readEmbargoed
ours      –      –     yes         yes   yes   –    –           –       yes  yes    yes    –         –           –           –        –

# manageDelegates withdrawPosition confirmReading
ours      sign   no    no          no    no    no   no          no      yes  no     no     no        no          no          no       no

# seatFirstHead
ours      sign   no    yes         yes   no    no   no          no      no   no     no     no        no          no          no       no

# readText readVersions compareVersions readAuthorship
bureau    –      –     yes         yes   yes   yes  yes         –       –    –      –      –         –           –           –        yes
named     –      –     yes         yes   yes   yes  yes         –       yes  yes    yes    –         –           –           –        yes
all       –      –     yes         yes   yes   yes  yes         –       yes  yes    yes    yes       yes         yes         –        yes
observers –      –     yes         yes   yes   yes  yes         –       yes  yes    yes    yes       yes         yes         yes      yes
public    yes    yes   yes         yes   yes   yes  yes         yes     yes  yes    yes    yes       yes         yes         yes      yes

# writeText readHistory keepVersion restoreVersion importText recordStance liftBracket
bureau    –      –     yes         yes   yes   yes  yes         –       –    –      –      –         –           –           –        yes
named     –      –     yes         yes   yes   yes  yes         –       no   no     no     –         –           –           –        yes
all       –      –     yes         yes   yes   yes  yes         –       no   no     no     no        no          no          –        yes
observers –      –     yes         yes   yes   yes  yes         –       no   no     no     no        no          no          no       yes
public    sign   no    yes         yes   yes   yes  yes         no      no   no     no     no        no          no          no       yes

# issueVersion lockParagraph unlockParagraph
bureau    –      –     yes         yes   yes   yes  yes         –       –    –      –      –         –           –           –        no
named     –      –     yes         yes   yes   yes  yes         –       no   no     no     –         –           –           –        no
all       –      –     yes         yes   yes   yes  yes         –       no   no     no     no        no          no          –        no
observers –      –     yes         yes   yes   yes  yes         –       no   no     no     no        no          no          no       no
public    sign   no    yes         yes   yes   yes  yes         no      no   no     no     no        no          no          no       no

# setStance withdrawProposal sponsorProposal
bureau    –      –     no          no    no    no   no          –       –    –      –      –         –           –           –        no
named     –      –     no          no    no    no   no          –       yes  no     no     –         –           –           –        no
all       –      –     no          no    no    no   no          –       yes  no     no     yes       no          no          –        no
observers –      –     no          no    no    no   no          –       yes  no     no     yes       no          no          no       no
public    sign   no    no          no    no    no   no          no      yes  no     no     yes       no          no          no       no

# setAudience appointDrafter withdrawDrafter
bureau    –      –     yes         yes   yes   no   no          –       –    –      –      –         –           –           –        no
named     –      –     yes         yes   yes   no   no          –       no   no     no     –         –           –           –        no
all       –      –     yes         yes   yes   no   no          –       no   no     no     no        no          no          –        no
observers –      –     yes         yes   yes   no   no          –       no   no     no     no        no          no          no       no
public    sign   no    yes         yes   yes   no   no          no      no   no     no     no        no          no          no       no
`;

const guest: SignedIn = {
  kind: "person",
  personId: "p",
  name: "P",
  loginId: "l",
  secretariat: false,
  offices: [],
  delegates: [],
  drafts: [],
};

function officer(office: Office, sessionId = "s"): Viewer {
  return { ...guest, offices: [{ sessionId, office }] };
}

function delegate(
  role: DelegateRole,
  delegationId: string,
  capacity: "participant" | "observer" = "participant",
): Viewer {
  const seat = { sessionId: "s", delegationId, entityId: "e", code: "LMR", capacity, role };
  return { ...guest, delegates: [seat] };
}

const cast: Readonly<Record<string, Viewer>> = {
  public: { kind: "public" },
  guest,
  secretariat: { ...guest, secretariat: true },
  clerk: officer("secretariat"),
  chair: officer("chair"),
  vice: officer("vice-chair"),
  facilitator: officer("facilitator"),
  visitor: officer("chair", "another"),
  head: delegate("head", "ours"),
  editor: delegate("editor", "ours"),
  reader: delegate("reader", "ours"),
  theirHead: delegate("head", "theirs"),
  theirEditor: delegate("editor", "theirs"),
  theirReader: delegate("reader", "theirs"),
  observer: delegate("head", "watching", "observer"),
  drafter: { ...guest, drafts: ["t"] },
};

function text(audience: Audience): Thing {
  const delegationIds = audience === "named" ? ["ours"] : [];
  const shown = { audience, delegationIds, shows: "live", fromSeq: 0 } as const;
  return { kind: "text", door: { textId: "t", sessionId: "s", delegationId: null, audience: shown } };
}

/** The first word of a row. */
const things: Readonly<Record<string, Thing>> = {
  body: { kind: "installation" },
  own: { kind: "account", personId: "p" },
  foreign: { kind: "account", personId: "q" },
  session: { kind: "session", sessionId: "s" },
  ours: { kind: "delegation", sessionId: "s", delegationId: "ours" },
  bureau: text("bureau"),
  named: text("named"),
  all: text("all"),
  observers: text("observers"),
  public: text("public"),
};

const said: Readonly<Record<string, string>> = { "not-allowed": "no", "sign-in": "sign", "not-found": "–" };

function answer(act: Act, who: string, on: string): string {
  const [viewer, thing] = [cast[who], things[on]];
  if (!viewer || !thing) throw new Error(`nobody called ${who}, or nothing called ${on}`);
  const allowed = may(act, viewer, thing);
  return isRefusal(allowed) ? (said[allowed.kind] ?? allowed.kind) : "yes";
}

type Row = { readonly act: Act; readonly on: string; readonly cells: readonly string[] };

const [head = "", ...lines] = table.split("\n").filter((line) => line.trim() !== "");
const who = head.trim().split(/\s+/);

/** A line of acts begins with #; the rows below it hold for each of them. */
function rowsOf(): Row[] {
  const rows: Row[] = [];
  let acts: readonly Act[] = [];
  for (const line of lines) {
    if (line.startsWith("#")) {
      acts = line.slice(1).trim().split(" ") as Act[];
      continue;
    }
    const [on = "", ...cells] = line.trim().split(/\s+/);
    for (const act of acts) rows.push({ act, on, cells });
  }
  return rows;
}

describe("the permission table", () => {
  it("[PM2] speaks of everybody, every act and every thing that the act is done on", () => {
    expect(who).toEqual(Object.keys(cast));
    const wanted = (Object.keys(permissions) as Act[]).flatMap((act) =>
      Object.entries(things).flatMap(([on, { kind }]) =>
        kind === permissions[act].on ? [`${act} ${on}`] : [],
      ),
    );
    expect(
      rowsOf()
        .map(({ act, on }) => `${act} ${on}`)
        .toSorted(),
    ).toEqual(wanted.toSorted());
  });

  it.each(rowsOf().map(({ act, on, cells }) => [act, on, cells] as const))(
    "[PM2] %s, %s",
    (act, on, cells) => {
      const listed = Object.fromEntries(who.map((one, index) => [one, cells[index]]));
      expect(Object.fromEntries(who.map((one) => [one, answer(act, one, on)]))).toEqual(listed);
    },
  );

  it("[PM1] [PM6] tells of a delegation's drafts to nobody outside of it, with a second office or not", () => {
    for (const [name, viewer] of Object.entries(cast)) {
      if (viewer.kind !== "person" || viewer.delegates.some((seat) => seat.delegationId === "ours")) continue;
      const offices = ["chair", "secretariat"].map((office) => ({
        sessionId: "s",
        office: office as Office,
      }));
      const grand = { ...viewer, secretariat: true, offices, drafts: ["t"] };
      for (const act of ["readDrafts", "draft", "release"] as const) {
        const refusal = may(act, grand, { kind: "delegation", sessionId: "s", delegationId: "ours" });
        expect(refusal, `${act} by ${name}`).toMatchObject({ kind: "not-found", code: "not-there" });
      }
    }
  });
});
