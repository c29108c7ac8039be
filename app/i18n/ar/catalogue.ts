/** Every message of the interface in Arabic, by area. */
import { chrome } from "./chrome.ts";
import { delegations } from "./delegations.ts";
import { editor } from "./editor.ts";
import { errors } from "./errors.ts";
import { home } from "./home.ts";
import { notes } from "./notes.ts";
import { people } from "./people.ts";
import { proposals } from "./proposals.ts";
import { record } from "./record.ts";
import { reference } from "./reference.ts";
import { search } from "./search.ts";
import { session } from "./session.ts";
import { text } from "./text.ts";

export const catalogue = {
  chrome,
  delegations,
  editor,
  errors,
  home,
  notes,
  people,
  proposals,
  record,
  reference,
  search,
  session,
  text,
};
