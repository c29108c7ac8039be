import { expect, test } from "vitest";
import { session } from "#db/schema/session.ts";
import { openDatabase } from "#db/database.ts";
import { faultsIn, temporaryFolder } from "#test/support/database.ts";
import { hasSaid, isReady, startProcess } from "#test/support/started.ts";

test("[SV18] a first start that is killed, or stopped by Ctrl-C, while it plays is mended by the next one", async () => {
  const data = temporaryFolder();
  const env = { CHAPEAU_DATA: data, CHAPEAU_PORT: "0" };
  const killed = startProcess(env);
  await hasSaid(killed, "the resolution, from zero draft");
  killed.child.kill("SIGKILL");
  await killed.exit;

  const stopped = startProcess(env);
  await hasSaid(stopped, "the report …");
  expect(stopped.output()).toContain("An earlier start was stopped while it played");
  stopped.child.kill("SIGINT");
  expect(await stopped.exit).toBe(130);
  expect(stopped.output()).toContain("Stopped before Chapeau was ready");

  const whole = startProcess(env);
  await isReady(whole);
  whole.child.kill("SIGTERM");
  expect(await whole.exit).toBe(0);
  expect(faultsIn(data)).toEqual([]);
  const db = openDatabase({ folder: data });
  expect(await db.read.$count(session)).toBe(1);
  db.close();

  // Played to its end it is played once.
  const again = startProcess(env);
  await isReady(again);
  expect(again.output()).not.toContain("Playing the exercise");
}, 180_000);
