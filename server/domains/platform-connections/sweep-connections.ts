import { appPool } from "#db/tenant.ts";
import type { Clock } from "#server/core/clock.ts";

const day = 86_400_000;
/** Renewed this long before the end: two weeks of trying again. */
const renewAheadMs = 14 * day;
/** Every connection is asked about once a day. */
const askEveryMs = day;
const most = 200;

/** Connections that end soon, or that nobody asked about for a day, whatever their tenant. */
export async function findDueConnections(clock: Clock): Promise<{ tenantId: string; connectionId: string }[]> {
  const now = clock.now().getTime();
  const ending = new Date(now + renewAheadMs).toISOString();
  const unseen = new Date(now - askEveryMs).toISOString();
  const rows = await appPool()<{ tenant_id: string; id: string }[]>`
    select tenant_id, id from door.due('connections_ending', ${most}, ${ending}::timestamptz)
     union
    select tenant_id, id from door.due('connections_unseen', ${most}, ${unseen}::timestamptz)`;
  return rows.map(({ tenant_id: tenantId, id: connectionId }) => ({ tenantId, connectionId }));
}

/** Whether the token is to be renewed now: it ends soon. */
export function endsSoon(expiresAt: Date | null, now: Date): boolean {
  return expiresAt !== null && expiresAt.getTime() - now.getTime() < renewAheadMs;
}
