import { newToken } from "#server/core/ids.ts";
import { inventedAddress } from "../invented-address.ts";

export function inventCredentials(): Record<string, string> {
  return {
    from_address: inventedAddress(),
    from_name: "",
    inbound_address: "",
    server_token: crypto.randomUUID(),
    webhook_password: newToken(24),
  };
}
