/** What stands in place of a page that cannot be shown. */
import { describe, expect, it } from "vitest";
import { startTestServer } from "#test/support/server.ts";

/** Acts whose page hides the thing, or says that the person may not. */
const sent = [
  ["a draft that is not there", "/sessions/s/drafts/statements/none", 404],
  ["a note of nothing", "/sessions/s/notes/item/none", 404],
  ["an address at which nothing stands", "/no/such/page", 404],
  ["what the secretariat alone does", "/people", 403],
  ["what the secretariat alone does in a session", "/sessions/s/settings", 403],
] as const;

describe("a form without script", () => {
  it.each(sent)(
    "[SV23] to %s is answered by a page that knows who is signed in",
    async (_of, path, status) => {
      const server = await startTestServer();
      const form = { intent: "save", title: "Words of a form", body: "Words of a form" };
      const browser = await server.as("bilal");
      const asked = await browser.get(path);
      const answer = await browser.post(path, form, { cookie: `${browser.cookie}; theme=dark` });
      expect([asked.status, answer.status]).toEqual([status, status]);
      for (const { body } of [asked, answer]) {
        expect(body).toContain("bilal of the tests");
        expect(body).not.toContain('href="/sign-in"');
        expect(body).toContain('class="exercise"');
      }
      expect(answer.body).toContain('data-theme="dark"');
      const visitor = await server.visitor().post(path, form);
      expect(visitor.body).toContain('href="/sign-in"');
      expect(visitor.body).not.toContain("bilal of the tests");
    },
  );
});
