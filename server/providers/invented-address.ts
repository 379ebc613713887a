import { newToken } from "#server/core/ids.ts";

/** An address for a simulated mailbox: `.example` is nobody's. */
export function inventedAddress(): string {
  const name = newToken(4)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "x");
  return `boutique-${name}@courriel.example`;
}
