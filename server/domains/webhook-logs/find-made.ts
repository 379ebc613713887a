import { customerNameOf } from "#db/look-ups.ts";
import type { TenantTx } from "#db/tenant.ts";

export interface MadeFile {
  id: string;
  kind: string;
  /** As its sender called it; null where it has no name or the role may not see it. */
  name: string | null;
}

export interface KnownPerson {
  customerId: string;
  name: string;
}

const mostFiles = 20;

/** The files of a message, where this event brought it. */
export async function findMadeFiles(tx: TenantTx, messageId: string | null, logId: string): Promise<MadeFile[]> {
  if (!messageId) return [];
  const rows = await tx.raw.unsafe<MadeFile[]>(
    `select id, kind, file_name as name from attachments
      where tenant_id = $1 and message_id = (select id from messages where tenant_id = $1 and id = $2 and webhook_log_id = $3)
      order by position, id limit ${mostFiles}`,
    [tx.tenantId, messageId, logId],
    { prepare: true },
  );
  return [...rows];
}

/** Who goes by what a provider calls somebody. */
export async function findKnownPerson(tx: TenantTx, identifier: string | null): Promise<KnownPerson | null> {
  if (!identifier) return null;
  const bare = identifier.replace(/^whatsapp:/, "");
  const values = [identifier, bare, `+${bare}`, bare.toLowerCase()];
  const [row] = await tx.raw.unsafe<KnownPerson[]>(
    `select customer_id as "customerId", ${customerNameOf("customer_id")} as name from customer_identities
      where tenant_id = $1 and kind in ('phone', 'email', 'whatsapp_id', 'whatsapp_user_id', 'instagram_id') and value = any ($2::text[])
      order by created_at, id limit 1`,
    [tx.tenantId, values] as never[],
    { prepare: true },
  );
  return row ?? null;
}

/** The delivery of an event that was applied, when this one came a second time. */
export async function findFirst(
  tx: TenantTx,
  { id, externalMessageId, type }: { id: string; externalMessageId: string | null; type: string },
): Promise<string | null> {
  if (!externalMessageId) return null;
  const [row] = await tx.raw.unsafe<{ id: string }[]>(
    `select id from webhook_logs
      where tenant_id = $1 and external_message_id = $2 and id < $3 and webhook_type = $4 and status = 'processed'
      order by id desc limit 1`,
    [tx.tenantId, externalMessageId, id, type],
    { prepare: true },
  );
  return row?.id ?? null;
}
