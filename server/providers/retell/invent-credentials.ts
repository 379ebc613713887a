import { randomBytes, randomInt } from "node:crypto";

/** Random credentials of the right form for an agent that a stand-in carries: 01 99 00 is kept for fiction. */
export function inventCredentials(): Record<string, string> {
  return {
    api_key: `key_${randomBytes(14).toString("hex")}`,
    agent_id: `agent_${randomBytes(13).toString("hex")}`,
    phone_number: `+331990${randomInt(10_000, 100_000)}`,
    forwarded_numbers: "",
  };
}
