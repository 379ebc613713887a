import type { Json } from "#server/providers/contract.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { eventsInOrder } from "./events-in-order.ts";
import type { WebhookLogRow } from "./list-webhook-logs.ts";
import { shownColumns, withChannel } from "./list-webhook-logs.ts";
import type { ExportInput } from "./schemas.ts";

export interface ExportedLog extends WebhookLogRow {
  externalMessageId: string | null;
  /** What went wrong, which may quote the event; null where the role may not see it. */
  errorMessage: string | null;
  occurredAt: Date | null;
  /** The event in the provider's words; null where the role may not see it. */
  payload: Json;
}

export interface ExportPage {
  rows: ExportedLog[];
  /** Where the next page begins; null after the last. */
  next: string | null;
}

/** Events of one page: memory stays flat however long the export is. */
export const eventsPerExport = 1_000;

/** What the list shows under the same filter, the newest first, page by page. Without `contents` what people wrote is left out. */
export async function exportWebhookLogs(
  ctx: Ctx,
  { after, ...filter }: ExportInput,
  { contents }: { contents: boolean },
): Promise<ExportPage> {
  return withTenant(ctx, async (tx) => {
    const params: unknown[] = [ctx.tenantId];
    const put = (value: unknown) => `$${params.push(value)}`;
    const stretch = { order: "desc", most: eventsPerExport, below: after } as const;
    const events = await eventsInOrder(tx, filter, stretch, put);
    const rows = await tx.raw.unsafe<ExportedLog[]>(
      `select ${shownColumns}, log.external_message_id as "externalMessageId", log.occurred_at as "occurredAt",
              ${contents ? `log.error_message as "errorMessage", log.payload` : `null as "errorMessage", null::jsonb as payload`}
         from ${events} ${withChannel}
        order by log.id desc`,
      params as never[],
      { prepare: true },
    );
    return { rows: [...rows], next: rows.length === eventsPerExport ? (rows.at(-1)?.id ?? null) : null };
  });
}
