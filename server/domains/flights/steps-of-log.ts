import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { instantOf } from "#server/core/ids.ts";
import { getLogRetention } from "#server/domains/log-retention/index.ts";
import type { FlightStep } from "./flight-step.ts";

interface LogFacts {
  id: string;
  platform: string;
  status: string;
  reason: string | null;
  account: string | null;
  channelName: string | null;
  receivedAt: Date;
  processedAt: Date | null;
  bytes: number | null;
  attempts: number;
  customerId: string | null;
  customerName: string | null;
  customerSince: Date | null;
  identifier: string | null;
  identityKind: string | null;
  conversationSince: Date | null;
}

/**
 * How an event of the log came in: received, verified, routed, whose it is and why; that it is kept no longer
 * when it is not.
 */
export async function stepsOfLog(ctx: Ctx, tx: TenantTx, logId: string | null): Promise<FlightStep[]> {
  if (!logId) return [];
  const [log] = await tx.raw.unsafe<LogFacts[]>(
    `select log.id, log.platform, log.status, log.reason, log.account, log.received_at as "receivedAt",
            log.processed_at as "processedAt", log.attempts, log.customer_id as "customerId",
            log.customer_identifier as identifier,
            (select name from channel_configurations where tenant_id = $1 and id = log.channel_id) as "channelName",
            (select body_bytes from webhook_deliveries where tenant_id = $1 and id = log.delivery_id) as bytes,
            customer.display_name as "customerName", customer.created_at as "customerSince",
            (select kind from customer_identities where tenant_id = $1 and customer_id = log.customer_id
              order by (value = log.customer_identifier) desc, created_at, id limit 1) as "identityKind",
            (select created_at from conversations where tenant_id = $1 and id = log.conversation_id) as "conversationSince"
       from webhook_logs log
            left join lateral (select display_name, created_at from customers where tenant_id = $1 and id = log.customer_id) customer on true
      where log.tenant_id = $1 and log.id = $2`,
    [tx.tenantId, logId],
    { prepare: true },
  );
  return log ? stepsOf(log) : notKept({ ...ctx, tx }, logId);
}

/** That it came in is known by the id; why nothing more is, too. */
async function notKept(ctx: Ctx, logId: string): Promise<FlightStep[]> {
  const { days, from } = await getLogRetention(ctx);
  const at = instantOf(logId);
  return at < from ? [{ at, kind: "log_removed", state: "none", facts: { days } }] : [];
}

function stepsOf(log: LogFacts): FlightStep[] {
  const logId = log.id;
  const steps: FlightStep[] = [
    { at: log.receivedAt, kind: "received", state: "ok", logId, facts: { provider: log.platform, bytes: log.bytes } },
    log.status === "rejected"
      ? { at: null, kind: "refused", state: "bad", logId, facts: { reason: log.reason } }
      : { at: null, kind: "verified", state: "ok" },
  ];
  if (log.channelName) {
    steps.push({ at: null, kind: "routed", state: "ok", facts: { channel: log.channelName, account: log.account } });
  }
  if (log.attempts > 1) {
    steps.push({ at: log.processedAt, kind: "tried", state: "ok", logId, facts: { count: log.attempts } });
  }
  if (log.customerId) {
    const isNew = isMadeBy(log, log.customerSince);
    const facts = { customerId: log.customerId, name: log.customerName, isNew, by: log.identityKind };
    steps.push({ at: null, kind: "matched", state: "ok", facts });
  }
  if (log.conversationSince) {
    steps.push({ at: null, kind: "conversation", state: "ok", facts: { isNew: isMadeBy(log, log.conversationSince) } });
  }
  return steps;
}

/** What is as young as the event was made by it. */
function isMadeBy({ receivedAt, processedAt }: LogFacts, since: Date | null): boolean {
  return since !== null && since >= receivedAt && (processedAt === null || since <= processedAt);
}

/** Other deliveries of the same event: what the provider told twice changed nothing. */
export async function repetitions(tx: TenantTx, externalId: string | null): Promise<FlightStep[]> {
  if (!externalId) return [];
  const rows = await tx.raw.unsafe<{ id: string; at: Date }[]>(
    `select id, received_at as at from webhook_logs
      where tenant_id = $1 and external_message_id = $2 and status = 'duplicate' order by id limit 20`,
    [tx.tenantId, externalId],
    { prepare: true },
  );
  return rows.map(({ id, at }) => ({ at, kind: "repeated", state: "none", logId: id }));
}
