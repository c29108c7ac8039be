/** What the page of a draft proposal shows: a new one, or one of the viewer's own delegation. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { findProposalText, findProposalWording, type ProposalText } from "#app/commands/proposal-ground.ts";
import { membersKeyOf } from "#app/commands/statement-ground.ts";
import type { SheetProposal } from "#app/components/proposal/proposal-sheet.tsx";
import { standingOf } from "#app/rules/audience.ts";
import { dayAt } from "#app/rules/positions.ts";
import { mayReview, PROPOSAL_KINDS, type ProposalKind } from "#app/rules/proposals.ts";
import { visibleVersions } from "#app/rules/versions.ts";
import { notThere } from "#app/routes/answers.ts";
import { draftFacts } from "#app/routes/drafts/facts.ts";
import { openDrafts, type Seat, seatFor } from "#app/routes/drafts/seats.ts";
import { listSpokenFor } from "#app/routes/drafts/spoken-for.ts";
import { findAlignment } from "#app/routes/statement/alignment.ts";
import { plainWords } from "#collab/document.ts";
import { labelsOf } from "#collab/labels.ts";
import { listDelegations } from "#db/stores/delegation.ts";
import { findPerson } from "#db/stores/person.ts";
import { findProposal, listProposals } from "#db/stores/proposal.ts";
import { findProposalDraft } from "#db/stores/proposal-draft.ts";
import type { SessionRow } from "#db/stores/session.ts";
import { findTextWithMasthead } from "#db/stores/text.ts";
import { listVersions } from "#db/stores/text-version.ts";
import { proposalValues, type ProposalValues } from "./form.ts";

export type Loaded = Awaited<ReturnType<typeof loadProposalDraft>>;
export type Draft = Extract<Loaded, { kind: "draft" }>;
export type Ground = Awaited<ReturnType<typeof groundOf>>;

type Params = Readonly<Record<string, string | undefined>>;

/** The address of a draft that does not exist yet. */
export const NEW = "new";

/** Throws "not there" for everybody but the people of the draft's delegation, and for a text that is not theirs. */
export async function loadProposalDraft(context: AppLoadContext, params: Params, search: URLSearchParams) {
  const { session, seats } = await openDrafts(context, params);
  const { language, viewer } = context;
  const db = context.db.read;
  const draftId = params["draft"] ?? "";
  const shared = { sessionId: session.id, zone: session.timeZone };
  if (draftId === NEW) {
    const seat = seatFor(seats, search.get("delegation"));
    const found = await findProposalText(db, viewer, search.get("text") ?? "");
    if (found?.door.sessionId !== session.id) throw notThere();
    const before = await findProposal(db, {
      reader: found.reader,
      id: search.get("supersedes") ?? "",
      language,
    });
    const old = before?.delegationId === seat.delegationId && before.state === "released" ? before : null;
    const asked = search.get("version");
    const ground = await groundOf(context, { session, seat, found, asked: asked ?? old?.versionId ?? null });
    const kind = PROPOSAL_KINDS.find((one) => one === search.get("kind")) ?? "modify";
    const paragraph = search.get("paragraph") ?? "";
    return {
      ...shared,
      kind: "new" as const,
      seat,
      seats: seats.filter(({ mayDraft }) => mayDraft),
      ground,
      values: old
        ? { ...proposalValues(old), version: ground.versionId ?? "" }
        : beginning(ground, { kind, paragraph }),
      supersedes: old?.id ?? null,
    };
  }

  const delegationIds = seats.map(({ delegationId }) => delegationId);
  const draft = await findProposalDraft(db, { id: draftId, delegationIds });
  const seat = seats.find(({ delegationId }) => delegationId === draft?.delegationId);
  if (!draft || !seat || viewer.kind !== "person") throw notThere();
  const found = await findProposalText(db, viewer, draft.textId);
  const ground = found ? await groundOf(context, { session, seat, found, asked: draft.versionId }) : null;
  const facts = await draftFacts(db, draft);
  const today = dayAt(context.now(), session.timeZone);
  const { entityId } = seat;
  const { groupId, exceptions } = draft;
  const alignment = await findAlignment({ db, language }, { entityId, groupId, exceptions }, today);
  const delegations = await listDelegations(db, session.id, language);
  const names = (ids: readonly string[]) =>
    delegations.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
  const sheet: SheetProposal = {
    kind: draft.kind,
    paragraph: draft.basis.paragraph,
    after: draft.basis.after,
    isHidden: false,
    version:
      draft.versionId === null
        ? null
        : (ground?.versions.find(({ id }) => id === draft.versionId)?.label ?? "…"),
    wording: draft.wording,
    reason: draft.reason,
    alignment,
    sponsors: [],
    asked: names(draft.sponsorIds),
    bridges: (ground?.proposals ?? [])
      .filter(({ value }) => draft.bridges.includes(value))
      .map(({ value, label }) => ({
        name: label,
        to: `/sessions/${session.id}/texts/${draft.textId}/proposals/${value}`,
      })),
    language: ground?.text.language ?? "en",
  };
  return {
    ...shared,
    kind: "draft" as const,
    itemGone: false,
    seat,
    ground,
    textId: draft.textId,
    values: proposalValues(draft),
    draft: facts,
    sheet,
    /** With the release: who would go along with the group; "" for the delegation alone. */
    members: groupId === null ? "" : membersKeyOf((alignment?.aligned ?? []).map(({ id }) => id)),
    reviewedBy:
      draft.reviewedAt === null ? null : ((await findPerson(db, draft.reviewedBy ?? ""))?.name ?? ""),
    mayReview: seat.mayDraft && mayReview({ personId: viewer.personId, isHead: seat.mayRelease }, draft),
    supersedes: draft.supersedes,
  };
}

