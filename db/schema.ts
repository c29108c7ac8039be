/** All tables. `npm run migrations` compares this with `migrations/` and writes the difference. */
export * from "./schema/people.ts";
export * from "./schema/proposal.ts";
export * from "./schema/record.ts";
export * from "./schema/session.ts";
export * from "./schema/text.ts";
