import { MessagesSquare } from "lucide-react";
import { Outlet, useMatch, useParams } from "react-router";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { cx } from "#app/ui/classes.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";

import type { Route } from "./+types/page";
import { inboxChoices } from "./choices.ts";
import { filterOf, readAddress } from "./inbox-address.ts";
import { FilterMenu, InboxFilters } from "./inbox-filters.tsx";
import { ListPane } from "./list-pane.tsx";
import { ViewChips } from "./view-chips.tsx";

export async function loader({ request, context }: Route.LoaderArgs) {
  const { searchParams } = new URL(request.url);
  const address = readAddress(searchParams);
  const { view, narrow, query } = address;
  const cursor = searchParams.get("cursor");
  const api = context.get(apiContext);
  const isNamed = narrow.channel || narrow.label || narrow.team || narrow.assignee;
  // A further page is still one that is drawn whole (`mostPlain`).
  const [list, choices] = await Promise.all([
    api.conversations.list({ view, filter: filterOf(narrow), query, cursor, limit: cursor ? 100 : 50 }),
    isNamed ? inboxChoices(api) : null,
  ]);
  return { ...list, address, choices };
}

export default function Inbox({ loaderData }: Route.ComponentProps) {
  const t = useT("inbox");
  const { address, choices, counts, views, rows, nextCursor } = loaderData;
  const opened = useParams()["conversation"];
  const bare = useMatch("/t/:tenant/inbox");
  useLive(["conversations", "messages", "views"]);
  return (
    <div className={cx(opened && "max-md:[&>div>header]:hidden")}>
      <Page
        title={t("title")}
        fill
        beside={
          <>
            <ViewChips counts={counts} address={address} />
            <FilterMenu address={address} choices={choices} />
          </>
        }
        header={<InboxFilters address={address} views={views} choices={choices} />}
      >
        <ListPane rows={rows} nextCursor={nextCursor} address={address} opened={opened} />
        {bare ? (
          <div className="grid flex-1 place-items-center border-t border-l border-line max-lg:hidden">
            <EmptyState icon={<MessagesSquare size={18} aria-hidden />} title={t("choose")}>
              {t("chooseBody")}
            </EmptyState>
          </div>
        ) : (
          <Outlet />
        )}
      </Page>
    </div>
  );
}
