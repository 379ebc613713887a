import type { TestDatabase } from "#db/testing.ts";
import { newId } from "#server/core/ids.ts";
import type { LoggedEvent, LoggedPost } from "./ingest-posts.ts";

/** Makes the database refuse the message of one event, as a bug of ours would. */
export async function poison({ owner }: Pick<TestDatabase, "owner">, logId: string): Promise<void> {
  await owner.begin(async (tx) => {
    await tx.unsafe(`
      create or replace function public.test_refuse() returns trigger language plpgsql as $$
      begin if new.webhook_log_id = tg_argv[0]::uuid then raise exception 'poisoned'; end if; return new; end $$`);
    await tx.unsafe(
      `create trigger "refuse_${logId}" before insert on messages for each row execute function public.test_refuse('${logId}')`,
    );
  });
}

/** A post with one event of no meaning, received at an instant. */
export function postAt(tenantId: string | null, receivedAt: Date, values: Partial<LoggedEvent> = {}): LoggedPost {
  const id = newId(receivedAt.getTime());
  const event = {
    id,
    tenantId,
    channelId: null,
    type: "message.text",
    payload: {},
    status: "received" as const,
    reason: null,
    externalId: null,
    dedupeKey: id,
    customerIdentifier: null,
    account: null,
    occurredAt: null,
    source: null,
    ...values,
  };
  return {
    id: newId(receivedAt.getTime()),
    tenantId,
    provider: "whatsapp",
    path: "/webhooks/whatsapp",
    headers: {},
    body: Buffer.from("{}"),
    bodyBytes: 2,
    verified: true,
    reason: null,
    receivedAt,
    events: [event],
  };
}
