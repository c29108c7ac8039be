/** One paragraph's life: every wording that this viewer may see, its locks, and the way back to a wording. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, redirect, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useAnswer } from "#app/components/use-answer.ts";
import { lockParagraph } from "#app/commands/lock-paragraph.ts";
import { restoreParagraph } from "#app/commands/restore-paragraph.ts";
import { unlockParagraph } from "#app/commands/unlock-paragraph.ts";
import { findProposalText } from "#app/commands/proposal-ground.ts";
import { ErrorSummary } from "#app/components/form.tsx";
import { Live } from "#app/components/live.tsx";
import { PageHead } from "#app/components/page.tsx";
import { ProposalList } from "#app/components/proposal/proposal-list.tsx";
import { NotePart } from "#app/components/record/note-part.tsx";
import { StatementList } from "#app/components/record/statement-list.tsx";
import { ParagraphBrackets } from "#app/components/text/paragraph-brackets.tsx";
import { ParagraphLife } from "#app/components/text/paragraph-life.tsx";
import { ParagraphLock } from "#app/components/text/paragraph-lock.tsx";
import { Docbar } from "#app/components/text/text-nav.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { paragraphNoteId } from "#app/rules/notes.ts";
import { isRefusal } from "#app/rules/refusal.ts";
import { statementReader } from "#app/rules/statements.ts";
import { seesLive } from "#app/rules/versions.ts";
import { field, formAnswer, intentOf, notThere, unknownIntent } from "#app/routes/answers.ts";
import { findOwnNote } from "#app/routes/notes/own-note.ts";
import { mayDraftIn } from "#app/routes/positions/open-session.ts";
import { mayPropose } from "#app/routes/proposals/may-propose.ts";
import { proposalLine } from "#app/routes/proposals/lines.ts";
import { saidIn, withSaid } from "#app/routes/said.ts";
import { listLines } from "#app/routes/statements/lines.ts";
import { mayDo, openForm, openText, seenVersions, wordingAt } from "#app/routes/text/open-text.ts";
import { pagesOf } from "#app/routes/text/summaries.ts";
import { stancesInLife } from "#app/routes/text/stances.ts";
import { labelsOf } from "#collab/labels.ts";
import { listLocksOf } from "#db/stores/paragraph-lock.ts";
import { listProposals } from "#db/stores/proposal.ts";
import { listStatementsOnParagraph } from "#db/stores/statement.ts";
import { askedWording, paragraphLife } from "./paragraph-life.ts";

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const open = await openText(context, params, "readVersions");
  const { text, door, standing } = open;
  const paragraphId = params["paragraph"] ?? "";
  const wordings = await paragraphLife(context, open, paragraphId);
  if (wordings.length === 0) throw notThere();
  const versions = await seenVersions(context, open);
  const newest = versions.findLast(({ kind }) => kind === "issued");
  const shown = await wordingAt(context, open, seesLive(standing) ? "live" : (newest?.id ?? ""));
  const labels = shown ? labelsOf(shown.document) : new Map();
  const may = mayDo(context, door, ["lockParagraph", "restoreVersion", "readHistory"]);
  const { language, viewer } = context;
  const which = { reader: statementReader(viewer), textId: text.id, paragraphId, language };
  const statements = await listStatementsOnParagraph(context.db.read, which);
  const speaks = text.delegationId === null && mayDraftIn(context, text.sessionId);
  const noted = { thing: "paragraph", thingId: paragraphNoteId({ textId: text.id, paragraphId }) } as const;
  const draft = new URLSearchParams({ item: text.itemId, paragraph: `${text.id}/${paragraphId}` });
  const isThere = shown?.document.paragraphs.some(({ id }) => id === paragraphId) ?? false;
  return {
    text: { id: text.id, title: text.title, language: text.language, zone: text.timeZone },
    pages: pagesOf(context, open, versions),
    paragraph: {
      id: paragraphId,
      label: String(labels.get(paragraphId)?.short ?? ""),
      isThere,
    },
    wordings,
    // In a delegation's own text there is nothing to note beside it.
    ownNote: text.delegationId === null ? await findOwnNote(context, text.sessionId, noted) : null,
    proposals: await proposalsOn(context, text.id, paragraphId),
    /** Where to propose; null for whoever drafts for nobody. */
    propose:
      text.delegationId === null && mayPropose(viewer, text.sessionId)
        ? `/sessions/${text.sessionId}/drafts/proposals/new?${new URLSearchParams({ text: text.id, paragraph: paragraphId }).toString()}`
        : null,
    brackets: await stancesInLife(context, open, { paragraphId, document: shown?.document ?? null }),
    statements: await listLines(context.db.read, statements),
    /** Where to speak to it; null for whoever drafts for nobody. */
    speak: speaks ? `/sessions/${text.sessionId}/drafts/statements/new?${draft.toString()}` : null,
    locks: may.readHistory ? await locksOf(context, text.id, paragraphId) : [],
    mayLock: may.lockParagraph,
    mayRestore: may.restoreVersion,
    asks: may.restoreVersion ? askedWording(wordings, { request, isThere }) : null,
    done: saidIn(context, request)["done"] ?? null,
  };
}

async function proposalsOn(context: LoaderFunctionArgs["context"], textId: string, paragraphId: string) {
  const found = await findProposalText(context.db.read, context.viewer, textId);
  if (!found) return [];
  const which = { reader: found.reader, paragraphId, language: context.language };
  return (await listProposals(context.db.read, which)).map(proposalLine);
}

