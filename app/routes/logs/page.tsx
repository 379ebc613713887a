import { RotateCcw, ScrollText } from "lucide-react";
import { Form, Link, Outlet, useOutlet, useParams } from "react-router";

import { apiContext } from "#app/context.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { LiveDot } from "#app/shell/live-dot.tsx";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { SavedViews } from "#app/shell/saved-views.tsx";
import { useCan, useShell, useTenantPath } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { cx } from "#app/ui/classes.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { Pagination } from "#app/ui/pagination.tsx";

import type { Route } from "./+types/page";
import { filterQuery, isNarrowed, readFilter, wantedOf, type LogFilter } from "./log-address.ts";
import { LogFilters } from "./log-filters.tsx";
import { LogTable } from "./log-table.tsx";
import { speeds, VolumeChart } from "./volume-chart.tsx";

export async function loader({ request, context }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const filter = readFilter(new URL(request.url).searchParams);
  const { after, before, text } = filter;
  const wanted = wantedOf(filter, Date.now());
  const [found, chart, channels, { days: kept }, views] = await Promise.all([
    text
      ? api.webhookLogs.searchContents({ ...wanted, text, after })
      : api.webhookLogs.list({ ...wanted, after, before }),
    api.webhookLogs.chart(wanted),
    api.channels.list(),
    api.logRetention.get(),
    api.savedViews.list({ area: "webhook_logs" }),
  ]);
  const page = { previous: null, lookedBackTo: null, ...found };
  return {
    kept,
    filter,
    page,
    chart,
    views,
    channels: channels.map(({ id, name, provider }) => ({ id, name, provider })),
  };
}

export default function LogsPage({ loaderData: { kept, filter, page, chart, views, channels } }: Route.ComponentProps) {
  const t = useT("logs");
  const to = useTenantPath();
  const mayReplay = useCan("logs.replay");
  const { id } = useParams();
  const open = useOutlet() !== null;
  useLive(["webhook_logs", "views"], undefined, { every: 500 });
  const query = filterQuery(filter, { after: filter.after, before: filter.before });
  return (
    <Page
      title={t("title")}
      beside={
        <>
          <LiveDot />
          <Figures chart={chart} className="max-2xl:hidden" />
          <nav aria-label={t("about")} className="flex flex-wrap gap-x-4">
            <Link to={to("logs/ledger")} className="link tap text-xs">
              {t("ledgerLink")}
            </Link>
            <Link to={to("logs/accounts")} className="link tap text-xs">
              {t("accountsLink")}
            </Link>
            <Link to={to("logs/retention")} className="link tap text-xs">
              {t("keptFor", { count: kept })}
            </Link>
          </nav>
        </>
      }
      fill
      header={
        <div className={cx(open && "max-lg:hidden")}>
          <LogViews filter={filter} views={views} channels={channels} />
          <LogFilters filter={filter} channels={channels} />
          <Figures chart={chart} className="px-5 pb-1 max-sm:px-4 2xl:hidden" />
          <VolumeChart bars={chart.bars} filter={filter} />
        </div>
      }
    >
      <div className={cx("min-w-0 flex-1 overflow-y-auto border-t border-line", open && "max-lg:hidden")}>
        {page.rows.length > 0 ? (
          <>
            <Form action={to("logs/replay")} preventScrollReset>
              <LogTable rows={page.rows} base={to("logs/")} query={query} current={id} selectable={mayReplay} />
              <div className="sticky bottom-0 z-10 hidden items-center gap-2 border-t border-line bg-raised px-5 py-2 shadow-[0_-4px_16px_-8px_var(--shade)] in-[form:has([name=event]:checked)]:flex max-md:bottom-14">
                <Button type="submit" variant="primary" size="sm" icon={<RotateCcw size={14} aria-hidden />}>
                  {t("replayChosen")}
                </Button>
                <Button type="reset" variant="quiet" size="sm">
                  {t("unchoose")}
                </Button>
              </div>
            </Form>
            <Pagination
              previous={page.previous && filterQuery(filter, { before: page.previous })}
              next={page.lookedBackTo ? null : page.next && filterQuery(filter, { after: page.next })}
            />
          </>
        ) : page.lookedBackTo ? null : (
          <Nothing filter={filter} channels={channels.length} />
        )}
        {page.lookedBackTo && page.next ? (
          <LookFurther to={filterQuery(filter, { after: page.next })} at={page.lookedBackTo} />
        ) : null}
      </div>
      {open ? (
        <div className="w-full overflow-y-auto border-t border-line bg-sunken lg:w-110 lg:shrink-0 lg:border-l xl:w-120">
          <Outlet />
        </div>
      ) : null}
    </Page>
  );
}

