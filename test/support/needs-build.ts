/** What a run of the tests needs, by the arguments that are for Vitest. */

/** Kinds of tests that look at neither a build nor a browser. */
const ALONE = ["unit", "endurance"];

/** Options of Vitest whose value stands in the next argument. */
const WITH_VALUE = ["--project", "-t", "--testNamePattern", "--reporter", "--seed", "--outputFile"];

/**
 * Whether a Chromium and a build are needed. Vitest runs the files that one of the paths names, in one of the projects:
 * they are not needed when every path, or every project, is of a kind that stands alone. A path that is not known counts as one that needs them.
 */
export function needsBuild(args: readonly string[]): boolean {
  const projects: string[] = [];
  const paths: string[] = [];
  for (const [index, arg] of args.entries()) {
    const before = args[index - 1] ?? "";
    if (before === "--project") projects.push(arg);
    else if (arg.startsWith("--project=")) projects.push(arg.slice("--project=".length));
    else if (!arg.startsWith("-") && !WITH_VALUE.includes(before)) paths.push(arg);
  }
  const standAlone = (all: readonly string[], isAlone: (one: string) => boolean) =>
    all.length > 0 && all.every(isAlone);
  const isInFolder = (path: string) =>
    ALONE.some((kind) => path === `test/${kind}` || path.startsWith(`test/${kind}/`));
  return !standAlone(projects, (project) => ALONE.includes(project)) && !standAlone(paths, isInFolder);
}
