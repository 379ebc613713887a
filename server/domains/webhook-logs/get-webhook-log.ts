import type { identityKinds } from "#db/schema/customers.ts";
import type { WebhookAttempt } from "#db/schema/webhooks.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { missingLog } from "#server/domains/log-retention/index.ts";
import type { DeliveryDetail } from "./find-delivery.ts";
import { findDelivery } from "./find-delivery.ts";
import type { KnownPerson, MadeFile } from "./find-made.ts";
import { findFirst, findKnownPerson, findMadeFiles } from "./find-made.ts";
import type { WebhookLogRow } from "./list-webhook-logs.ts";
import { shownColumns, withChannel } from "./list-webhook-logs.ts";
import type { WebhookLogRef } from "./schemas.ts";

export interface WebhookLogDetail extends WebhookLogRow {
  channelId: string | null;
  /** How the channel is set today; null where there is none any more. */
  channelState: { enabled: boolean; observes: boolean; configured: boolean } | null;
  account: string | null;
  externalMessageId: string | null;
  customerId: string | null;
  /** What the customer was recognised by, and whether the event made them. */
  matchedBy: { kind: (typeof identityKinds)[number]; isNew: boolean } | null;
  /** Who goes by the event's identifier today, where it was never read. */
  knownPerson: KnownPerson | null;
  conversationId: string | null;
  messageId: string | null;
  callId: string | null;
  ticketNumber: number | null;
  /** Files that came with the message. */
  files: MadeFile[];
  /** Of a duplicate: the delivery that was applied. */
  firstId: string | null;
  errorMessage: string | null;
  occurredAt: Date | null;
  processedAt: Date | null;
  /** When its contents were taken away with its customer. */
  erasedAt: Date | null;
  nextAttemptAt: Date | null;
  attemptLog: WebhookAttempt[];
  /** The event in the provider's words; null where the role may not see it. */
  payload: unknown;
  /** The post that carried it: null when it is no longer kept, or was not this tenant's alone. */
  delivery: DeliveryDetail | null;
  /** Whether contents are hidden from this role. */
  masked: boolean;
}

type Found = Omit<WebhookLogDetail, "delivery" | "masked" | "knownPerson" | "files" | "firstId"> & {
  deliveryId: string | null;
};

/** An event with everything that is known of it. Without `contents` what people wrote is left out. */
export async function getWebhookLog(
  ctx: Ctx,
  { id }: WebhookLogRef,
  { contents }: { contents: boolean },
): Promise<WebhookLogDetail> {
  return withTenant(ctx, async (tx) => {
    const [row] = await tx.raw.unsafe<Found[]>(
      `select ${shownColumns}, log.channel_id as "channelId", log.account, log.external_message_id as "externalMessageId",
              case when channel.id is not null then
                jsonb_build_object('enabled', channel.enabled, 'observes', channel.observe_mode, 'configured', channel.configured) end as "channelState",
              log.customer_id as "customerId", log.conversation_id as "conversationId", log.message_id as "messageId",
              (select id from call_logs where tenant_id = $1 and channel_id = log.channel_id and external_id = log.external_message_id) as "callId",
              (select jsonb_build_object('kind', identity.kind, 'isNew', customer.created_at >= log.received_at)
                 from customer_identities identity join customers customer on customer.tenant_id = $1 and customer.id = log.customer_id
                where identity.tenant_id = $1 and identity.customer_id = log.customer_id
                order by (identity.value in (log.customer_identifier, '+' || log.customer_identifier)) desc nulls last, identity.created_at, identity.id
                limit 1) as "matchedBy",
              (select number::int from tickets where tenant_id = $1 and id = log.ticket_id) as "ticketNumber",
              log.error_message as "errorMessage", log.occurred_at as "occurredAt", log.processed_at as "processedAt", log.erased_at as "erasedAt",
              log.next_attempt_at as "nextAttemptAt", log.attempt_log as "attemptLog", log.payload, log.delivery_id as "deliveryId"
         from webhook_logs log ${withChannel}
        where log.tenant_id = $1 and log.id = $2`,
      [ctx.tenantId, id],
      { prepare: true },
    );
    if (!row) throw await missingLog({ ...ctx, tx }, id);
    const { deliveryId, payload, ...detail } = row;
    const [delivery, knownPerson, files, firstId] = await Promise.all([
      findDelivery(tx, deliveryId, contents),
      row.customerId ? null : findKnownPerson(tx, row.customerIdentifier),
      findMadeFiles(tx, row.messageId, id),
      row.status === "duplicate" ? findFirst(tx, row) : null,
    ]);
    const whole = { ...detail, knownPerson, files, firstId, payload, delivery, masked: false };
    return contents ? whole : withoutContents(whole);
  });
}

/** An error may quote what it failed on, and a file is called what its sender called it. */
function withoutContents(log: WebhookLogDetail): WebhookLogDetail {
  return {
    ...log,
    payload: null,
    errorMessage: null,
    attemptLog: log.attemptLog.map(({ error: _error, ...attempt }) => attempt),
    files: log.files.map((file) => ({ ...file, name: null })),
    masked: true,
  };
}