type LogViewsProps = Pick<Route.ComponentProps["loaderData"], "filter" | "views" | "channels">;

/** Filters with a name: those that every log has, the member's own, and everybody's. */
function LogViews({ filter, views, channels }: LogViewsProps) {
  const t = useT("views");
  const gone = filter.channel !== undefined && !channels.some(({ id }) => id === filter.channel);
  return (
    <SavedViews
      area="webhook_logs"
      views={views}
      builtIn={[
        { name: t("built.rejected"), query: "?status=rejected" },
        { name: t("built.failed"), query: "?status=failed" },
        { name: t("built.slow"), query: "?slow=1" },
      ]}
      query={filterQuery(filter, { view: undefined })}
      viewId={filter.view}
      problem={gone ? t("goneChannel") : null}
    />
  );
}

/** Contents are looked through a stretch at a time: how far back this one went, and the next. */
function LookFurther({ to, at }: { to: string; at: Date }) {
  const t = useT("logs");
  const format = useFormat();
  return (
    <p className="px-5 py-6 text-center text-dim">
      {t("lookedBackTo", { at: format.dateTime(at) })}{" "}
      <Link to={to} preventScrollReset className="link">
        {t("lookFurther")}
      </Link>
    </p>
  );
}

interface Chart {
  total: number;
  failed: number;
  p50Ms: number | null;
  p95Ms: number | null;
  notKept: number;
}

/** What the filter shows in a line: how many, how much of it went wrong, how fast. */
function Figures({ chart, className }: { chart: Chart; className: string }) {
  const t = useT("logs");
  const format = useFormat();
  const { total, failed, p95Ms, notKept } = chart;
  if (total === 0) return null;
  const words = [
    t("events", { count: total }),
    t("failedShare", { share: format.percent(failed / total, failed === 0 ? 0 : 2) }),
    ...(p95Ms === null ? [] : [t("speeds", speeds(chart, format.duration))]),
    ...(notKept > 0 ? [t("notKept", { count: notKept })] : []),
  ];
  return <p className={cx("text-dim", className)}>{words.join(" · ")}</p>;
}

/** Why there is nothing here, and what to do next. */
function Nothing({ filter, channels }: { filter: LogFilter; channels: number }) {
  const t = useT("logs");
  const to = useTenantPath();
  const { simulator } = useShell();
  const mayConnect = useCan("channels.write");
  const maySeeContents = useCan("logs.payload");
  const icon = <ScrollText size={18} aria-hidden />;
  if (filter.search && maySeeContents) {
    const inContents = filterQuery(filter, { search: undefined, text: filter.search });
    return (
      <EmptyState
        icon={icon}
        title={t("noMatch")}
        action={<LinkButton to={inContents}>{t("searchContents", { text: filter.search })}</LinkButton>}
      >
        {t("noMatchBody")} {t("noMatchEarlier")}
      </EmptyState>
    );
  }
  if (isNarrowed(filter) || filter.period !== "all") {
    return (
      <EmptyState icon={icon} title={t("noMatch")} action={<LinkButton to="?period=all">{t("clear")}</LinkButton>}>
        {t("noMatchBody")}
      </EmptyState>
    );
  }
  const action =
    channels === 0 && mayConnect ? (
      <LinkButton to={to("settings/channels/new")} variant="primary">
        {t("connectChannel")}
      </LinkButton>
    ) : simulator ? (
      <LinkButton to="/simulator">{t("openSimulator")}</LinkButton>
    ) : null;
  return (
    <EmptyState icon={icon} title={t("emptyTitle")} action={action}>
      {t("emptyBody")}
    </EmptyState>
  );
}
