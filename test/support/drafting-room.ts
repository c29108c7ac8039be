/** A text of the exercise with several people at their editors, for a file of browser tests about writing in it. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { allSaved, expectQuiet, type Hall, openHall, openText, type Seated, writing } from "./browser.ts";
import { type ServerProcess, startProcess } from "./process.ts";
import { type SuiteFolder, suiteFolder } from "./suite-folder.ts";

export type DraftingRoom = {
  readonly hall: Hall;
  readonly server: ServerProcess;
  /** The path of the text. */
  readonly text: string;
  /** A browser of this person, in which the text can be written in and all is saved. `begin`: before it is opened. */
  enter(name: string, begin?: (page: Page) => Promise<void>): Promise<Seated>;
  /** The page of such a browser. */
  openAs(name: string): Promise<Page>;
};

/** To be called once by a file of tests: it is there from its first test to its last, and each of them ends with quiet consoles. */
export function openRoom(): DraftingRoom {
  let opened: { readonly hall: Hall; readonly server: ServerProcess; readonly text: string } | null = null;
  let folder: SuiteFolder | null = null;
  const there = () => {
    if (opened === null) throw new Error("the room is open while tests run, not before");
    return opened;
  };

  beforeAll(async () => {
    folder = suiteFolder();
    const server = await startProcess({ folder: folder.path });
    let hall: Hall;
    try {
      hall = await openHall();
    } catch (error) {
      await server.stop();
      throw error;
    }
    opened = { hall, server, text: "" };
    const visit = await hall.enter(server.url, "Tomi Okoru");
    const address = await openText(visit.page, /Assistance after ICT incidents/);
    opened = { hall, server, text: new URL(address).pathname };
    await visit.close();
  });

  afterAll(async () => {
    await opened?.hall.close();
    await opened?.server.stop();
    folder?.remove();
  });

  afterEach(() => expectQuiet(there().hall));

  async function enter(name: string, begin?: (page: Page) => Promise<void>): Promise<Seated> {
    const { hall, server, text } = there();
    const seated = await hall.enter(server.url, name);
    await begin?.(seated.page);
    await seated.page.goto(text);
    await writing(seated.page);
    await allSaved(seated.page);
    return seated;
  }

  return {
    get hall() {
      return there().hall;
    },
    get server() {
      return there().server;
    },
    get text() {
      return there().text;
    },
    enter,
    openAs: async (name) => (await enter(name)).page,
  };
}
