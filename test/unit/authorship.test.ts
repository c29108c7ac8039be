import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAttribution } from "#collab/attribution.ts";
import { authorshipOf } from "#collab/authorship.ts";
import type { AuthorRun } from "#collab/authorship.ts";
import type { Role } from "#collab/model.ts";
import { eachRoot, rootsOf } from "#collab/roots.ts";
import { ANA, BEN, CHLOE, Draft } from "#test/support/draft.ts";

const ROLES: readonly Role[] = ["pp", "op", "heading"];

function told(draft: Draft, id: string): string[] {
  const words = draft.words(id);
  const runs = authorshipOf(draft.document(), draft.carries, draft.attribution).get(id) ?? [];
  return runs.map(({ from, to, person }) => `${person}: ${words.slice(from, to)}`);
}

describe("authorship", () => {
  it("[AU5] names who typed each run, with delegation and time", () => {
    const draft = new Draft();
    const id = draft.add(ANA, "op", "Decides to meet;");
    const typedAt = draft.now;
    draft.type(BEN, id, 10, " often");
    const runs = authorshipOf(draft.document(), draft.carries, draft.attribution).get(id);
    expect(told(draft, id)).toEqual(["ana: Decides to", "ben:  often", "ana:  meet;"]);
    expect(runs?.[0]).toEqual({ from: 0, to: 10, person: "ana", delegation: "LMR", at: typedAt, seq: 1 });
  });

  it("[AU6] stays with the words through a split, a merger and a second split by others", () => {
    const draft = new Draft();
    const first = draft.add(ANA, "op", "Decides to meet; ");
    const second = draft.add(BEN, "op", "Requests a report;");
    draft.merge(CHLOE, second, first);
    expect(told(draft, first)).toEqual(["ana: Decides to meet; ", "ben: Requests a report;"]);
    const part = draft.split(CHLOE, first, 11);
    expect(told(draft, part)).toEqual(["ana: meet; ", "ben: Requests a report;"]);
    draft.merge(ANA, part, first);
    expect(told(draft, first)).toEqual(["ana: Decides to meet; ", "ben: Requests a report;"]);
  });

  it("[AU5] says nobody where the log does not tell", () => {
    const draft = new Draft();
    const id = draft.add(ANA, "op", "Decides;");
    expect(authorshipOf(draft.document(), [], createAttribution()).get(id)).toEqual([
      { from: 0, to: 8, person: null, delegation: null, at: null, seq: null },
    ]);
  });

  it("[AU6] ends on carry records that lead in a circle", () => {
    const carries = [
      { from: "p1", src: [[1, 0, 4] as const], dst: [[2, 0, 4] as const] },
      { from: "p2", src: [[2, 0, 4] as const], dst: [[1, 0, 4] as const] },
    ];
    let length = 0;
    eachRoot(rootsOf(carries), [1, 0, 4], (root) => (length += root[2]));
    expect(length).toBe(4);
  });

  it("[AU6] stays with the words when others change the paragraph's role and level, and write on", () => {
    const draft = new Draft();
    const id = draft.add(ANA, "op", "Decides to meet;");
    draft.type(BEN, id, 10, " often");
    const before = told(draft, id);
    for (const role of ROLES) draft.call(CHLOE, id, role, 1);
    expect(told(draft, id)).toEqual(before);
    draft.type(CHLOE, id, 0, "Also ");
    expect(told(draft, id)).toEqual(["chloe: Also ", ...before]);
  });

  const act = fc.record({
    kind: fc.constantFrom("add", "type", "type", "erase", "split", "merge", "move", "call"),
    who: fc.nat(2),
    n: fc.nat(30),
    m: fc.nat(200),
  });

  it("[AU5] runs cover every paragraph exactly and name whoever typed each character first", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const draft = new Draft();
        draft.add(ANA, "op", "Decides to establish a register of technical teams;");
        for (const { kind, who, n, m } of acts) {
          const by = [ANA, BEN, CHLOE][who] ?? ANA;
          const live = draft.live();
          const id = live[n % live.length] ?? "p1";
          const length = draft.words(id).length;
          if (kind === "add") draft.add(by, "op", "Requests a report;", { after: id });
          else if (kind === "type") draft.type(by, id, m % (length + 1), "and so on ");
          else if (kind === "erase")
            draft.erase(by, id, m % (length + 1), Math.min(length, (m % (length + 1)) + n));
          else if (kind === "split") draft.split(by, id, m % (length + 1));
          else if (kind === "move") draft.move(by, id, m % live.length);
          else if (kind === "call") draft.call(by, id, ROLES[m % ROLES.length] ?? "op", n % 3);
          else if (live.length > 1) draft.merge(by, id, live[(n + 1) % live.length] ?? id);
        }
        const authorship = authorshipOf(draft.document(), draft.carries, draft.attribution);
        for (const [id, runs] of authorship) {
          const people = runs.flatMap((run: AuthorRun) =>
            Array.from({ length: run.to - run.from }, () => run.person),
          );
          expect(people).toEqual(draft.authors(id));
          expect(
            runs.every((run, at) => run.from === (at === 0 ? 0 : runs[at - 1]?.to) && run.to > run.from),
          ).toBe(true);
        }
      }),
    );
  });
});
