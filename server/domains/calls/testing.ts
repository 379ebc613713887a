import { createChannel, createTenant, systemCtx } from "#db/factories.ts";
import { saysNothing, type CallEvent } from "./call-facts.ts";
import type { ToldCall } from "./record-calls.ts";

/** Seconds after nine o'clock on a day. */
export const at = (seconds: number) => new Date(Date.UTC(2026, 10, 20, 9, 0, seconds));

export const callEvent = (callId: string, seconds: number, says: Partial<CallEvent> = {}): CallEvent => ({
  ...saysNothing,
  direction: "in",
  callId,
  occurredAt: at(seconds),
  ...says,
});

export const caller = (phone: string, name: string | null = null) => ({
  name,
  identities: [{ kind: "phone" as const, value: phone }],
});

/** A tenant with a voice agent's channel, and a short word for what is told of its calls. */
export async function callingShop() {
  const tenant = await createTenant();
  const channel = await createChannel(tenant, { provider: "vapi" });
  const ctx = systemCtx(tenant);
  const told = (callId: string, seconds: number, says: Partial<CallEvent> = {}, dedupeKey?: string): ToldCall => ({
    channelId: channel.channelId,
    webhookLogId: null,
    dedupeKey: dedupeKey ?? `${callId}:${seconds}:${says.status}`,
    event: callEvent(callId, seconds, says),
  });
  return { tenant, channel, ctx, told };
}
