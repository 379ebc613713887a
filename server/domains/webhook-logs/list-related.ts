import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { missingLog } from "#server/domains/log-retention/index.ts";
import type { WebhookReason, WebhookStatus } from "./ingest-posts.ts";
import type { ListRelatedInput } from "./schemas.ts";

export interface RelatedEvent {
  id: string;
  type: string;
  status: WebhookStatus;
  reason: WebhookReason | null;
  receivedAt: Date;
}

export interface RelatedEvents {
  /** The newest first; the event itself is among them where it stands. */
  rows: RelatedEvent[];
  newer: string | null;
  older: string | null;
}

/** Events on either side of the one that is looked at, and as many a page further on. */
const each = 6;

/**
 * What else came in about the same message, call or conversation, or from the same person: around the event,
 * or from a neighbour on. Three look-ups by index, each cut before they are put together.
 */
export async function listRelated(ctx: Ctx, { id, after, before }: ListRelatedInput): Promise<RelatedEvents> {
  return withTenant(ctx, async (tx) => {
    const [event] = await tx.raw.unsafe<Thread[]>(
      `select external_message_id as "externalId", customer_id as "customerId", conversation_id as "conversationId",
              customer_identifier as identifier, channel_id as "channelId"
         from webhook_logs where tenant_id = $1 and id = $2`,
      [ctx.tenantId, id],
      { prepare: true },
    );
    if (!event) throw await missingLog({ ...ctx, tx }, id);
    if (after) return page(await eventsBeside(tx, event, after, "older"), [], after);
    if (before) return page([], await eventsBeside(tx, event, before, "newer"), before);
    const [older, newer] = [await eventsBeside(tx, event, id, "older"), await eventsBeside(tx, event, id, "newer")];
    return page(older, newer, id, await itself(tx, id));
  });
}

interface Thread {
  externalId: string | null;
  customerId: string | null;
  conversationId: string | null;
  identifier: string | null;
  channelId: string | null;
}

const columns = `id, webhook_type as type, status, reason, received_at as "receivedAt"`;

/** One more than a page says whether another follows. */
async function eventsBeside(
  tx: TenantTx,
  { externalId, customerId, conversationId, identifier, channelId }: Thread,
  from: string,
  side: "older" | "newer",
): Promise<RelatedEvent[]> {
  const params: (string | null)[] = [tx.tenantId, from];
  const put = (value: string | null) => `$${params.push(value)}`;
  const ways = [
    ...(externalId ? [`external_message_id = ${put(externalId)}`] : []),
    ...(customerId && conversationId
      ? [`customer_id = ${put(customerId)} and conversation_id = ${put(conversationId)}`]
      : []),
    // Refused, so never read: the provider's own word for the person, on the same channel.
    ...(identifier && channelId ? [`customer_identifier = ${put(identifier)} and channel_id = ${put(channelId)}`] : []),
  ];
  if (ways.length === 0) return [];
  const order = `order by id ${side === "older" ? "desc" : "asc"} limit ${each + 1}`;
  const found = ways.map(
    (way) =>
      `(select ${columns} from webhook_logs where tenant_id = $1 and id ${side === "older" ? "<" : ">"} $2 and ${way} ${order})`,
  );
  const rows = await tx.raw.unsafe<RelatedEvent[]>(
    `select * from (${found.join(" union ")}) related ${order}`,
    params as never[],
    { prepare: true },
  );
  return [...rows];
}

async function itself(tx: TenantTx, id: string): Promise<RelatedEvent[]> {
  const rows = await tx.raw.unsafe<RelatedEvent[]>(
    `select ${columns} from webhook_logs where tenant_id = $1 and id = $2`,
    [tx.tenantId, id],
    { prepare: true },
  );
  return [...rows];
}

function page(older: RelatedEvent[], newer: RelatedEvent[], from: string, own: RelatedEvent[] = []): RelatedEvents {
  const rows = [...newer.slice(0, each).toReversed(), ...own, ...older.slice(0, each)];
  const [first, last] = [rows.at(0)?.id ?? from, rows.at(-1)?.id ?? from];
  // A page that was gone to has what one came from on its other side.
  const around = own.length > 0;
  return {
    rows,
    newer: newer.length > each || (!around && older.length > 0) ? first : null,
    older: older.length > each || (!around && newer.length > 0) ? last : null,
  };
}
