import { randomInt, randomUUID } from "node:crypto";
import { newToken } from "#server/core/ids.ts";

/** Random credentials of the right form for an assistant that a stand-in carries: 01 99 00 is kept for fiction. */
export function inventCredentials(): Record<string, string> {
  return {
    api_key: randomUUID(),
    assistant_id: randomUUID(),
    phone_number_id: randomUUID(),
    phone_number: `+331990${randomInt(10_000, 100_000)}`,
    forwarded_numbers: "",
    server_secret: newToken(24),
  };
}
