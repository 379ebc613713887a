import { publish } from "#db/live.ts";
import { withTenant } from "#db/tenant.ts";
import { rulesOf } from "#server/core/channel-rules.ts";
import type { Ctx } from "#server/core/context.ts";
import { nameCustomers } from "#server/domains/customers/index.ts";
import { enqueueAll } from "#server/jobs/enqueue.ts";
import type { PersonRef } from "#server/providers/contract.ts";
import type { ReceivingChannel } from "./find-receiving-channels.ts";
import type { Place } from "./place-messages.ts";
import { profileQueue } from "./queues.ts";

interface Newcomer {
  channel: ReceivingChannel;
  event: { person: PersonRef };
  place: Place;
}

/** Asks who they are, of people who write for the first time where messages do not say it. */
export async function askForNames(ctx: Ctx, written: readonly Newcomer[]): Promise<void> {
  const { tenantId } = ctx;
  const asked = new Map<
    string,
    { tenantId: string; channelId: string; customerId: string; kind: string; value: string }
  >();
  for (const { channel, event, place } of written) {
    const [identity] = event.person.identities;
    if (
      !place.isNew ||
      event.person.name ||
      !identity ||
      !rulesOf(channel.provider, channel.channelType)?.namesByProfile
    )
      continue;
    const { kind, value } = identity;
    asked.set(place.customerId, { tenantId, channelId: channel.id, customerId: place.customerId, kind, value });
  }
  await enqueueAll(ctx, profileQueue, [...asked.values()]);
}

/** Their profile says it: who was an id until now has a name, wherever they are shown. */
export async function recordName(ctx: Ctx, { customerId, name }: { customerId: string; name: string }): Promise<void> {
  await withTenant(ctx, async (tx) => {
    await nameCustomers({ ...ctx, tx }, [{ customerId, name }]);
    tx.afterCommit(() => {
      publish(ctx.tenantId, "customers", [customerId]);
      publish(ctx.tenantId, "conversations", "*");
    });
  });
}
