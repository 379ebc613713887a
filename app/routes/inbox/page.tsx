import { MessagesSquare } from "lucide-react";
import { Outlet, useMatch, useParams } from "react-router";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { cx } from "#app/ui/classes.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";

import type { Route } from "./+types/page";
import { readView } from "./data.ts";
import { ListPane } from "./list-pane.tsx";
import { ViewChips } from "./view-chips.tsx";

export async function loader({ request, context }: Route.LoaderArgs) {
  const { searchParams } = new URL(request.url);
  const view = readView(searchParams.get("view"));
  const query = searchParams.get("q")?.trim().slice(0, 200) ?? "";
  const cursor = searchParams.get("cursor");
  const list = await context.get(apiContext).conversations.list({ view, query, cursor });
  return { ...list, view, query };
}

export default function Inbox({ loaderData }: Route.ComponentProps) {
  const t = useT("inbox");
  const opened = useParams()["conversation"];
  const bare = useMatch("/t/:tenant/inbox");
  useLive(["conversations", "messages"]);
  return (
    <div className={cx(opened && "max-md:[&>div>header]:hidden")}>
      <Page
        title={t("title")}
        fill
        beside={<ViewChips counts={loaderData.counts} view={loaderData.view} query={loaderData.query} />}
      >
        <ListPane {...loaderData} opened={opened} />
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
