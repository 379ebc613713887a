import { withTenant } from "#db/tenant.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import { chooseWay } from "./choose-way.ts";
import { findWays } from "./find-ways.ts";
import { sendToAddress } from "./send-to-address.ts";
import type { WrittenMessage } from "./write-message.ts";
import { writeReply } from "./write-reply.ts";

export interface WriteToCustomerInput {
  /** Any conversation of the customer: where they called, say. */
  conversationId: string;
  text: string;
  idempotencyKey: string;
}

/**
 * Writes to whoever is on the other end of a conversation by the way that is open to them: the one they wrote by last, else a text
 * message to the number that they called from. `no_way_to_write` where there is neither, `opted_out` and the like where
 * the one there is refuses.
 */
export async function writeToCustomer(ctx: Ctx, input: WriteToCustomerInput): Promise<WrittenMessage> {
  const { conversationId, text, idempotencyKey } = input;
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const who = await findPerson(tx, conversationId);
    const way = chooseWay(await findWays(ctx, tx, { customerId: who.customerId }));
    if (way?.hindrance === null) return writeReply(inner, { conversationId: way.conversationId, text, idempotencyKey });
    if (!who.phone || !who.textChannelId) throw new DomainError("conflict", "no_way_to_write");
    return sendToAddress(inner, { channelId: who.textChannelId, to: who.phone, text, idempotencyKey });
  });
}

interface Person {
  customerId: string;
  phone: string | null;
  /** A line that sends text messages and is in order. */
  textChannelId: string | null;
}

async function findPerson(tx: TenantTx, conversationId: string): Promise<Person> {
  const [found] = await tx.raw.unsafe<Person[]>(
    `select thread.customer_id as "customerId", case when thread.address_kind = 'phone' then thread.address_value end as phone,
            (select id from channel_configurations
              where tenant_id = $1 and channel_type = 'sms' and enabled and configured and sending_blocked is null
              order by id limit 1) as "textChannelId"
       from conversations thread where thread.tenant_id = $1 and thread.id = $2::uuid`,
    [tx.tenantId, conversationId],
    { prepare: true },
  );
  if (!found) throw notFound();
  return found;
}