type Where = {
  readonly session: SessionRow;
  readonly seat: Seat;
  readonly found: ProposalText;
  /** The version that is asked for; null for none, and for the live wording. */
  readonly asked: string | null;
};

/** What can be chosen in the form, by the wording that the proposal is against. */
async function groundOf(context: AppLoadContext, { session, seat, found, asked }: Where) {
  const { language, viewer } = context;
  const db = context.db.read;
  const { door, reader } = found;
  const text = await findTextWithMasthead(db, { sessionId: session.id, textId: door.textId });
  if (!text) throw notThere();
  const versions = visibleVersions(standingOf(viewer, door), await listVersions(db, door.textId)).filter(
    ({ kind }) => kind === "issued",
  );
  const isLive = door.audience.shows === "live";
  const newest = versions.at(-1)?.id ?? null;
  const isAsked = versions.some(({ id }) => id === asked);
  const versionId = isAsked ? asked : isLive ? null : newest;
  const wording = await findProposalWording(context, found, versionId);
  const labels = wording ? labelsOf(wording.document) : new Map();
  const day = dayAt(context.now(), session.timeZone);
  const delegations = await listDelegations(db, session.id, language);
  const proposals = await listProposals(db, { reader, language });
  return {
    text: { id: text.id, title: text.title, language: text.language },
    versionId,
    isLive,
    versions: versions.map(({ id, label }) => ({ id, label })).toReversed(),
    paragraphs: (wording?.document.paragraphs ?? [])
      .filter(({ role }) => role !== "footnote")
      .map((paragraph) => ({
        id: paragraph.id,
        label: String(labels.get(paragraph.id)?.short ?? ""),
        words: plainWords(paragraph),
      })),
    sponsors: delegations
      .filter(({ id, capacity }) => capacity === "participant" && id !== seat.delegationId)
      .map(({ id, name, code }) => ({ value: id, label: `${name} (${code})` })),
    groups: await listSpokenFor(context, session, { entityId: seat.entityId, day }),
    proposals: proposals
      .filter(({ state }) => state === "released")
      .map(({ id, entityName, basis }) => ({
        value: id,
        label: [entityName, basis?.paragraph?.label ?? ""].filter(Boolean).join(", "),
      })),
  };
}

/** What the fields of a new one show: the words of the paragraph stand in it, to be written over. */
function beginning(
  { paragraphs, versionId }: Ground,
  { kind, paragraph }: { readonly kind: ProposalKind; readonly paragraph: string },
): ProposalValues {
  const about = paragraphs.find(({ id }) => id === paragraph);
  const isOver = kind === "modify" || kind === "alternative";
  return {
    kind,
    paragraph: about?.id ?? "",
    after: kind === "add" ? (about?.id ?? paragraphs.at(-1)?.id ?? "") : "",
    wording: isOver ? (about?.words ?? "") : "",
    reason: "",
    version: versionId ?? "",
    group: "",
    exceptions: [],
    sponsors: [],
    bridges: [],
  };
}
