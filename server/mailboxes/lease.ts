import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";

/** How long a process may be silent before another takes its mailboxes over, seconds, by the database's clock. */
const leaseSeconds = 60;
export const renewEveryMs = 20_000;

/** Takes or keeps a mailbox for one process; false where another reads it. */
export async function takeLease(ctx: Ctx, channelId: string, holder: string): Promise<boolean> {
  const taken = await withTenant(ctx, ({ raw }) =>
    raw.unsafe(
      `insert into mailbox_leases as lease (tenant_id, channel_id, held_by, held_until)
       values ($1, $2, $3, now() + $4 * interval '1 second')
       on conflict (tenant_id, channel_id) do update set held_by = excluded.held_by, held_until = excluded.held_until
        where lease.held_by = excluded.held_by or lease.held_until <= now()
       returning channel_id`,
      [ctx.tenantId, channelId, holder, leaseSeconds],
    ),
  );
  return taken.length > 0;
}

/** Lets another process take it at once. */
export async function giveLeaseBack(ctx: Ctx, channelId: string, holder: string): Promise<void> {
  await withTenant(ctx, ({ raw }) =>
    raw.unsafe("delete from mailbox_leases where tenant_id = $1 and channel_id = $2 and held_by = $3", [
      ctx.tenantId,
      channelId,
      holder,
    ]),
  );
}