async function locksOf(context: LoaderFunctionArgs["context"], textId: string, paragraphId: string) {
  const locks = await listLocksOf(context.db.read, { textId, paragraphId });
  return locks.map((lock) => ({
    id: lock.id,
    by: lock.lockedByName,
    at: lock.lockedAt,
    unlocked:
      lock.unlockedAt === null
        ? null
        : { by: lock.unlockedByName ?? "", at: lock.unlockedAt, reason: lock.unlockReason ?? "" },
  }));
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  if (!data) return titleOf({ matches }, null);
  const { label } = data.paragraph;
  return titleOf({ matches }, label === "" ? "chrome:titles.paragraphPlain" : "chrome:titles.paragraph", {
    label,
    text: data.text.title,
  });
};

export async function action({ context, params, request }: ActionFunctionArgs) {
  const acts = ["lockParagraph", "unlockParagraph", "restoreVersion"] as const;
  const { text, form } = await openForm(context, { params, request }, acts);
  const paragraphId = params["paragraph"] ?? "";
  const which = { textId: text.id, paragraphId };
  let done: string;
  let result: unknown;
  switch (intentOf(form)) {
    case "lock":
      result = await lockParagraph(context, which);
      done = "locked";
      break;
    case "unlock":
      result = await unlockParagraph(context, { ...which, reason: field(form, "reason") });
      done = "unlocked";
      break;
    case "restore": {
      const seq = Number(field(form, "seq"));
      const from = seq > 0 ? { seq } : { versionId: field(form, "version") };
      const restored = await restoreParagraph(context, { ...which, from });
      done = !isRefusal(restored) && restored.changed.length === 0 ? "same" : "restored";
      result = restored;
      break;
    }
    default:
      return unknownIntent();
  }
  if (isRefusal(result)) return formAnswer(result, form);
  const here = `/sessions/${text.sessionId}/texts/${text.id}/paragraphs/${paragraphId}`;
  return redirect(withSaid(context, here, { done }));
}

const sentences: Readonly<Record<string, string>> = {
  locked: "paragraph.lockedNow",
  unlocked: "paragraph.unlocked",
  restored: "paragraph.restored",
  same: "paragraph.restoredSame",
};

export default function ParagraphPage() {
  const { text, pages, paragraph, done, ...rest } = useLoaderData<typeof loader>();
  const answer = useAnswer<typeof action>();
  const refused = answer && "refusal" in answer ? answer : undefined;
  const isUnlocking = refused?.typed["intent"] === "unlock";
  const { t } = useTranslation("text");
  const label = paragraph.label || t("paragraph.plain");
  const said = sentences[done ?? ""];
  return (
    <div className="text-room plain">
      <Live
        topics={[
          `locks:${text.id}`,
          `brackets:${text.id}`,
          `stances:${text.id}`,
          `versions:${text.id}`,
          `proposals:${text.id}`,
          "statements",
        ]}
      />
      <Docbar title={text.title} under={[label]} pages={pages} />
      <main className="page" id="content">
        <PageHead isPart title={t("paragraph.title", { label })}>
          {paragraph.isThere ? (
            <Link className="btn" to={`${pages.base}#p-${paragraph.id}`} reloadDocument>
              {t("paragraph.show")}
            </Link>
          ) : (
            <span className="st deleted">{t("paragraph.deletedNow")}</span>
          )}
        </PageHead>
        {said && !refused ? <output className="done">{t(said)}</output> : null}
        {refused && !isUnlocking && rest.asks === null ? <ErrorSummary answer={refused} /> : null}
        <ParagraphLock
          label={label}
          locks={rest.locks}
          mayLock={rest.mayLock}
          isThere={paragraph.isThere}
          zone={text.zone}
          answer={isUnlocking ? refused : undefined}
        />
        <NotePart own={rest.ownNote} zone={text.zone} />
        <section className="block" aria-labelledby="wordings">
          <h2 id="wordings" className="h2">
            {t("paragraph.wordings")}
          </h2>
          <ParagraphLife
            wordings={rest.wordings}
            base={pages.base}
            zone={text.zone}
            lang={text.language}
            mayRestore={rest.mayRestore}
            asks={rest.asks}
            label={label}
            here={`${pages.base}/paragraphs/${paragraph.id}`}
            answer={isUnlocking ? undefined : refused}
          />
        </section>
        {rest.proposals.length === 0 && rest.propose === null ? null : (
          <section className="part" aria-labelledby="proposals">
            <div className="part-head">
              <h2 id="proposals">{t("proposals:title")}</h2>
              {rest.propose === null ? null : (
                <Link className="btn" to={rest.propose}>
                  {t("proposals:proposeHere", { label })}
                </Link>
              )}
            </div>
            {rest.proposals.length === 0 ? (
              <p className="cap">{t("proposals:noneHere")}</p>
            ) : (
              <ProposalList
                proposals={rest.proposals}
                base={pages.base}
                zone={text.zone}
                language={text.language}
              />
            )}
          </section>
        )}
        <ParagraphBrackets brackets={rest.brackets} zone={text.zone} base={pages.base} />
        {rest.statements.length === 0 && rest.speak === null ? null : (
          <section className="part" aria-labelledby="statements">
            <div className="part-head">
              <h2 id="statements">{t("paragraph.statements")}</h2>
              {rest.speak === null ? null : (
                <Link className="btn" to={rest.speak}>
                  {t("paragraph.speak")}
                </Link>
              )}
            </div>
            {rest.statements.length === 0 ? (
              <p className="cap">{t("paragraph.noStatements")}</p>
            ) : (
              <StatementList statements={rest.statements} zone={text.zone} />
            )}
          </section>
        )}
      </main>
    </div>
  );
}
