import { Plus, Ticket } from "lucide-react";
import { useMemo } from "react";
import { redirect, useFetcher } from "react-router";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { Page } from "#app/shell/page.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { ListRange } from "#app/ui/list-range.tsx";
import { Pagination } from "#app/ui/pagination.tsx";

import type { Route } from "./+types/list";
import { categoryNameOf } from "./category-name.ts";
import { changeSelected } from "./change-selected.ts";
import { filterOf, isNarrowed, queueAddress, readQueue, usualColumns, type Queue } from "./queue-address.ts";
import { QueueFilters } from "./queue-filters.tsx";
import { QueueNews, QueueTabs } from "./queue-head.tsx";
import { packRows, readRows } from "./queue-rows.ts";
import { QueueTools } from "./queue-tools.tsx";
import { TicketTable } from "./ticket-table.tsx";
import { useQueue } from "./use-queue.ts";

const perPage = 50;

export async function loader({ request, params, context }: Route.LoaderArgs) {
  const queue = readQueue(new URL(request.url).searchParams);
  if (queue.layout === "board") throw redirect(`/t/${params.tenant}/tickets/board${queueAddress(queue)}`);
  const { sort, direction, after, before } = queue;
  const api = context.get(apiContext);
  const [{ rows, ...page }, categoryName] = await Promise.all([
    api.tickets.list({ ...filterOf(queue), sort, direction, after, before }),
    categoryNameOf(api, queue),
  ]);
  return { queue, page, categoryName, lines: packRows(rows) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const queue = readQueue(new URL(request.url).searchParams);
  return changeSelected(context.get(apiContext), await request.formData(), queue);
}

export default function TicketList({
  loaderData: { queue, page, categoryName, lines },
  actionData,
}: Route.ComponentProps) {
  const rows = useMemo(() => readRows(lines), [lines]);
  const t = useT("tickets");
  const to = useTenantPath();
  const fetcher = useFetcher<typeof action>({ key: "bulk" });
  useQueue();
  const columns = queue.columns.length > 0 ? queue.columns : (page.frame.columns ?? usualColumns);
  const range = <ListRange from={queue.from} shown={rows.length} total={page.total} />;
  return (
    <Page
      title={t("title")}
      actions={
        <LinkButton to={to("tickets/new")} variant="primary" icon={<Plus size={15} aria-hidden />}>
          {t("new")}
        </LinkButton>
      }
      header={<QueueTabs queue={queue} counts={page.counts} />}
    >
      <QueueNews queue={queue} frame={page.frame} answer={fetcher.data ?? actionData} fetcher={fetcher} />
      <QueueFilters
        queue={queue}
        rows={rows}
        categoryName={categoryName}
        range={range}
        tools={<QueueTools queue={queue} columns={columns} />}
      />
      {rows.length > 0 ? (
        <TicketTable queue={queue} rows={rows} columns={columns} hasMore={page.total > rows.length} fetcher={fetcher} />
      ) : (
        <Nothing queue={queue} />
      )}
      {page.previous || page.next ? (
        <Pagination
          previous={page.previous && queueAddress(queue, { before: page.previous, from: queue.from - perPage })}
          next={page.next && queueAddress(queue, { after: page.next, from: queue.from + perPage })}
        >
          {range}
        </Pagination>
      ) : null}
    </Page>
  );
}

/** Why there is nothing here, and what to do next. */
function Nothing({ queue }: { queue: Queue }) {
  const t = useT("tickets");
  const to = useTenantPath();
  const icon = <Ticket size={18} aria-hidden />;
  if (isNarrowed(queue)) {
    return (
      <EmptyState
        icon={icon}
        title={t("noMatch")}
        action={
          <LinkButton to={queueAddress(readQueue(new URLSearchParams({ view: queue.view })))}>{t("clear")}</LinkButton>
        }
      >
        {t("noMatchBody")}
      </EmptyState>
    );
  }
  const action =
    queue.view === "mine" ? (
      <LinkButton to="?view=unassigned">{t("empty.mineAction")}</LinkButton>
    ) : queue.view === "open" || queue.view === "all" ? (
      <LinkButton to={to("tickets/new")} variant="primary">
        {t("new")}
      </LinkButton>
    ) : null;
  return (
    <EmptyState icon={icon} title={t(`empty.${queue.view}`)} action={action}>
      {t(`empty.${queue.view}Body`)}
    </EmptyState>
  );
}
