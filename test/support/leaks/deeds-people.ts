/** What is done with people, seats and offices: each is heard by those who may know of it. */
import { addDelegate } from "#app/commands/add-delegate.ts";
import { addDelegation } from "#app/commands/add-delegation.ts";
import { addDelegations } from "#app/commands/add-delegations.ts";
import { appointOfficer } from "#app/commands/appoint-officer.ts";
import { followLink } from "#app/commands/follow-link.ts";
import { handOver } from "#app/commands/hand-over.ts";
import { inviteDelegate } from "#app/commands/invite-delegate.ts";
import { invitePerson } from "#app/commands/invite-person.ts";
import { issuePasswordLink } from "#app/commands/issue-password-link.ts";
import { nameForDelegation } from "#app/commands/name-for-delegation.ts";
import { renewRecoveryCodes } from "#app/commands/own-codes.ts";
import { removeDelegate } from "#app/commands/remove-delegate.ts";
import { renewInvitation } from "#app/commands/renew-invitation.ts";
import { seatFirstHead } from "#app/commands/seat-first-head.ts";
import { suspendPerson } from "#app/commands/suspend-person.ts";
import { bringBackDelegation, withdrawDelegation } from "#app/commands/withdraw-delegation.ts";
import { withdrawOfficer } from "#app/commands/withdraw-officer.ts";
import { may } from "#app/rules/permissions.ts";
import type { Viewer } from "#app/rules/viewer.ts";
import { listDelegates } from "#db/stores/delegate.ts";
import { done } from "#test/support/people.ts";
import { ask } from "./browser.ts";
import { PASSWORD } from "./house.ts";
import type { Planted } from "./planted.ts";
import type { Deed } from "./quiet.ts";

const everybody = (): boolean => true;

