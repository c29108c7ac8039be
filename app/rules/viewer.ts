/** Who is looking or acting: read once per request or connection, from the database. */
export type Office = "chair" | "vice-chair" | "facilitator" | "secretariat";
export type DelegateRole = "head" | "editor" | "reader";

export type Viewer =
  | { readonly kind: "public" }
  | {
      readonly kind: "person";
      readonly personId: string;
      readonly name: string;
      /** The login (network session) that this request came with. */
      readonly loginId: string;
      /** They have authenticator codes on. */
      readonly hasCodes?: boolean;
      /** They hold an office whose rights rest until they have codes on: rule SI16. */
      readonly officeRests?: boolean;
      /** Secretariat of the whole installation. */
      readonly secretariat: boolean;
      readonly offices: readonly { readonly sessionId: string; readonly office: Office }[];
      readonly delegates: readonly {
        readonly sessionId: string;
        readonly delegationId: string;
        readonly entityId: string;
        /** The delegation's code, for presence and authorship: "LMR". */
        readonly code: string;
        readonly capacity: "participant" | "observer";
        readonly role: DelegateRole;
      }[];
      /** Texts that this person is appointed to write in. */
      readonly drafts: readonly string[];
    };

export type SignedIn = Extract<Viewer, { kind: "person" }>;
