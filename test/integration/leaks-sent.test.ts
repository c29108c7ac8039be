/** Nothing leaks in answer to a form that somebody may send: refused or taken, with the page that it leads to. */
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { pageDoors } from "#app/rules/doors.ts";
import { createChecker } from "#test/support/leaks/checker.ts";
import { openPlanted, type Planted } from "#test/support/leaks/planted.ts";
import { sendOwnForms } from "#test/support/leaks/sent.ts";

const MINUTES = 60_000;

/** Forms that are sent, by whoever may, with whatever their action reads, and never taken: why they cannot be. */
const REFUSED: Readonly<Record<string, string>> = {
  "agenda: adopt": "the agenda of the session is adopted already",
  "agenda: move": "sent by dragging alone; the steps, which are the same act, are taken",
  "bracket: lift": "delegations hold the bracket, and do not let go of it",
  "documents: file": "wants a file of some type; the link, which is the same act, is taken",
  "people: codes-required": "whoever requires codes needs one first",
  "position: confirm": "the reading is of the delegation that is withdrawn, which has nobody",
  "position: take-down": "the reading is taken down already; its putting back is taken",
};

/** Forms that are not sent by just anybody: why not. */
const UNSENT: Readonly<Record<string, string>> = {
  "account: end": "stands there for whoever is signed in twice",
  "account: everywhere": "ends the login by which the others of the account are sent",
  "codes: confirm": "wants a code of the app, of which the search knows no secret",
  "codes: off": "wants a code of the app, of which the search knows no secret",
  "settings: ": "leads back to where somebody was, and stands on every page",
  "sign-in-code: ": "wants a code of the app, of which the search knows no secret",
  "sign-in: enter": "in an exercise that is open to its machine alone; here people have passwords",
  "sign-in: password": "wants the password of an address that is nobody's",
  "sign-out: ": "leads to the first page, and ends the login by which the others are sent",
};
/** Only after an upgrade which brings other reference data is there anything to take. */
const NOTHING_THERE = ["reference: take-files"];

let planted: Planted;

beforeAll(async () => {
  planted = await openPlanted();
}, 5 * MINUTES);
afterAll(() => planted.house.close());

it(
  "[NL8] shows nothing that is not theirs who sent it, and every form is taken from somebody who may send it",
  async () => {
    const checker = createChecker(planted.house.marks);
    const { taken, tried, wrong } = await sendOwnForms(planted, checker);
    expect(wrong).toEqual([]);
    expect(checker.leaks()).toEqual([]);
    expect(checker.looked()).toBeGreaterThan(3_000);
    const all = Object.entries(pageDoors).flatMap(([name, { forms = {} }]) =>
      Object.keys(forms).map((intent) => `${name}: ${intent}`),
    );
    const untaken = all.filter((name) => !taken.has(name)).toSorted();
    const known = [...Object.keys(REFUSED), ...Object.keys(UNSENT), ...NOTHING_THERE];
    expect(untaken).toEqual(known.toSorted());
    expect(Object.keys(REFUSED).filter((name) => !tried.has(name))).toEqual([]);
  },
  10 * MINUTES,
);

it("[NL7] [NL8] a leak in the answer to a form is found", async () => {
  const { house } = planted;
  const word = house.marks.plant({ what: "words of somebody else", may: () => false });
  // Between the browsers and the server stands one who says too much in answer to a form.
  const careless = createServer((req, res) => {
    const { method = "GET", url = "/", headers } = req;
    const onward = request(`${house.site.url}${url}`, {
      method,
      headers: { ...headers, "accept-encoding": "" },
    });
    onward.on("response", (answer) => {
      const { "content-length": _length, ...given } = answer.headers;
      res.writeHead(answer.statusCode ?? 500, given);
      if (method === "POST") res.write(`<!-- ${word} -->`);
      answer.pipe(res);
    });
    req.pipe(onward);
  });
  await new Promise<void>((open) => careless.listen(0, "127.0.0.1", open));
  onTestFinished(() => void careless.close());
  const url = `http://127.0.0.1:${(careless.address() as AddressInfo).port}`;
  const behind = { ...planted, house: { ...house, site: { ...house.site, url } } };
  const checker = createChecker(house.marks);
  await sendOwnForms(behind, checker, ({ name }) => name === "note");
  const found = checker
    .leaks()
    .filter((leak) => leak.includes(`was given "words of somebody else" by note: save`));
  expect(found.length).toBeGreaterThan(0);
});
