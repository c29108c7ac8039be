/** A document is put under an agenda item: its symbol and title, and where it is, or the file itself. */
import { faultsOfDocument } from "#app/rules/documents.ts";
import { cleanFields } from "#app/rules/fields.ts";
import { may } from "#app/rules/permissions.ts";
import { type Refusal, isRefusal, refuse } from "#app/rules/refusal.ts";
import { findAgendaItem } from "#db/stores/agenda.ts";
import { insertDocument } from "#db/stores/document.ts";
import { findSession } from "#db/stores/session.ts";
import { insertUpload } from "#db/stores/upload.ts";
import { reasonFor } from "./agenda-change.ts";
import type { CommandContext, FileToTake, TakenFile } from "./context.ts";
import { refusedItem } from "./document-gone.ts";
import { actOnSession } from "./session-act.ts";
import { withFile } from "./with-file.ts";

type NewDocument = {
  readonly sessionId: string;
  readonly itemId: string;
  readonly symbol: string;
  readonly title: string;
  readonly url: string;
  readonly file: FileToTake | null;
  readonly reason?: string;
};

/**
 * Refused for an item that is not on this agenda, without a title, without exactly one of address and file, and without a
 * reason once the agenda is adopted (rule AG18).
 */
export async function addDocument(
  context: CommandContext,
  input: NewDocument,
): Promise<Refusal | { readonly documentId: string }> {
  const { sessionId, itemId, symbol, title, url, file } = cleanFields("document", input);
  const allowed = may("manageAgenda", context.viewer, { kind: "session", sessionId });
  if (allowed !== true) return allowed;
  const { read } = context.db;
  const before = await findSession(read, sessionId);
  if (!before) return refuse("not-found", "not-there");
  if (!(await findAgendaItem(read, { sessionId, itemId }))) return refusedItem(read, before, itemId);
  const fields = {
    ...faultsOfDocument({ symbol, title, url }, file !== null),
    ...reasonFor(before, input.reason).fields,
  };
  if (Object.keys(fields).length > 0) return refuse("invalid", "check-fields", { fields });
  // Looking into a file takes its time: nobody's write waits for it.
  const taken = file === null ? null : await context.uploads.take(file, { sessionId, delegationId: null });
  return withFile(context, orByLink(taken), (inHand) =>
    actOnSession(context, {
      sessionId,
      permission: "manageAgenda",
      name: "addDocument",
      topic: "agenda",
      work: async (tx, { session, by, at }) => {
        if (!(await findAgendaItem(tx, { sessionId, itemId }))) return refusedItem(tx, session, itemId);
        // While the file was looked into the agenda may have been adopted.
        const { reason, fields: faults } = reasonFor(session, input.reason);
        if (Object.keys(faults).length > 0) return refuse("invalid", "check-fields", { fields: faults });
        const put = { by: by.personId, at };
        const documentId = context.newId();
        const uploadId = inHand === null ? null : context.newId();
        const sha256 =
          inHand === null || uploadId === null
            ? {}
            : { sha256: await insertUpload(tx, { id: uploadId, sessionId, ...inHand, ...put }) };
        await insertDocument(tx, { id: documentId, itemId, symbol, title, url, uploadId, ...put });
        return {
          result: { documentId },
          thing: "agenda_document",
          thingId: documentId,
          detail: { itemId, symbol, title, url, uploadId, reason, ...sha256 },
        };
      },
    }),
  );
}

/** Instead of a file a document can have an address, and whoever has too large a file is told so. */
function orByLink(taken: Refusal | TakenFile | null): Refusal | TakenFile | null {
  if (!isRefusal(taken) || taken.fields?.["file"] !== "file-too-large") return taken;
  return { ...taken, fields: { ...taken.fields, file: "document-too-large" } };
}
