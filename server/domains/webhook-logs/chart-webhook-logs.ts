import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { webhookLogCounts } from "#db/schema/webhook-volumes.ts";
import { percentileOf, quarterMs, speedOfLog } from "./log-volumes.ts";
import { matchingEvents } from "./matching-events.ts";
import type { LogFilter } from "./schemas.ts";

/** A bar of the chart: what came in from `from` until `to`. */
export interface LogBar {
  from: Date;
  to: Date;
  total: number;
  /** Rejected or failed, part of `total`. */
  failed: number;
  /** Milliseconds; null where nothing was applied. Exact to 41 % (see log-volumes.ts). */
  p50Ms: number | null;
  p95Ms: number | null;
}

export interface LogChart {
  bars: LogBar[];
  total: number;
  failed: number;
  p50Ms: number | null;
  p95Ms: number | null;
  /** Refused events of the window that were counted and not stored; they are in no bar. */
  notKept: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** The widest bar that still shows a rhythm, by how long the window is. */
const widths: readonly [upTo: number, barMs: number][] = [
  [6 * hourMs, quarterMs],
  [30 * hourMs, hourMs],
  [9 * dayMs, 6 * hourMs],
  [Infinity, dayMs],
];

type Counted = { at: Date; status: string; speed: number; events: number };

/**
 * Volume, errors and speed under the list's own filter. Counts made ahead are read where the filter
 * allows it, and the log itself for what they do not hold: the running quarter, a search, rare events.
 */
export async function chartWebhookLogs(ctx: Ctx, filter: LogFilter): Promise<LogChart> {
  return withTenant(ctx, async (tx) => {
    const now = ctx.clock.now();
    const since = filter.since ?? (await beginningOf(tx)) ?? new Date(now.getTime() - dayMs);
    // What comes in at this very moment is part of it.
    const until = filter.until ?? new Date(now.getTime() + 1);
    const window = Math.max(quarterMs, until.getTime() - since.getTime());
    const barMs = widths.find(([upTo]) => window <= upTo)![1];
    const from = await barBeginning(tx, since, barMs);
    const edges = await barEdges(tx, from, until, barMs);
    const counted = await count(tx, { ...filter, since: from, until }, { edges, barMs, asked: filter.until });
    return { ...chartOf(edges, counted), notKept: await countNotKept(tx, filter, from, until) };
  });
}

async function beginningOf(tx: TenantTx): Promise<Date | null> {
  const [first] = await tx.raw.unsafe<{ at: Date }[]>(
    "select received_at as at from webhook_logs where tenant_id = $1 order by id limit 1",
    [tx.tenantId],
    { prepare: true },
  );
  return first?.at ?? null;
}

/** Days begin at midnight in the tenant's zone, other bars at their multiples. */
async function barBeginning(tx: TenantTx, since: Date, barMs: number): Promise<Date> {
  if (barMs !== dayMs) return new Date(Math.floor(since.getTime() / barMs) * barMs);
  const [day] = await tx.raw.unsafe<{ at: Date }[]>(
    "select date_trunc('day', $2::timestamptz, timezone) as at from tenants where id = $1",
    [tx.tenantId, since] as never[],
    { prepare: true },
  );
  return day?.at ?? since;
}

async function barEdges(tx: TenantTx, from: Date, until: Date, barMs: number): Promise<Date[]> {
  if (barMs !== dayMs) {
    const bars = Math.ceil((until.getTime() - from.getTime()) / barMs);
    return Array.from({ length: bars + 1 }, (_, at) => new Date(from.getTime() + at * barMs));
  }
  const edges = await tx.raw.unsafe<{ at: Date }[]>(
    `select day at time zone timezone as at
       from tenants, generate_series($2::timestamptz at time zone timezone, ($3::timestamptz at time zone timezone) + interval '1 day', interval '1 day') day
      where id = $1 order by 1`,
    [tx.tenantId, from, until] as never[],
    { prepare: true },
  );
  return edges.map((edge) => edge.at);
}

type Window = LogFilter & { since: Date; until: Date };

interface Bars {
  edges: readonly Date[];
  barMs: number;
  /** The end that was asked for. Bounded on both sides, a plan for any values takes every window for a narrow one. */
  asked: Date | undefined;
}

async function count(tx: TenantTx, filter: Window, { edges, barMs, asked }: Bars): Promise<Counted[]> {
  const isRare = filter.search !== undefined || filter.slow || filter.triedAgain || filter.ids !== undefined;
  const [known] = isRare ? [] : await tx.select().from(webhookLogCounts);
  const countedUntil = known?.countedUntil ?? filter.since;
  const ahead = known && countedUntil > filter.since ? await readAhead(tx, filter, barMs, countedUntil) : [];
  const since = new Date(Math.max(filter.since.getTime(), countedUntil.getTime()));
  return since < filter.until ? [...ahead, ...(await readLog(tx, { ...filter, since, until: asked }, edges))] : ahead;
}

/** What was counted ahead: by day where bars are days, but for the days at both ends of what is counted. */
async function readAhead(tx: TenantTx, filter: Window, barMs: number, countedUntil: Date): Promise<Counted[]> {
  const params: unknown[] = [tx.tenantId];
  const put = (value: unknown) => `$${params.push(value)}`;
  const until = new Date(Math.min(filter.until.getTime(), countedUntil.getTime()));
  const conditions = ["tenant_id = $1", `grain = '${barMs === dayMs ? "day" : "quarter"}'`];
  conditions.push(`at >= ${put(filter.since)}`, `at < ${put(until)}`);
  if (filter.channelId) conditions.push(`channel_id = ${put(filter.channelId)}::uuid`);
  if (filter.provider) conditions.push(`platform = ${put(filter.provider)}`);
  if (filter.type) conditions.push(`kind = ${put(filter.type)}`);
  if (filter.status?.length) conditions.push(`status = any (${put(filter.status)}::text[])`);
  if (filter.reason?.length) conditions.push(`reason = any (${put(filter.reason)}::text[])`);
  const rows = await tx.raw.unsafe<Counted[]>(
    `select ${barMs === dayMs ? "at" : barOf("at", barMs)} as at, status, speed, sum(events)::int as events
       from webhook_log_volumes where ${conditions.join(" and ")} group by 1, 2, 3`,
    params as never[],
    { prepare: true },
  );
  return [...rows];
}

/** In SQL: when the bar of an instant begins, where bars are shorter than a day. */
const barOf = (instant: string, barMs: number) =>
  `date_bin('${barMs / 60_000} minutes', ${instant}, timestamptz '2000-01-01 00:00:00+00')`;

async function readLog(tx: TenantTx, filter: LogFilter, edges: readonly Date[]): Promise<Counted[]> {
  const params: unknown[] = [tx.tenantId];
  const needed = ["id", "received_at", "status", "processing_time_ms"];
  const events = await matchingEvents(tx, filter, needed, (value) => `$${params.push(value)}`);
  const rows = await tx.raw.unsafe<(Omit<Counted, "at"> & { bar: number })[]>(
    `select width_bucket(log.received_at, $${params.push(edges.map((edge) => edge.toISOString()))}::timestamptz[]) as bar, log.status, ${speedOfLog} as speed, count(*)::int as events
       from ${events} group by 1, 2, 3`,
    params as never[],
    { prepare: true },
  );
  // Before the first edge lies bar 0.
  return rows.flatMap(({ bar, ...counts }) => (edges[bar - 1] ? [{ at: edges[bar - 1]!, ...counts }] : []));
}

async function countNotKept(tx: TenantTx, filter: LogFilter, from: Date, until: Date): Promise<number> {
  const [dropped] = await tx.raw.unsafe<{ events: number | null }[]>(
    `select sum(dropped)::int as events from webhook_rejections
      where tenant_id = $1 and minute >= $2 and minute < $3 and ($4::text is null or source = $4)`,
    [tx.tenantId, from, until, filter.channelId ?? null] as never[],
    { prepare: true },
  );
  return dropped?.events ?? 0;
}

function chartOf(edges: readonly Date[], counted: readonly Counted[]): Omit<LogChart, "notKept"> {
  const bars = edges.slice(0, -1).map((from, at) => ({ from, to: edges[at + 1]!, own: [] as Counted[] }));
  for (const one of counted) {
    const bar = bars.findLast(({ from }) => from <= one.at);
    if (bar && one.at < bar.to) bar.own.push(one);
  }
  return { bars: bars.map(({ from, to, own }) => ({ from, to, ...figuresOf(own) })), ...figuresOf(counted) };
}

function figuresOf(counted: readonly Counted[]) {
  const bySpeed = new Map<number, number>();
  let [total, failed] = [0, 0];
  for (const { status, speed, events } of counted) {
    total += events;
    if (status === "rejected" || status === "failed") failed += events;
    bySpeed.set(speed, (bySpeed.get(speed) ?? 0) + events);
  }
  return { total, failed, p50Ms: percentileOf(bySpeed, 0.5), p95Ms: percentileOf(bySpeed, 0.95) };
}
