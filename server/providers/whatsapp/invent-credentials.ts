import { randomInt } from "node:crypto";
import { newToken } from "#server/core/ids.ts";

/** Random credentials of the right form for a number that a stand-in carries: 01 99 00 is kept for fiction. */
export function inventCredentials(): Record<string, string> {
  return {
    phone_number_id: digits(15),
    business_account_id: digits(15),
    display_phone_number: `+33 1 99 00 ${digits(2)} ${digits(2)}`,
    access_token: `EAAG${newToken(48)}`,
    app_secret: newToken(24),
    verify_token: newToken(18),
  };
}

function digits(length: number): string {
  return Array.from({ length }, () => randomInt(1, 10)).join("");
}
