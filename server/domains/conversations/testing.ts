import type { MadeChannel } from "#db/factories.ts";
import { createChannel, createTenant, systemCtx } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { newId } from "#server/core/ids.ts";
import type { InboundEvent } from "#server/providers/contract.ts";
import type { MessageEvent } from "./apply-message-events.ts";
import type { InboundMessage } from "./receive-messages.ts";

/** A tenant with one WhatsApp channel, and short words for what happens on it. */
export async function receivingShop(values: Parameters<typeof createChannel>[1] = {}) {
  const tenant = await createTenant();
  const channel = await createChannel(tenant, values);
  return { tenant, channel, ctx: systemCtx(tenant), ...wordsOf(channel) };
}

type StatusError = Extract<InboundEvent, { kind: "status" }>["error"];

/** Seconds after nine o'clock on a day. */
export const at = (seconds: number) => new Date(Date.UTC(2026, 10, 20, 9, 0, seconds));

export function wordsOf({ channelId }: Pick<MadeChannel, "channelId">) {
  const person = (phone: string) => ({ name: "Alix Roux", identities: [{ kind: "phone" as const, value: phone }] });
  return {
    message: (
      id: string,
      { phone = "+33639981000", seconds = 0, text = `message ${id}`, direction = "in" as "in" | "out" } = {},
    ): InboundMessage => ({
      channelId,
      webhookLogId: null,
      event: {
        kind: "message",
        direction,
        messageId: id,
        person: person(phone),
        replyToId: null,
        occurredAt: at(seconds),
        content: { kind: "text", text, media: [], data: null },
      },
    }),
    status: (
      messageId: string,
      status: "sent" | "delivered" | "read" | "failed",
      { seconds = 0, trackingId = null as string | null, error = null as StatusError } = {},
    ): MessageEvent =>
      told(channelId, `status:${messageId}:${status}`, {
        kind: "status",
        messageId,
        trackingId,
        status,
        error,
        occurredAt: at(seconds),
        costCents: null,
      }),
    reaction: (id: string, targetId: string, emoji: string | null, seconds: number, direction: "in" | "out" = "in") =>
      told(channelId, `reaction:${id}`, {
        kind: "reaction",
        messageId: id,
        targetId,
        person: person("+33639981000"),
        emoji,
        occurredAt: at(seconds),
        direction,
      }),
    edit: (id: string, targetId: string, text: string, seconds: number) =>
      told(channelId, `edit:${id}`, {
        kind: "edit",
        messageId: id,
        targetId,
        person: person("+33639981000"),
        occurredAt: at(seconds),
        direction: "in",
        content: { kind: "text", text, media: [], data: null },
      }),
    revoke: (id: string, targetId: string, seconds: number) =>
      told(channelId, `revoke:${id}`, {
        kind: "revoke",
        messageId: id,
        targetId,
        person: person("+33639981000"),
        occurredAt: at(seconds),
        direction: "in",
      }),
  };
}

function told(
  channelId: string,
  dedupeKey: string,
  event: Extract<InboundEvent, { kind: "status" | "reaction" | "edit" | "revoke" }>,
): MessageEvent {
  return { channelId, webhookLogId: newId(), dedupeKey, event };
}

/** Every row of a table that the tenant sees. */
export function rowsOf<Row extends Record<string, unknown>>(
  tenant: { tenantId: string },
  table: string,
): Promise<Row[]> {
  return withTenant(tenant, async (tx) => [...(await tx.raw.unsafe<Row[]>(`select * from ${table}`))]);
}
