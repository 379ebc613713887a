import { currentConfig } from "#server/core/config.ts";
import { open, seal } from "#server/core/crypto.ts";

/** The rows whose secrets are sealed, by what they are bound to; `scripts/reseal.ts` knows the same. */
type Kind = "calendar_feed" | "busy_calendar";

interface Row {
  tenantId: string;
  id: string;
}

export const sealFor = (kind: Kind, row: Row, secret: string) =>
  seal(currentConfig().keyRing, secret, boundTo(kind, row));

/** Throws when it was altered, belongs elsewhere, or its key is gone. */
export const openFor = (kind: Kind, row: Row, sealed: string) =>
  open(currentConfig().keyRing, sealed, boundTo(kind, row));

const boundTo = (kind: Kind, { tenantId, id }: Row) => `${tenantId}:${kind}:${id}`;
