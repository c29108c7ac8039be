/** What sign-in needs to know of persons: a view on the domain's rows, so that the two files meet in one place. */
export type SignInPerson = {
  readonly personId: string;
  readonly name: string;
  readonly accountId: string | null;
  readonly isSuspended: boolean;
};

export type SignInPeople = {
  find(personId: string): Promise<SignInPerson | null>;
  findByAccount(accountId: string): Promise<SignInPerson | null>;
  /** Links a person of the exercise with the account that its first login made. */
  link(personId: string, accountId: string): Promise<void>;
};

/** A login (network session) that has ended: its streams and sockets close. */
export type EndedLogin = { readonly personId: string; readonly loginId: string };
