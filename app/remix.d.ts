/** What loaders and actions get as `context`, and how their data travels. */
import "@remix-run/node";
import type { AppLoadContext as Ours } from "#app/commands/context.ts";

declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: true;
  }
  interface AppLoadContext extends Ours {}
}
