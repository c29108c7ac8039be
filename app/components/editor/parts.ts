/** What stands around the editor and is loaded with it: widgets that those who only read need nothing of. */
import { FindBar } from "./find-bar.tsx";
import { KeyList } from "./key-list.tsx";
import { ReferenceBar } from "./reference-bar.tsx";
import { EditorTools } from "./toolbar.tsx";
import { turned } from "./turned.tsx";

export const parts = {
  EditorTools: turned(EditorTools),
  FindBar: turned(FindBar),
  KeyList: turned(KeyList),
  ReferenceBar: turned(ReferenceBar),
};
export type EditorParts = typeof parts;
