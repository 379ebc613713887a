import { publish } from "#db/live.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { openAlert, resolveAlerts } from "#server/domains/alerts/index.ts";
import type { Told } from "#server/domains/notifications/index.ts";
import { notify } from "#server/domains/notifications/index.ts";
import type { DueTicket } from "./watch-deadlines.ts";

/** Late tickets are counted up to here. */
const cap = 1_000;

/**
 * Tells whom it concerns that deadlines are near or were missed: the browsers of whoever the ticket is
 * assigned to, or of its team or everybody where it is nobody's (`deadlineNotices` says to whom), and the admins by an alert
 * where something is late. Of a missed one also whoever had the ticket and whoever it is handed to, as they chose to
 * hear of it. Each deadline comes here once ahead and once when it is missed.
 */
export async function tellBreach(ctx: Ctx, told: readonly DueTicket[]): Promise<void> {
  if (told.length === 0) return;
  await withTenant(ctx, async (tx) => {
    const missed = told.filter(({ breached }) => breached.length > 0);
    if (missed.length > 0) {
      await watchLateTickets({ ...ctx, tx });
      await notify({ ...ctx, tx }, missed.flatMap(concerned));
    }
    tx.afterCommit(() =>
      publish(
        ctx.tenantId,
        "deadlines",
        told.map(({ ticket }) => ticket.id),
      ),
    );
  });
}

/** Whoever had a ticket whose deadline was missed, and whoever it is handed to. */
function concerned({ ticket, policy }: DueTicket): Told[] {
  const userIds = new Set([ticket.assigneeId, policy?.escalateAssigneeId].filter((id) => typeof id === "string"));
  return [...userIds].map((userId) => ({ userId, kind: "deadline_missed", subject: "ticket", subjectId: ticket.id }));
}

/** The admins' alert: open as long as a ticket is late. */
export async function watchLateTickets(ctx: Ctx): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [row] = await tx.raw.unsafe<{ late: number }[]>(
      `select count(*)::int as late from (
         select 1 from tickets t
          where t.tenant_id = $1 and t.status in ('open', 'in_progress', 'waiting_customer') and t.sla_sort_at <= $2::timestamptz
          order by t.sla_sort_at desc, t.id desc limit ${cap}) late`,
      [ctx.tenantId, ctx.clock.now()] as never[],
      { prepare: true },
    );
    const tickets = row?.late ?? 0;
    const inner = { ...ctx, tx };
    const alert = { kind: "tickets_late", channelId: null } as const;
    if (tickets > 0) await openAlert(inner, { ...alert, severity: "warning", data: { tickets } });
    else await resolveAlerts(inner, { kinds: [alert.kind], channelIds: [null] });
  });
}
