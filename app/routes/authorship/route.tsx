/** Who wrote each run of the live text. */
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { AuthorshipRoom } from "#app/components/text/authorship-room.tsx";
import { titleOf } from "#app/i18n/title.ts";
import { namesFrom, seesLive } from "#app/rules/versions.ts";
import { notThere } from "#app/routes/answers.ts";
import { openText, seenVersions } from "#app/routes/text/open-text.ts";
import { pagesOf } from "#app/routes/text/summaries.ts";
import { authorshipView } from "./authorship-view.ts";

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const open = await openText(context, params, "readAuthorship");
  const { text, standing } = open;
  if (!seesLive(standing)) throw notThere();
  const inside = await context.rooms.inside(text.id);
  return {
    text: {
      title: text.title,
      organ: text.organ,
      symbol: text.symbol,
      language: text.language,
      body: text.body,
      session: text.sessionTitle,
      item: text.itemNumber,
      zone: text.timeZone,
    },
    pages: pagesOf(context, open, await seenVersions(context, open)),
    by: new URL(request.url).searchParams.get("by"),
    ...(await authorshipView(context, {
      sessionId: text.sessionId,
      inside,
      from: namesFrom(standing) ?? Number.POSITIVE_INFINITY,
    })),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? titleOf({ matches }, "chrome:titles.authorship", { text: data.text.title })
    : titleOf({ matches }, null);

export default function AuthorshipPage() {
  return <AuthorshipRoom {...useLoaderData<typeof loader>()} />;
}
