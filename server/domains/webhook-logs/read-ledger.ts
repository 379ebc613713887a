import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { getLogRetention } from "#server/domains/log-retention/index.ts";
import { firstUncounted } from "./first-uncounted.ts";
import { noChannel } from "./log-volumes.ts";
import type { LedgerInput } from "./schemas.ts";

/** Events of one channel (or of none) and one day, by what became of them. */
export interface LedgerLine {
  /** Null: of no channel. */
  channelId: string | null;
  channelName: string | null;
  /** Everything that came: the seven others together. */
  received: number;
  processed: number;
  duplicate: number;
  ignored: number;
  rejected: number;
  failed: number;
  /** Not worked on yet, or waiting for another try: all of the difference there may be. */
  waiting: number;
  /** Refused, counted and not stored, being more than a minute's allowance. */
  notKept: number;
}

export interface LedgerDay {
  /** Midnight in the tenant's zone. */
  day: Date;
  /** When it ends: 23 to 25 hours later. */
  end: Date;
  /** Whether its events are kept no longer: what is told of it was counted while they were. */
  removed: boolean;
  lines: LedgerLine[];
  total: LedgerLine;
  /** What the nightly check found; null before it. */
  check: { checkedAt: Date; unsettled: number; recounted: number; missing: number } | null;
}

type Counted = { day: Date; channelId: string | null; outcome: keyof Outcomes; events: number };
type Outcomes = Omit<LedgerLine, "channelId" | "channelName" | "received">;

/** What came in and what became of it, by day and channel, the latest day first. */
export async function readLedger(ctx: Ctx, { since, until }: LedgerInput): Promise<LedgerDay[]> {
  return withTenant(ctx, async (tx) => {
    const days = await daysBetween(tx, since, until ?? ctx.clock.now());
    if (days.length === 0) return [];
    const [from, to] = [days.at(-1)!.day, days[0]!.end];
    const [retention, counted, names, checks] = await Promise.all([
      getLogRetention({ ...ctx, tx }),
      count(tx, from, to),
      tx.raw.unsafe<{ id: string; name: string }[]>(
        "select id, name from channel_configurations where tenant_id = $1",
        [tx.tenantId],
      ),
      tx.raw.unsafe<(NonNullable<LedgerDay["check"]> & { day: Date })[]>(
        `select day, checked_at as "checkedAt", unsettled, recounted, missing from webhook_ledger_checks
          where tenant_id = $1 and day >= $2 and day < $3`,
        [tx.tenantId, from, to] as never[],
      ),
    ]);
    const nameOf = new Map(names.map(({ id, name }) => [id, name]));
    return days.map(({ day, end }) => {
      const own = counted.filter((one) => Number(one.day) === Number(day));
      const byChannel = Map.groupBy(own, (one) => one.channelId);
      const lines = [...byChannel].map(([channelId, events]) =>
        lineOf(channelId, (channelId && nameOf.get(channelId)) ?? null, events),
      );
      const { day: _day, ...check } = checks.find((one) => Number(one.day) === Number(day)) ?? { day: null };
      return {
        day,
        end,
        removed: end <= retention.from,
        lines: lines.toSorted((a, b) => b.received - a.received),
        total: lineOf(null, null, own),
        check: "checkedAt" in check ? check : null,
      };
    });
  });
}

async function daysBetween(tx: TenantTx, since: Date, until: Date): Promise<{ day: Date; end: Date }[]> {
  const rows = await tx.raw.unsafe<{ day: Date; end: Date }[]>(
    `select day at time zone timezone as day, (day + interval '1 day') at time zone timezone as end
       from tenants, generate_series(date_trunc('day', $2::timestamptz at time zone timezone), $3::timestamptz at time zone timezone, interval '1 day') day
      where id = $1 order by 1 desc`,
    [tx.tenantId, since, until] as never[],
    { prepare: true },
  );
  return [...rows];
}

/** In SQL: the column of the ledger that a status belongs to. */
const outcomeOf = (status: string) =>
  `case when ${status} in ('received', 'retrying') then 'waiting' else ${status} end`;

/** What was counted ahead, the log itself since then, and the refusals that were only counted. */
async function count(tx: TenantTx, from: Date, to: Date): Promise<Counted[]> {
  const rows = await tx.raw.unsafe<Counted[]>(
    `with counted as (select coalesce(max(counted_until), $2::timestamptz) as until from webhook_log_counts where tenant_id = $1),
          zone as (select timezone as name from tenants where id = $1)
     select at as day, nullif(channel_id, '${noChannel}') as "channelId", ${outcomeOf("status")} as outcome, sum(events)::int as events
       from webhook_log_volumes
      where tenant_id = $1 and grain = 'day' and at >= $2 and at < $3
      group by 1, 2, 3
     union all
     select date_trunc('day', log.received_at, zone.name), log.channel_id, ${outcomeOf("log.status")}, count(*)::int
       from webhook_logs log, zone
      where log.tenant_id = $1 and log.id >= $4 and log.received_at >= $2 and log.received_at < $3
        and log.received_at >= (select until from counted)
      group by 1, 2, 3
     union all
     select date_trunc('day', minute, zone.name), case when source ~ '^[0-9a-f-]{36}$' then source::uuid end, 'notKept', sum(dropped)::int
       from webhook_rejections, zone
      where tenant_id = $1 and minute >= $2 and minute < $3 and dropped > 0
      group by 1, 2`,
    [tx.tenantId, from, to, await firstUncounted(tx, from)] as never[],
    { prepare: true },
  );
  return [...rows];
}

function lineOf(channelId: string | null, channelName: string | null, counted: readonly Counted[]): LedgerLine {
  const line = { processed: 0, duplicate: 0, ignored: 0, rejected: 0, failed: 0, waiting: 0, notKept: 0 };
  for (const { outcome, events } of counted) line[outcome] += events;
  const received = Object.values(line).reduce((sum, events) => sum + events, 0);
  return { channelId, channelName, received, ...line };
}
