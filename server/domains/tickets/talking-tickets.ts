import type { TenantTx } from "#db/tenant.ts";
import type { ReckonedTicket, SlaSettings, StoredSettings } from "#server/domains/sla/index.ts";
import { keepSlaSettings, slaSettingsJson } from "#server/domains/sla/index.ts";

/** A ticket in whose conversation somebody wrote. */
export type TalkingTicket = ReckonedTicket & { id: string; number: number };

type Stored = Omit<TalkingTicket, "createdAt" | "firstResponseAt"> & {
  createdAt: string;
  firstResponseAt: string | null;
};

/**
 * Locks the tickets of these conversations, of those that are read in their threads, and those that they go on in, that stand at one of these statuses, in id order, and brings what their
 * deadlines are reckoned by along, in one statement.
 */
export async function lockTalkingTickets(
  tx: TenantTx,
  conversationIds: readonly string[],
  statuses: readonly string[],
): Promise<{ settings: SlaSettings; found: TalkingTicket[] }> {
  const [row] = await tx.raw.unsafe<{ settings: StoredSettings; found: Stored[] }[]>(
    statement,
    [tx.tenantId, conversationIds, statuses] as never[],
    { prepare: true },
  );
  if (!row) throw new Error("the tenant is not there");
  const found = row.found.map((ticket) => ({
    ...ticket,
    createdAt: new Date(ticket.createdAt),
    firstResponseAt: ticket.firstResponseAt === null ? null : new Date(ticket.firstResponseAt),
  }));
  return { settings: keepSlaSettings(tx, row.settings), found };
}

const statement = `
  with recursive talking (id, into_id) as (
    select id, merged_into_id from tickets
     where tenant_id = $1
       and conversation_id = any (array(
             select unnest($2::text[]::uuid[])
              union all
             select id from conversations where tenant_id = $1 and thread_id = any($2::text[]::uuid[])))
    union
    select t.id, t.merged_into_id from talking join tickets t on t.tenant_id = $1 and t.id = talking.into_id
  ), locked as (
    select t.* from tickets t
     where t.tenant_id = $1 and t.id = any(array(select id from talking)) and t.status = any($3::text[])
     order by t.id for update of t
  )
  select ${slaSettingsJson} as settings,
         (select coalesce(jsonb_agg(jsonb_build_object(
                   'id', id, 'number', number, 'status', status, 'priority', priority, 'channelType', channel_type,
                   'conversationId', coalesce((select thread_id from conversations where tenant_id = $1 and id = conversation_id), conversation_id), 'createdAt', created_at, 'firstResponseAt', first_response_at,
                   'slaClocks', sla_clocks) order by id), '[]')
            from locked) as found`;
