import type { SQL } from "drizzle-orm";
import { sql } from "drizzle-orm";
import { onLiveChange } from "#db/live.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Permission } from "#server/auth/permissions.ts";
import { allows } from "#server/auth/permissions.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { firstIdAt } from "#server/core/ids.ts";

/** What waits, counted up to 1,001: beyond a thousand nobody reads the number. */
export interface WorkCounts {
  /** Open conversations that are the member's or nobody's. */
  inbox: number;
  /** Tickets neither resolved nor closed. */
  tickets: number;
  /** Events of the last seven days that failed; 0 for those who may not see the log. */
  logsFailed: number;
  /** Open alerts; 0 for those who may not see them. */
  alerts: number;
  /** What the member was told and has not seen. */
  notifications: number;
}

const keptMs = 5_000;
const most = 5_000;
const dayMs = 24 * 60 * 60_000;
const known = new Map<string, { until: number; counts: Promise<WorkCounts> }>();

/** The counts beside the navigation, asked for at most every five seconds per tenant and member. */
export function countWork(ctx: Ctx): Promise<WorkCounts> {
  const now = ctx.clock.now().getTime();
  const key = `${ctx.tenantId} ${memberId(ctx)} ${may(ctx, "logs.read")} ${may(ctx, "channels.write")}`;
  const kept = known.get(key);
  if (kept && kept.until > now) return kept.counts;
  const counts = withTenant(ctx, (tx) => count(ctx, tx));
  if (known.size >= most) known.clear();
  known.set(key, { until: now + keptMs, counts });
  counts.catch(() => known.delete(key));
  return counts;
}

// Whoever is told something is shown it at once.
onLiveChange(({ tenantId, topic }) => {
  if (topic !== "notifications") return;
  for (const key of known.keys()) if (key.startsWith(tenantId)) known.delete(key);
});

async function count(ctx: Ctx, tx: TenantTx): Promise<WorkCounts> {
  const [row] = await tx.execute<{ inbox: number; tickets: number; failed: number; alerts: number; unseen: number }>(
    countQuery(ctx),
  );
  return {
    inbox: row?.inbox ?? 0,
    tickets: row?.tickets ?? 0,
    logsFailed: row?.failed ?? 0,
    alerts: row?.alerts ?? 0,
    notifications: row?.unseen ?? 0,
  };
}

/** One statement for all counts; each part stops at the cap and reads nothing but an index. */
export function countQuery(ctx: Ctx): SQL {
  const { tenantId } = ctx;
  const since = firstIdAt(ctx.clock.now().getTime() - 7 * dayMs);
  const upToCap = (rows: SQL) => sql`(select count(*) from (${rows} limit 1001) capped)::int`;
  const openFor = (assignee: SQL) =>
    sql`(select 1 from conversations where tenant_id = ${tenantId} and status = 'open' and ${assignee} limit 1001)`;
  const inbox = sql`${openFor(sql`assignee_id = ${memberId(ctx)}`)} union all ${openFor(sql`assignee_id is null`)}`;
  const tickets = sql`select 1 from tickets
    where tenant_id = ${tenantId} and status in ('open', 'in_progress', 'waiting_customer')`;
  const failed = sql`select 1 from webhook_logs
    where tenant_id = ${tenantId} and status = 'failed' and id >= ${since}`;
  const alerts = sql`select 1 from alerts where tenant_id = ${tenantId} and resolved_at is null`;
  const unseen = sql`select 1 from notifications
    where tenant_id = ${tenantId} and user_id = ${memberId(ctx)} and shown and seen_at is null`;
  return sql`select ${upToCap(unseen)} as unseen, ${upToCap(inbox)} as inbox, ${upToCap(tickets)} as tickets,
    ${may(ctx, "logs.read") ? upToCap(failed) : sql`0`} as failed,
    ${may(ctx, "channels.write") ? upToCap(alerts) : sql`0`} as alerts`;
}

function may(ctx: Ctx, permission: Permission): boolean {
  return ctx.actor.type === "member" && allows(ctx.actor.role, permission);
}
