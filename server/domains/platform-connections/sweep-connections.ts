import { findDue } from "#db/due.ts";
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
  const rows = [
    ...(await findDue("connections_ending", most, new Date(now + renewAheadMs))),
    ...(await findDue("connections_unseen", most, new Date(now - askEveryMs))),
  ];
  const once = new Map(rows.map(({ tenantId, id }) => [id, { tenantId, connectionId: id }]));
  return [...once.values()];
}

/** Whether the token is to be renewed now: it ends soon. */
export function endsSoon(expiresAt: Date | null, now: Date): boolean {
  return expiresAt !== null && expiresAt.getTime() - now.getTime() < renewAheadMs;
}
