import { currentConfig } from "#server/core/config.ts";
import { open, seal } from "#server/core/crypto.ts";

interface Bound {
  tenantId: string;
  id: string;
}

const boundTo = ({ tenantId, id }: Bound) => `${tenantId}:connection:${id}`;

/** Seals one value for a connection, or for a sign-in that is under way: it opens there only. */
export function sealFor(row: Bound, plain: string): string {
  return seal(currentConfig().keyRing, plain, boundTo(row));
}

/** Opens one value of a connection; throws when it was altered, belongs elsewhere or its key is gone. */
export function openFor(row: Bound, sealed: string): string {
  return open(currentConfig().keyRing, sealed, boundTo(row));
}
