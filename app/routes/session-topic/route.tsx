/** A topic as it is reached within a session: the same page, under the session's bar. */
export { default, loader, meta } from "#app/routes/topic/route.tsx";
