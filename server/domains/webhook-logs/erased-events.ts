import { createHash } from "node:crypto";
import type { TenantTx } from "#db/tenant.ts";
import type { ReadEvent } from "./read-events.ts";

/** What an event of an erased person is known by afterwards: unreadable, and the same whenever it is told again. */
function fingerprintOf(channelId: string, externalId: string): string {
  return createHash("sha256").update(`${channelId} ${externalId}`).digest("hex");
}

/** The events of a batch that speak of messages or calls which were erased: nothing may come of them any more. */
export async function findErased(tx: TenantTx, events: readonly ReadEvent[]): Promise<Set<ReadEvent>> {
  const known = new Map<string, ReadEvent[]>();
  for (const one of events) {
    const externalId = subjectOf(one);
    if (externalId === null || one.row.channelId === null) continue;
    const fingerprint = fingerprintOf(one.row.channelId, externalId);
    known.set(fingerprint, [...(known.get(fingerprint) ?? []), one]);
  }
  if (known.size === 0) return new Set();
  const found = await tx.raw.unsafe<{ fingerprint: string }[]>(
    "select fingerprint from erased_events where tenant_id = $1 and fingerprint = any ($2::text[])",
    [tx.tenantId, [...known.keys()]] as never[],
    { prepare: true },
  );
  return new Set(found.flatMap(({ fingerprint }) => known.get(fingerprint) ?? []));
}

/** The provider's id of what an event is about; null where it is about nothing of its own. */
function subjectOf({ event }: ReadEvent): string | null {
  switch (event.kind) {
    case "message":
    case "status":
      return event.messageId;
    case "reaction":
    case "edit":
    case "revoke":
      return event.targetId;
    case "call":
      return event.callId;
    default:
      return null;
  }
}
