/** The thread of `reading.ts`: reads one file and sends what it found. */
import { parentPort, workerData } from "node:worker_threads";
import type { ReadImport } from "#app/commands/context.ts";
import { readHtmlFile } from "#collab/read-html-parse5.ts";
import { readPlain } from "#collab/read-plain.ts";

const { source, format, kind }: Parameters<ReadImport>[0] = workerData;
parentPort?.postMessage(format === "html" ? readHtmlFile(source, kind) : readPlain(source, kind));
