import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";

/** A member's time that is no longer taken. */
export interface FreedTime {
  userId: string;
  startsAt: Date;
  endsAt: Date;
}

/**
 * Notes that a time became free, in the transaction in which it does, where somebody waits who would come then; a job offers
 * it. One look-up where nobody waits.
 */
export async function noteOpening(ctx: Ctx, { userId, startsAt, endsAt }: FreedTime): Promise<void> {
  const now = ctx.clock.now();
  if (endsAt <= now) return;
  await withTenant(ctx, (tx) =>
    tx.raw.unsafe(statement, [ctx.tenantId, newId(), userId, startsAt, endsAt, now] as never[], { prepare: true }),
  );
}

const statement = `
  insert into waitlist_openings (tenant_id, id, user_id, starts_at, ends_at, due_at, created_at)
  select $1::uuid, $2::uuid, $3::uuid, $4::timestamptz, $5::timestamptz, $6::timestamptz, $6::timestamptz
   where exists (select from waitlist_entries entry
                  where entry.tenant_id = $1 and entry.status = 'waiting' and (entry.user_id is null or entry.user_id = $3::uuid)
                    and entry.from_at < $5::timestamptz and entry.until_at > $4::timestamptz
                    and exists (select from service_members giver
                                 where giver.tenant_id = $1 and giver.service_id = entry.service_id and giver.user_id = $3::uuid))`;
