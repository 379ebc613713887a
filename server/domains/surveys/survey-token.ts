import { currentConfig } from "#server/core/config.ts";
import { digest, open, seal } from "#server/core/crypto.ts";
import { newToken } from "#server/core/ids.ts";

interface Bound {
  tenantId: string;
  id: string;
}

/** What a survey's links carry, as its row keeps it: nobody who reads the row can open the page. */
export function makeToken(survey: Bound): { tokenHash: string; tokenSealed: string } {
  const token = newToken();
  return { tokenHash: digest(token), tokenSealed: seal(currentConfig().keyRing, token, boundTo(survey)) };
}

/** The token itself; throws when it was altered, belongs elsewhere or its key is gone. */
export function openToken(survey: Bound, sealed: string): string {
  return open(currentConfig().keyRing, sealed, boundTo(survey));
}

const boundTo = ({ tenantId, id }: Bound) => `${tenantId}:survey:${id}`;
