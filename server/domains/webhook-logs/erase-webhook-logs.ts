import { rawMailKey } from "#server/mail/index.ts";
import type { TenantTx } from "#db/tenant.ts";
import { newId } from "#server/core/ids.ts";
import { askForRecount } from "./ask-for-recount.ts";

/**
 * Takes away everything that events and the posts which brought them say, and owes storage the mails they
 * came with. The rows stay, for the ledger: where and when, and what became of them. One without an end gets
 * one, as nothing can come of it any more.
 */
export async function eraseWebhookLogs(tx: TenantTx, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  const sorted = ids.toSorted();
  const bounds = [tx.tenantId, sorted[0], sorted.at(-1), sorted];
  const among = "tenant_id = $1 and id >= $2 and id <= $3 and id = any ($4::uuid[])";
  await oweMails(tx, among, bounds);
  await askForRecount(tx, sorted, now);
  await tx.raw.unsafe(
    `update webhook_logs set
       payload = '{}', customer_identifier = null, external_message_id = null, dedupe_key = 'erased ' || id, error_message = null,
       attempt_log = (select coalesce(jsonb_agg(attempt - 'error' - 'by'), '[]') from jsonb_array_elements(attempt_log) attempt),
       status = case when status in ('received', 'retrying') then 'ignored' else status end, next_attempt_at = null,
       erased_at = $5
      where ${among}`,
    [...bounds, now] as never[],
  );
  await tx.raw.unsafe("select door.erase_posts($1::uuid[])", [sorted] as never[]);
}

/** Mails are in storage under the hash that their event names. */
async function oweMails(tx: TenantTx, among: string, bounds: readonly unknown[]): Promise<void> {
  const found = await tx.raw.unsafe<{ sha256: string }[]>(
    `select distinct match[1] as sha256 from webhook_logs, regexp_matches(payload::text, '"sha256": "([0-9a-f]{64})"', 'g') match where ${among}`,
    bounds as never[],
  );
  const owed = found.map(({ sha256 }) => ({ id: newId(), key: rawMailKey(tx.tenantId, sha256) }));
  if (owed.length === 0) return;
  await tx.raw.unsafe(
    `insert into storage_removals (tenant_id, id, storage_key)
     select $1, unnest($2::uuid[]), unnest($3::text[])`,
    [tx.tenantId, owed.map(({ id }) => id), owed.map(({ key }) => key)] as never[],
  );
}
