import { createCustomer, createMember, createTenant } from "#db/factories.ts";
import { createChannel } from "#db/factories-channel.ts";
import { callLogs } from "#db/schema/calls.ts";
import { withTenant } from "#db/tenant.ts";
import { fixedClock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";

/** A shop on Monday 23 November 2026 at eight in Paris, with two members, a customer, and a voice agent that takes calls. */
export async function openShop() {
  const clock = fixedClock("2026-11-23T07:00:00Z");
  const tenant = await createTenant();
  const { tenantId } = tenant;
  const nadia = await createMember(tenant, "agent", { clock, name: "Nadia" });
  const paul = await createMember(tenant, "agent", { clock, name: "Paul" });
  const sophie = await createCustomer(tenant, { displayName: "Sophie" });
  const channel = await createChannel(tenant, { provider: "vapi" });
  const agent = contextFor(tenantId, { type: "webhook", channelId: channel.channelId }, clock);
  /** A call of a customer, or of somebody unknown. */
  const ring = async (customerId: string | null = sophie.customerId) => {
    const callId = newId();
    await withTenant(tenant, (tx) =>
      tx.insert(callLogs).values({
        tenantId,
        id: callId,
        channelId: channel.channelId,
        provider: "vapi",
        externalId: callId,
        direction: "in",
        status: "in_progress",
        customerId,
        startedAt: clock.now(),
      }),
    );
    return callId;
  };
  const rows = <T extends object = Record<string, unknown>>(statement: string): Promise<T[]> =>
    withTenant(tenant, async (tx) => [...(await tx.raw.unsafe<T[]>(statement))]);
  return { clock, tenant, nadia, paul, sophie, channel, agent, ring, rows };
}
