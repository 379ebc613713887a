import { Check, TriangleAlert } from "lucide-react";
import { Fragment } from "react";
import { Link, useLocation } from "react-router";

import { apiContext } from "#app/context.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Banner } from "#app/ui/banner.tsx";
import { cx } from "#app/ui/classes.ts";
import { useNow } from "#app/ui/now.tsx";

import type { Route } from "./+types/ledger";
import { filterQuery, readFilter, type LogFilter, type Status } from "./log-address.ts";

const lengths = [7, 30, 90] as const;
const dayMs = 86_400_000;

export async function loader({ request, context }: Route.LoaderArgs) {
  const asked = Number(new URL(request.url).searchParams.get("days"));
  const days = lengths.find((length) => length === asked) ?? 7;
  const since = new Date(Date.now() - (days - 1) * dayMs);
  const { webhookLogs, logRetention } = context.get(apiContext);
  const [ledger, kept] = await Promise.all([webhookLogs.ledger({ since }), logRetention.get()]);
  return { days, ledger, kept: kept.days };
}

type Day = Route.ComponentProps["loaderData"]["ledger"][number];
type Line = Day["total"];

/** The ledger's columns after what was received, each with the log's statuses that it counts. */
const outcomes: readonly [
  keyof Line & ("processed" | "duplicate" | "ignored" | "rejected" | "failed" | "waiting"),
  Status[],
][] = [
  ["processed", ["processed"]],
  ["duplicate", ["duplicate"]],
  ["ignored", ["ignored"]],
  ["rejected", ["rejected"]],
  ["failed", ["failed"]],
  ["waiting", ["received", "retrying"]],
];

export default function LedgerPage({ loaderData: { days, ledger, kept } }: Route.ComponentProps) {
  const t = useT("logs");
  const to = useTenantPath();
  const { pathname } = useLocation();
  useLive(["webhook_logs"], undefined, { every: 2_000 });
  const missing = ledger.reduce((sum, { check }) => sum + (check?.missing ?? 0), 0);
  return (
    <Page
      title={t("ledger")}
      beside={
        <nav aria-label={t("period")} className="flex gap-1.5">
          {lengths.map((length) => (
            <Link
              key={length}
              to={length === 7 ? pathname : `${pathname}?days=${length}`}
              aria-current={length === days ? "page" : undefined}
              className={cx("chip tap", length === days && "chip-on")}
            >
              {t("ledgerDays", { count: length })}
            </Link>
          ))}
        </nav>
      }
    >
      <div className="flex flex-col gap-4 px-5 pb-10 max-sm:px-4">
        <p className="max-w-[75ch] text-dim">
          {t("ledgerIntro")}{" "}
          <Link to={to("logs")} className="link">
            {t("title")}
          </Link>
        </p>
        {missing > 0 ? <Banner tone="bad">{t("ledgerMissing", { count: missing })}</Banner> : null}
        <div className="overflow-x-auto">
          <table className="table table-stack" aria-label={t("ledger")}>
            <thead>
              <tr>
                <th>{t("ledgerDay")}</th>
                <th className="text-right">{t("ledgerReceived")}</th>
                {outcomes.map(([name]) => (
                  <th key={name} className="text-right">
                    {t(`ledger.${name}`)}
                  </th>
                ))}
                <th className="text-right">{t("ledger.notKept")}</th>
                <th>{t("ledgerCheck")}</th>
              </tr>
            </thead>
            <tbody>
              {ledger.map((day) => (
                <DayRows key={day.day.toISOString()} day={day} base={to("logs")} kept={kept} />
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </Page>
  );
}

/** A day's sum, then its channels. */
function DayRows({ day, base, kept }: { day: Day; base: string; kept: number }) {
  const t = useT("logs");
  const format = useFormat();
  const query = (change: Partial<LogFilter>) =>
    day.removed
      ? null
      : `${base}${filterQuery(readFilter(new URLSearchParams()), { period: "all", from: day.day, to: day.end, ...change })}`;
  return (
    <Fragment>
      <tr>
        <td className="font-semibold whitespace-nowrap">{format.date(day.day)}</td>
        <Cells line={day.total} query={query} strong />
        <td className="text-dim">
          {day.removed && day.total.received > 0 ? t("removedDay", { count: kept }) : <CheckWords day={day} />}
        </td>
      </tr>
      {day.lines.map((line) => (
        <tr key={line.channelId ?? "none"} className="text-dim">
          <td className="pl-6 max-sm:pl-0">{line.channelName ?? t(line.channelId ? "goneChannel" : "noChannel")}</td>
          <Cells
            line={line}
            query={(change) => query({ ...change, ...(line.channelId ? { channel: line.channelId } : {}) })}
          />
          <td className="max-sm:hidden" aria-label={t("ledgerCheck")} />
        </tr>
      ))}
    </Fragment>
  );
}

interface CellsProps {
  line: Line;
  /** The log's address, narrowed; null where it holds the events no longer. */
  query: (change: Partial<LogFilter>) => string | null;
  strong?: boolean;
}

/** The figures of a line, each the way to its events. */
function Cells({ line, query, strong = false }: CellsProps) {
  const t = useT("logs");
  const format = useFormat();
  const of = (name: string, events: number, address: string | null) => (
    <td
      key={name}
      className={cx(
        "text-right tabular-nums",
        events === 0 && "text-faint max-sm:hidden",
        strong && "font-semibold",
        (name === "failed" || name === "waiting") && events > 0 && "text-bad",
      )}
    >
      <span className="mr-1 font-normal text-faint sm:hidden">{t(`ledger.${name}` as "ledger.processed")}</span>
      {events > 0 && address ? (
        <Link to={address} className="hover:underline">
          {format.number(events)}
        </Link>
      ) : (
        format.number(events)
      )}
    </td>
  );
  return (
    <>
      {of("received", line.received, query({}))}
      {outcomes.map(([name, status]) => of(name, line[name], query({ status })))}
      {of("notKept", line.notKept, null)}
    </>
  );
}

/** What the nightly check of the day found. */
function CheckWords({ day: { end, total, check } }: { day: Day }) {
  const t = useT("logs");
  const format = useFormat();
  const now = useNow();
  if (!check && total.received === 0) return null;
  if (!check) return <span className="text-faint">{t(now < end.getTime() ? "ledgerTonight" : "ledgerUnchecked")}</span>;
  const found = [
    ...(check.missing > 0 ? [t("ledgerCheckMissing", { count: check.missing })] : []),
    ...(check.unsettled > 0 ? [t("ledgerCheckUnsettled", { count: check.unsettled })] : []),
    ...(check.recounted > 0 ? [t("ledgerCheckRecounted", { count: check.recounted })] : []),
  ];
  return (
    <span className="inline-flex items-center gap-1.5" title={format.dateTime(check.checkedAt)}>
      {check.missing > 0 ? (
        <TriangleAlert size={14} aria-hidden className="text-bad" />
      ) : (
        <Check size={14} aria-hidden className="text-ok" />
      )}
      {found.length > 0 ? found.join(" · ") : t("ledgerComplete")}
    </span>
  );
}
