/** The two-letter codes of ISO 3166-1, by which tables from elsewhere name States. They stand in no row: nobody corrects them. */
import entities from "./entities.json" with { type: "json" };

const codes = new Map(entities.flatMap(({ id, iso2 }) => (iso2 === null ? [] : [[id, iso2]])));

/** Of a State by its id; null for what has none, such as unions and organizations. */
export function findIsoCode(entityId: string): string | null {
  return codes.get(entityId) ?? null;
}
