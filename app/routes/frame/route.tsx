/**
 * Around every page, at no address: what is said in place of a page that cannot be shown stands here, below the frame
 * that knows who is signed in, which after a form is not asked for anything that stands in its own place.
 */
import { Outlet } from "@remix-run/react";

export { NotShown as ErrorBoundary } from "./not-shown.tsx";

export default function Frame() {
  return <Outlet />;
}
