import { newToken } from "#server/core/ids.ts";
import { inventedAddress } from "../invented-address.ts";

export function inventCredentials(): Record<string, string> {
  const address = inventedAddress();
  return {
    from_address: address,
    from_name: "",
    inbound_address: "",
    api_key: `key-${newToken(24)}`,
    signing_key: newToken(32),
    domain: address.slice(address.indexOf("@") + 1),
    region: "eu",
  };
}
