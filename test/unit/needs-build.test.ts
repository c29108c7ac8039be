import { describe, expect, it } from "vitest";
import { needsBuild } from "#test/support/needs-build.ts";

const UNIT = "test/unit/labels.test.ts";
const BROWSER = "test/browser/pages.test.ts";

describe("npm test builds and looks for a browser", () => {
  it.each([
    ["all tests", []],
    ["a browser file", [BROWSER]],
    ["a browser file behind a unit file", [UNIT, BROWSER]],
    ["a browser file before a unit file", [BROWSER, UNIT]],
    ["an integration file among endurance", ["test/endurance/", "test/integration/server/process.test.ts"]],
    ["a word that may be in any path", ["labels"]],
    ["a folder whose name begins alike", ["test/units/one.test.ts"]],
    ["the browser's project", ["--project", "browser"]],
    ["two projects", ["--project", "unit", "--project", "browser"]],
    ["two projects, written together", ["--project=unit", "--project=browser"]],
    ["a project that begins alike", ["--project=unit*"]],
    ["tests by their title", ["-t", UNIT]],
    ["an option alone", ["--bail=1"]],
  ])("for %s", (_, args) => expect(needsBuild(args)).toBe(true));

  it.each([
    ["a unit file", [UNIT]],
    ["a line of a unit file", [`${UNIT}:12`]],
    ["unit and endurance files", [UNIT, "test/endurance/gate.test.ts"]],
    ["a folder", ["test/unit"]],
    ["one project", ["--project", "unit"]],
    ["two projects", ["--project=unit", "--project", "endurance"]],
    ["tests by their title in a unit file", ["-t", "labels", UNIT]],
    ["a unit file with options", ["--bail=1", UNIT, "--reporter", "dot"]],
  ])("not for %s", (_, args) => expect(needsBuild(args)).toBe(false));
});
