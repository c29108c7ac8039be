/** A walk through pages: what axe finds on each, how it is headed, and whether it is wider than the screen. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

const EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** A page to look at: an address, or the way to it over forms. */
export type Stop = {
  readonly name: string;
  readonly open: string | ((page: Page) => Promise<void>);
  /** What the page is answered with; 200 unless said otherwise. */
  readonly status?: number;
};

/** `colors` or `size` alone: for a second look at pages of which only the colors are others, or the width. */
export type Look = "everything" | "colors" | "size";

/** Pages of one width: what is looked for in which colors. The first are those in which they are opened. */
export type Screen = {
  readonly width: number;
  readonly height: number;
  readonly looks: readonly (readonly ["light" | "dark", Look])[];
};

/** Opens every stop and tells what is wrong there, short enough to read in a failure. `seen` hears of each address that has a page. */
export async function walk(
  page: Page,
  stops: readonly Stop[],
  look: Look,
  seen: (pathname: string) => void = () => {},
): Promise<string[]> {
  const faults: string[] = [];
  for (const stop of stops) {
    const found = [...(await arrive(page, stop, seen)), ...(await lookAt(page, look))];
    faults.push(...found.map((fault) => `${stop.name}: ${fault}`));
  }
  return faults;
}

/**
 * The same on several screens. No page asks how wide its screen is, nor for its colors, so an address is opened once, and
 * the screen changed in front of it; a way over forms is gone on each, for its buttons have to be in reach there. Such a
 * way begins with an address of its own.
 */
export async function walkOn(
  page: Page,
  screens: readonly Screen[],
  stops: readonly Stop[],
  seen: (pathname: string) => void = () => {},
): Promise<string[]> {
  const faults: string[] = [];
  for (const stop of stops) {
    for (const [at, { width, height, looks }] of screens.entries()) {
      await page.setViewportSize({ width, height });
      for (const [turn, [colorScheme, look]] of looks.entries()) {
        await page.emulateMedia({ colorScheme });
        const isOpened = turn === 0 && (at === 0 || typeof stop.open !== "string");
        const found = isOpened ? await arrive(page, stop, seen) : [];
        if (!isOpened) await page.evaluate(settled);
        found.push(...(await lookAt(page, look)));
        faults.push(...found.map((fault) => `${stop.name}, ${width} px, ${colorScheme}: ${fault}`));
      }
    }
  }
  return faults;
}

/**
 * Runs in the page: as one that was just opened. A color that is on its way would be taken for the page's own, and one
 * that is out of sight may never arrive: all are put at their ends.
 */
function settled(): void {
  scrollTo({ top: 0, behavior: "instant" });
  for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
}

async function arrive(
  page: Page,
  { open, status = 200 }: Stop,
  seen: (pathname: string) => void,
): Promise<string[]> {
  const faults: string[] = [];
  if (typeof open === "string") {
    const answer = await page.goto(open);
    if (answer?.status() !== status) faults.push(`${open} answers ${answer?.status()}`);
  } else await open(page);
  await page.locator("main").waitFor();
  if (status === 200) seen(new URL(page.url()).pathname);
  // The editor comes a moment after the paper that it takes the place of.
  if ((await page.locator("[data-editor]").count()) > 0) await page.locator(".ProseMirror").waitFor();
  return faults;
}

async function lookAt(page: Page, look: Look): Promise<string[]> {
  const faults = await faultsOf(page, look);
  const over = await page.evaluate(wider);
  if (over !== null) faults.push(over);
  const headings = await page.locator("h1").count();
  if (headings !== 1) faults.push(`${headings} headings of the first level`);
  if ((await page.title()).trim() === "") faults.push("has no title");
  return faults;
}

/** Runs in the page: how much wider than the screen it is, and what reaches farthest; null when it is not. */
function wider(): string | null {
  const over = document.documentElement.scrollWidth - window.innerWidth;
  if (over <= 0) return null;
  const isRightToLeft = getComputedStyle(document.documentElement).direction === "rtl";
  const reach = (element: Element) => {
    const { left, right } = element.getBoundingClientRect();
    return isRightToLeft ? -left : right;
  };
  // What scrolls within itself is not it.
  const isHeld = (element: Element | null): boolean =>
    element !== null &&
    element !== document.body &&
    (getComputedStyle(element).overflowX !== "visible" || isHeld(element.parentElement));
  const [farthest] = [...document.querySelectorAll("body *")]
    .filter(({ parentElement }) => !isHeld(parentElement))
    .toSorted((a, b) => reach(b) - reach(a));
  return `${over} px wider than the screen, by ${farthest?.outerHTML.slice(0, 160)}`;
}

/**
 * A bar that stays on the screen covers part of whatever is scrolled to its edge: what is too small to hit at one place of
 * the page counts only when it is so at another as well.
 */
async function faultsOf(page: Page, look: Look): Promise<string[]> {
  const found = await violationsOf(page, look);
  const isSize = (fault: string) => fault.startsWith("target-size:");
  if (!found.some(isSize)) return found;
  await page.evaluate(() => scrollBy({ top: innerHeight / 3, behavior: "instant" }));
  const elsewhere = await violationsOf(page, look);
  return found.filter((fault) => !isSize(fault) || elsewhere.includes(fault));
}

async function violationsOf(page: Page, look: Look): Promise<string[]> {
  if (look === "size") return [];
  // A page that has it already need not read the half megabyte again.
  const axeSource = (await page.evaluate("'axe' in window")) ? ";" : undefined;
  // Pages have no frames, for which axe would open a page of its own at every stop. Of what passed it need not tell where.
  const axe = new AxeBuilder({ page, ...(axeSource && { axeSource }) })
    .options({ resultTypes: ["violations"] })
    .setLegacyMode(true);
  const { violations } = await (
    look === "colors" ? axe.withRules(["color-contrast"]) : axe.withTags(EVERYTHING)
  ).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 5).map((node) => `${id}: ${node.html.slice(0, 160)}`),
  );
}

/** Changes the person of this browser, in the exercise. */
export async function enterAs(page: Page, name: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: `Enter as ${name}` }).click();
  await page.waitForURL(/\/sessions\//);
}

/** Presses the button of a form's intent and waits for the answer's page. */
export async function press(page: Page, intent: string): Promise<void> {
  await page.locator(`button[name='intent'][value='${intent}']`).first().click();
}
