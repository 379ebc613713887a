import type { TestDatabase } from "#db/testing.ts";

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
