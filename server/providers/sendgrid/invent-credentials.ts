import { newToken } from "#server/core/ids.ts";
import { inventedAddress } from "../invented-address.ts";
import { signingKeyOf } from "./signing-key.ts";

export function inventCredentials(): Record<string, string> {
  const apiKey = `SG.${newToken(16)}.${newToken(32)}`;
  return {
    from_address: inventedAddress(),
    from_name: "",
    inbound_address: "",
    api_key: apiKey,
    verification_key: signingKeyOf(apiKey).verificationKey,
  };
}
