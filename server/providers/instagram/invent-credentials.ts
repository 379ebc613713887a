import { randomInt } from "node:crypto";
import { newToken } from "#server/core/ids.ts";

/** Random credentials of the right form, for an account that a stand-in carries. */
export function inventCredentials(): Record<string, string> {
  return {
    username: `boutique.${newToken(6)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, "0")}`,
    business_account_id: `17841${digits(12)}`,
    page_id: "",
    access_token: `IGAA${newToken(48)}`,
    app_secret: newToken(24),
    verify_token: newToken(18),
  };
}

function digits(length: number): string {
  return Array.from({ length }, () => randomInt(1, 10)).join("");
}
