import { Plus } from "lucide-react";
import { useMemo } from "react";
import { redirect, useFetcher } from "react-router";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { Page } from "#app/shell/page.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { LinkButton } from "#app/ui/link-button.tsx";

import type { Route } from "./+types/board";
import { BoardColumns } from "./board-columns.tsx";
import { categoryNameOf } from "./category-name.ts";
import { changeSelected } from "./change-selected.ts";
import { filterOf, queueAddress, readQueue } from "./queue-address.ts";
import { QueueFilters } from "./queue-filters.tsx";
import { QueueNews, QueueTabs } from "./queue-head.tsx";
import { packRows, readRows } from "./queue-rows.ts";
import { QueueTools } from "./queue-tools.tsx";
import { useQueue } from "./use-queue.ts";

export async function loader({ request, params, context }: Route.LoaderArgs) {
  const queue = readQueue(new URL(request.url).searchParams);
  if (queue.layout !== "board") throw redirect(`/t/${params.tenant}/tickets${queueAddress(queue)}`);
  const api = context.get(apiContext);
  const [{ columns, ...board }, categoryName] = await Promise.all([
    api.tickets.board(filterOf(queue)),
    categoryNameOf(api, queue),
  ]);
  return {
    queue,
    board,
    categoryName,
    columns: columns.map(({ cards, ...column }) => ({ ...column, lines: packRows(cards) })),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const queue = readQueue(new URL(request.url).searchParams);
  return changeSelected(context.get(apiContext), await request.formData(), queue);
}

/** A view by status: the same filter as the list, seen as cards. */
export default function TicketBoard({
  loaderData: { queue, board, categoryName, columns: packed },
  actionData,
}: Route.ComponentProps) {
  const t = useT("tickets");
  const to = useTenantPath();
  const fetcher = useFetcher<typeof action>({ key: "bulk" });
  useQueue();
  const columns = useMemo(
    () => packed.map(({ lines, ...column }) => ({ ...column, cards: readRows(lines) })),
    [packed],
  );
  return (
    <Page
      fill
      title={t("title")}
      actions={
        <LinkButton to={to("tickets/new")} variant="primary" icon={<Plus size={15} aria-hidden />}>
          {t("new")}
        </LinkButton>
      }
      header={
        <>
          <QueueTabs queue={queue} counts={board.counts} />
          <QueueNews queue={queue} frame={board.frame} answer={fetcher.data ?? actionData} fetcher={fetcher} />
          <QueueFilters
            queue={queue}
            rows={columns.flatMap(({ cards }) => cards)}
            categoryName={categoryName}
            range={null}
            tools={<QueueTools queue={queue} />}
          />
        </>
      }
    >
      <BoardColumns key={queueAddress(queue)} queue={queue} columns={columns} />
    </Page>
  );
}
