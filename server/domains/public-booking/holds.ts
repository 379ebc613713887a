import type { TenantTx } from "#db/tenant.ts";
import { networkOf } from "#server/auth/index.ts";
import { DomainError } from "#server/core/errors.ts";
import { signatureOf } from "./signing-key.ts";

/** From one address: an office or a family may choose at the same time. */
const mostHeld = 5;

/** Whom a time is held for: where they come from, and which of those they are. Neither can be read from it. */
export function holderOf(tenantId: string, { address, visit }: { address: string; visit: string }): string {
  const from = signatureOf("visitor", `${tenantId}/network/${networkOf(address)}`);
  return `${from.slice(0, 16)}/${signatureOf("visitor", `${tenantId}/visit/${visit}`).slice(0, 16)}`;
}

const networkIn = (holder: string) => holder.split("/")[0]!;

/** One at a time from one address: first of all that is locked. */
export async function lockHolder(tx: TenantTx, holder: string): Promise<void> {
  await tx.raw.unsafe(
    "select pg_advisory_xact_lock(hashtextextended($1, 0))",
    [`booking ${tx.tenantId} ${networkIn(holder)}`],
    { prepare: true },
  );
}

/**
 * Gives back what is held for somebody, so that they hold one time at once; what is over is left to whoever comes for it.
 * `except`: what they book now.
 */
export async function releaseHeld(
  tx: TenantTx,
  { holder, now, except = null }: { holder: string; now: Date; except?: string | null },
): Promise<void> {
  await tx.raw.unsafe(
    `delete from appointments where tenant_id = $1 and status = 'held' and held_until > $2::timestamptz and held_by = $3
        and id is distinct from $4::uuid`,
    [tx.tenantId, now, holder, except] as never[],
    { prepare: true },
  );
}

/** Refuses with `too_many_holds` who already keeps many times, under {@link lockHolder}. */
export async function refuseManyHolds(tx: TenantTx, { holder, now }: { holder: string; now: Date }): Promise<void> {
  const [counted] = await tx.raw.unsafe<{ held: number }[]>(
    `select count(*)::int as held from appointments
      where tenant_id = $1 and status = 'held' and held_until > $2::timestamptz and left(held_by, 16) = $3`,
    [tx.tenantId, now, networkIn(holder)] as never[],
    { prepare: true },
  );
  if ((counted?.held ?? 0) >= mostHeld) throw new DomainError("rate_limited", "too_many_holds");
}
