/** Who may hear a notice: values only. Nobody hears of a change that they may not see. Rule SV12. */
import type { NoticeAudience, Topic } from "#app/commands/context.ts";
import { standingOf, type TextDoor } from "#app/rules/audience.ts";
import { may } from "#app/rules/permissions.ts";
import type { Viewer } from "#app/rules/viewer.ts";

/**
 * `door` is the text's as it is now, for the audience of a text; null when there is none. Readers of issued versions do not hear
 * that somebody types.
 */
export function mayHear(
  viewer: Viewer,
  notice: { readonly audience: NoticeAudience; readonly topic: Topic; readonly door: TextDoor | null },
): boolean {
  const { audience, topic, door } = notice;
  switch (audience.kind) {
    case "everybody":
      return true;
    // A session, its agenda and what is released in it are public for now.
    case "session":
      return true;
    case "taking-part": {
      const { sessionId } = audience;
      return may("readDelegates", viewer, { kind: "session", sessionId }) === true;
    }
    case "delegation":
      return (
        viewer.kind === "person" &&
        viewer.delegates.some((seat) => seat.delegationId === audience.delegationId)
      );
    case "embargoed": {
      const { sessionId, delegationId } = audience;
      return may("readEmbargoed", viewer, { kind: "delegation", sessionId, delegationId }) === true;
    }
    case "person":
      return viewer.kind === "person" && viewer.personId === audience.personId;
    case "secretariat":
      return viewer.kind === "person" && viewer.secretariat;
    case "text": {
      if (door === null) return false;
      const { before, who } = audience;
      if (hearsBy(door, { viewer, topic, who })) return true;
      return before !== undefined && hearsBy({ ...door, audience: before }, { viewer, topic, who });
    }
  }
}

function hearsBy(
  door: TextDoor,
  asked: { readonly viewer: Viewer; readonly topic: Topic; readonly who: "bureau" | "readers" },
): boolean {
  const standing = standingOf(asked.viewer, door);
  // Deleted words are for those who write: readers of a delegation's own text do not hear of them.
  if (standing.kind === "bureau") return standing.mayWrite || !asked.topic.startsWith("late:");
  if (standing.kind === "none" || asked.who === "bureau") return false;
  return standing.shows === "live" || !isAboutLiveWording(asked.topic);
}

function isAboutLiveWording(topic: Topic): boolean {
  return ["text:", "locks:", "brackets:"].some((kind) => topic.startsWith(kind));
}
