import { newToken } from "#server/core/ids.ts";
import { inventedAddress } from "../invented-address.ts";

export function inventCredentials(): Record<string, string> {
  const address = inventedAddress();
  return {
    from_address: address,
    from_name: "",
    inbound_address: "",
    access_key_id: `AKIA${crypto.randomUUID().replaceAll("-", "").slice(0, 16).toUpperCase()}`,
    secret_access_key: newToken(30),
    region: "eu-west-3",
    topic_arn: `arn:aws:sns:eu-west-3:000000000000:${address.slice(0, address.indexOf("@"))}`,
  };
}