/** Accounts, and seats in delegations; whoever gets a seat here has none in the end. */
export function deedsWithPeople({ house }: Planted): Deed[] {
  const { sessionId, otherSessionId, delegations } = house;
  const { read } = house.server.db;
  const outsider = house.people.get("outsider") ?? "";
  const secretariat = (viewer: Viewer) => may("managePeople", viewer, { kind: "installation" }) === true;
  const isOutsider = (viewer: Viewer) =>
    may("manageOwnAccount", viewer, { kind: "account", personId: outsider }) === true;
  const takesPart = (viewer: Viewer) => may("readDelegates", viewer, { kind: "session", sessionId }) === true;
  const inOther = (viewer: Viewer) =>
    may("readDelegates", viewer, { kind: "session", sessionId: otherSessionId }) === true;
  const office = () => house.as("secretariat");
  const seatOf = async (who: string): Promise<string> => {
    const personId = house.people.get(who) ?? who;
    const seat = (await listDelegates(read, sessionId)).find((one) => one.personId === personId);
    return seat?.id ?? "";
  };
  const hand = (from: string, to: string) => async () => {
    const input = {
      delegationId: delegations.b,
      delegateId: await seatOf(to),
      afterwards: "editor" as const,
    };
    done(await handOver(await house.as(from), input));
  };
  let invited = { personId: "", address: "" };
  let otherDelegation = "";
  let officerId = "";
  const facts = { name: "Somebody later", email: "later@example.org" };
  const observer = { sessionId, delegationId: delegations.observer };
  return [
    {
      what: "a link for a new password is issued",
      by: issuePasswordLink,
      may: (viewer) => secretariat(viewer) || isOutsider(viewer),
      fewer: { people: secretariat },
      work: async () => done(await issuePasswordLink(await office(), { personId: outsider })),
    },
    {
      what: "recovery codes are made anew",
      by: renewRecoveryCodes,
      may: (viewer) => secretariat(viewer) || isOutsider(viewer),
      fewer: { people: secretariat },
      work: async () => {
        const role = (await house.roles()).find(({ name }) => name === "outsider");
        if (!role) throw new Error("nobody is outside");
        const form = { intent: "renew", "current-password": PASSWORD };
        const { status } = await ask(house.site, role, { path: "/account/codes.data", form });
        if (status >= 400) throw new Error(`no new recovery codes: ${status}`);
      },
    },
    {
      what: "somebody is invited",
      by: invitePerson,
      may: secretariat,
      work: async () => {
        const person = { ...facts, email: "first@example.org", secretariat: false };
        invited = done(await invitePerson(await office(), person));
      },
    },
    {
      what: "somebody invited comes",
      by: followLink,
      may: secretariat,
      work: async () => {
        const token = invited.address.split("/").at(-1) ?? "";
        done(await followLink(await house.as("nobody"), { token, password: PASSWORD }));
      },
    },
    {
      what: "somebody is suspended",
      by: suspendPerson,
      may: secretariat,
      work: async () =>
        done(await suspendPerson(await office(), { personId: invited.personId, suspended: true })),
    },
    {
      what: "somebody is let in again",
      by: suspendPerson,
      may: secretariat,
      work: async () =>
        done(await suspendPerson(await office(), { personId: invited.personId, suspended: false })),
    },
    {
      what: "somebody is named for a delegation",
      by: nameForDelegation,
      may: secretariat,
      work: async () =>
        done(await nameForDelegation(await office(), { personId: outsider, entityId: "leak-a" })),
    },
    {
      what: "somebody is seated",
      by: addDelegate,
      may: takesPart,
      changes: ["outsider"],
      work: async () => {
        const seat = { delegationId: delegations.a, personId: outsider, role: "reader" as const };
        done(await addDelegate(await house.as("a-head"), seat));
      },
    },
    {
      what: "somebody is removed from a seat",
      by: removeDelegate,
      may: takesPart,
      changes: ["outsider"],
      work: async () =>
        done(await removeDelegate(await house.as("a-head"), { delegateId: await seatOf("outsider") })),
    },
    {
      what: "a head invites somebody",
      by: inviteDelegate,
      may: takesPart,
      fewer: { people: secretariat },
      work: async () => {
        const seat = { ...facts, delegationId: delegations.a, role: "reader" as const };
        invited = done(await inviteDelegate(await house.as("a-head"), seat));
      },
    },
    {
      what: "a head makes a new link",
      by: renewInvitation,
      may: secretariat,
      work: async () => {
        const delegateId = await seatOf(invited.personId);
        done(await renewInvitation(await house.as("a-head"), { delegateId }));
      },
    },
    {
      what: "somebody invited by a head is removed",
      by: removeDelegate,
      may: takesPart,
      work: async () =>
        done(await removeDelegate(await house.as("a-head"), { delegateId: await seatOf(invited.personId) })),
    },
    {
      what: "a head hands over",
      by: handOver,
      may: takesPart,
      changes: ["b-editor", "b-head"],
      work: hand("b-head", "b-editor"),
    },
    {
      what: "a head hands over back",
      by: handOver,
      may: takesPart,
      changes: ["b-editor", "b-head"],
      work: hand("b-editor", "b-head"),
    },
    {
      what: "a delegation is withdrawn",
      by: withdrawDelegation,
      may: everybody,
      changes: ["observer"],
      work: async () => done(await withdrawDelegation(await office(), { ...observer, reason: "Asked for" })),
    },
    {
      what: "a delegation is brought back",
      by: bringBackDelegation,
      may: everybody,
      changes: ["observer"],
      work: async () => done(await bringBackDelegation(await office(), observer)),
    },
    {
      what: "a delegation takes part elsewhere",
      by: addDelegation,
      may: everybody,
      work: async () => {
        const added = { sessionId: otherSessionId, entityId: "leak-a", capacity: "participant" as const };
        otherDelegation = done(await addDelegation(await office(), added)).delegationId;
      },
    },
    {
      what: "its first head is seated elsewhere",
      by: seatFirstHead,
      may: inOther,
      changes: ["outsider"],
      work: async () => {
        const seat = { delegationId: otherDelegation, personId: outsider };
        done(await seatFirstHead(await office(), seat));
      },
    },
    {
      what: "delegations are added with somebody invited for a head",
      by: addDelegations,
      may: everybody,
      fewer: { people: secretariat },
      work: async () => {
        const head = { name: "Head of C", email: "c@example.org" };
        const rows = [{ entityId: "leak-c", capacity: "participant" as const, head }];
        const told = done(await addDelegations(await office(), { sessionId: otherSessionId, rows }));
        if (told.added !== 1 || told.links.length !== 1) throw new Error("nobody was invited");
      },
    },
    {
      what: "a list of delegations seats a head alone",
      by: addDelegations,
      may: (viewer) => inOther(viewer),
      fewer: { people: secretariat },
      work: async () => {
        const delegation = {
          sessionId: otherSessionId,
          entityId: "leak-b",
          capacity: "participant" as const,
        };
        const quiet = { ...house.server.notices, tell: () => {} };
        done(await addDelegation({ ...(await office()), notices: quiet }, delegation));
        const head = { name: "Head of B", email: "b@example.org" };
        const rows = [{ ...delegation, head }];
        const told = done(await addDelegations(await office(), { sessionId: otherSessionId, rows }));
        if (told.added !== 0 || told.seated !== 1) throw new Error("nobody was seated");
      },
    },
    {
      what: "somebody is appointed to an office",
      by: appointOfficer,
      may: everybody,
      changes: ["former"],
      work: async () => {
        const personId = house.people.get("former") ?? "";
        const held = { sessionId: otherSessionId, personId, office: "facilitator" as const };
        ({ officerId } = done(await appointOfficer(await office(), held)));
      },
    },
    {
      what: "an office ends",
      by: withdrawOfficer,
      may: everybody,
      changes: ["former"],
      work: async () => done(await withdrawOfficer(await office(), { sessionId: otherSessionId, officerId })),
    },
  ];
}
