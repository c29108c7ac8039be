/** Which positions somebody asks to see: by address, so that a view can be sent to a colleague. */
import { isDay } from "#app/rules/positions.ts";

export type Filters = {
  /** As asked for; none means all. */
  readonly topicIds: readonly string[];
  /** A regional group's id, or null for all. */
  readonly region: string | null;
  /** A group whose members alone are shown, or null. */
  readonly groupId: string | null;
  /** As of this day (`YYYY-MM-DD`). */
  readonly day: string;
  /** The day was chosen, and is not simply today. */
  readonly isPast: boolean;
  readonly order: "region" | "alphabet";
};

const ORDERS = ["region", "alphabet"] as const;

/** Whatever makes no sense is as if it had not been said; a day to come is today. `order`: what it is at first. */
export function filtersIn(
  search: URLSearchParams,
  today: string,
  order: Filters["order"] = "region",
): Filters {
  const asked = search.get("day") ?? "";
  const day = isDay(asked) && asked < today ? asked : today;
  return {
    topicIds: search.getAll("topic"),
    region: search.get("region") || null,
    groupId: search.get("group") || null,
    day,
    isPast: day !== today,
    order: ORDERS.find((one) => one === search.get("order")) ?? order,
  };
}

/** Without what there is not: a group, a regional group or a topic that nobody can choose is as if it had not been said. */
export function amongChoices(
  filters: Filters,
  choices: Readonly<Record<"topicIds" | "regionIds" | "groupIds", readonly string[]>>,
): Filters {
  const { topicIds, region, groupId } = filters;
  return {
    ...filters,
    topicIds: [...new Set(topicIds)].filter((id) => choices.topicIds.includes(id)),
    region: region !== null && choices.regionIds.includes(region) ? region : null,
    groupId: groupId !== null && choices.groupIds.includes(groupId) ? groupId : null,
  };
}

/** The address of the same view, without what is as at first. */
export function searchOf(filters: Filters): URLSearchParams {
  const search = new URLSearchParams(filters.topicIds.map((id) => ["topic", id]));
  if (filters.region !== null) search.set("region", filters.region);
  if (filters.groupId !== null) search.set("group", filters.groupId);
  if (filters.isPast) search.set("day", filters.day);
  if (filters.order === "alphabet") search.set("order", filters.order);
  return search;
}
