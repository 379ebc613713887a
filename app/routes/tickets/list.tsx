import { Plus, Ticket } from "lucide-react";
import { useMemo } from "react";

import { apiContext, refusalOf } from "#app/context.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { Tabs } from "#app/ui/tabs.tsx";

import type { Route } from "./+types/list";
import { changeSelected } from "./change-selected.ts";
import { isNarrowed, queueAddress, readQueue, views, type Queue } from "./queue-address.ts";
import { QueueFilters } from "./queue-filters.tsx";
import { packRows, readRows } from "./queue-rows.ts";
import { TicketTable } from "./ticket-table.tsx";

const perPage = 50;
const countCap = 1000;

export async function loader({ request, context }: Route.LoaderArgs) {
  const queue = readQueue(new URL(request.url).searchParams);
  const { rows, ...page } = await context.get(apiContext).tickets.list(queue);
  return { queue, page, lines: packRows(rows) };
}

export async function action({ request, context }: Route.ActionArgs) {
  try {
    return await changeSelected(context.get(apiContext), await request.formData());
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal) throw thrown;
    return { changed: 0, reason: Object.values(refusal.fields).flat()[0] ?? refusal.reason };
  }
}

export default function TicketList({ loaderData: { queue, page, lines } }: Route.ComponentProps) {
  const rows = useMemo(() => readRows(lines), [lines]);
  const t = useT("tickets");
  const to = useTenantPath();
  useLive(["tickets"]);
  const tabs = views.map((view) => ({
    to: queueAddress(queue, { view }),
    label: t(`view.${view}`),
    count: page.counts[view],
    on: view === queue.view,
  }));
  return (
    <Page
      title={t("title")}
      actions={
        <LinkButton to={to("tickets/new")} variant="primary" icon={<Plus size={15} aria-hidden />}>
          {t("new")}
        </LinkButton>
      }
      header={<Tabs label={t("views")} tabs={tabs} />}
    >
      <QueueFilters queue={queue} rows={rows} range={<Range queue={queue} shown={rows.length} total={page.total} />} />
      {rows.length > 0 ? <TicketTable queue={queue} rows={rows} /> : <Nothing queue={queue} />}
      {page.previous || page.next ? (
        <Pagination
          previous={page.previous && queueAddress(queue, { before: page.previous, from: queue.from - perPage })}
          next={page.next && queueAddress(queue, { after: page.next, from: queue.from + perPage })}
        >
          <Range queue={queue} shown={rows.length} total={page.total} />
        </Pagination>
      ) : null}
    </Page>
  );
}

function Range({ queue, shown, total }: { queue: Queue; shown: number; total: number }) {
  const t = useT("ui");
  const format = useFormat();
  if (shown === 0) return null;
  const last = queue.from + shown - 1;
  const words = total > countCap ? `${format.number(Math.max(countCap, last))}+` : format.number(Math.max(total, last));
  return <>{t("range", { from: format.number(queue.from), to: format.number(last), total: words })}</>;
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
