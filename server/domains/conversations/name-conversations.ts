import type { TenantTx } from "#db/tenant.ts";

/** What people call a conversation among others of the same customer. */
export interface ConversationName {
  channelType: string;
  /** The channel, and the subject of a mail. */
  name: string;
}

/** Conversations by their ids, as they are called now. One statement. */
export async function namesOf(tx: TenantTx, ids: readonly string[]): Promise<Map<string, ConversationName>> {
  const rows = await tx.raw.unsafe<(ConversationName & { id: string })[]>(
    `select c.id, c.channel_type as "channelType", channel.name || coalesce(' · ' || nullif(c.subject, ''), '') as name
       from conversations c join channel_configurations channel on channel.tenant_id = $1 and channel.id = c.channel_id
      where c.tenant_id = $1 and c.id = any ($2::uuid[])`,
    [tx.tenantId, ids] as never[],
    { prepare: true },
  );
  return new Map(rows.map(({ id, ...name }) => [id, name]));
}
