import { randomBytes, randomInt } from "node:crypto";
import { newToken } from "#server/core/ids.ts";

/** Random credentials of the right form for a number that a stand-in carries: 06 39 98 is kept for fiction. */
export function inventCredentials(): Record<string, string> {
  return {
    account_sid: `AC${randomBytes(16).toString("hex")}`,
    auth_token: newToken(24),
    phone_number: `+3363998${randomInt(1000, 10_000)}`,
    messaging_service_sid: "",
  };
}
