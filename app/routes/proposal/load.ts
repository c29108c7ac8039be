/** What the page of a released proposal shows, and what this viewer may do with it. */
import type { AppLoadContext } from "#app/commands/context.ts";
import { findProposalText } from "#app/commands/proposal-ground.ts";
import type { SheetProposal } from "#app/components/proposal/proposal-sheet.tsx";
import { dayAt } from "#app/rules/positions.ts";
import { headedIn, may } from "#app/rules/permissions.ts";
import { notThere } from "#app/routes/answers.ts";
import { findAlignment } from "#app/routes/statement/alignment.ts";
import { type OpenText, seenVersions } from "#app/routes/text/open-text.ts";
import { listDelegations } from "#db/stores/delegation.ts";
import { findAlignedAtRelease } from "#db/stores/event.ts";
import { findProposal, listProposals } from "#db/stores/proposal.ts";

/** Throws "not there" for one that this viewer may not know of. */
export async function loadProposal(context: AppLoadContext, { text, ...open }: OpenText, id: string) {
  const { language, viewer } = context;
  const db = context.db.read;
  const found = await findProposalText(db, viewer, text.id);
  const row = found && (await findProposal(db, { reader: found.reader, id, language }));
  if (!found || !row) throw notThere();
  const delegations = await listDelegations(db, text.sessionId, language);
  const nameOf = (delegationId: string) =>
    delegations.find((one) => one.id === delegationId)?.name ?? delegationId;
  const versions = await seenVersions(context, { text, ...open });
  const seat = viewer.kind === "person" ? headedIn(viewer, text.sessionId) : undefined;
  const isOwn =
    viewer.kind === "person" && viewer.delegates.some((one) => one.delegationId === row.delegationId);
  const isSponsor = (delegationId: string) => row.sponsors.some((one) => one.delegationId === delegationId);
  const stands = row.state === "released";
  const bridged =
    row.bridges.length === 0
      ? []
      : (await listProposals(db, { reader: found.reader, language })).filter((one) =>
          row.bridges.includes(one.id),
        );
  const day = dayAt(row.releasedAt, text.timeZone);
  const thing = { kind: "text", door: open.door } as const;
  const sheet: SheetProposal = {
    kind: row.kind,
    paragraph: row.basis?.paragraph ?? null,
    after: row.basis?.after ?? null,
    isHidden: row.basis === null,
    version:
      versions.find((version) => version.id === row.versionId)?.label ??
      (row.versionId === null ? null : "…"),
    wording: row.wording,
    reason: row.reason,
    alignment: await findAlignment(
      { db, language },
      { entityId: row.entityId, groupId: row.groupId, exceptions: row.exceptions },
      day,
      row.groupId === null ? null : await findAlignedAtRelease(db, { thing: "proposal", thingId: row.id }),
    ),
    sponsors: row.sponsors.map(({ name }) => name),
    asked: isOwn ? row.sponsorIds.filter((one) => !isSponsor(one)).map(nameOf) : null,
    bridges: bridged.map((one) => ({ name: one.entityName, to: one.id })),
    language: text.language,
  };
  return {
    id: row.id,
    paragraphId: row.paragraphId,
    entityName: row.entityName,
    entityCode: row.entityCode,
    releasedAt: row.releasedAt,
    state: row.state,
    withdrawal: row.withdrawal,
    supersedes: row.supersedes,
    supersededBy: row.supersededBy,
    sheet,
    mayWithdraw:
      stands && seat?.delegationId === row.delegationId && may("withdrawProposal", viewer, thing) === true,
    /** The delegation of the viewer that is asked, and has not answered; null for none. */
    asks:
      stands && seat && row.sponsorIds.includes(seat.delegationId) && !isSponsor(seat.delegationId)
        ? { delegationId: seat.delegationId, maySponsor: may("sponsorProposal", viewer, thing) === true }
        : null,
    mayDraft:
      viewer.kind === "person" &&
      viewer.delegates.some(
        ({ delegationId }) =>
          delegationId === row.delegationId &&
          may("draft", viewer, { kind: "delegation", sessionId: text.sessionId, delegationId }) === true,
      ),
  };
}
