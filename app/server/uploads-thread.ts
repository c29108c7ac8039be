/** The thread of `uploads.ts`: looks into one file and sends what it saw. */
import { parentPort, workerData } from "node:worker_threads";
import { lookInto } from "./uploads-look.ts";

const bytes: Uint8Array = workerData;
parentPort?.postMessage(await lookInto(bytes));
