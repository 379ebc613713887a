import { appPool } from "#db/tenant.ts";

/** The channel behind a routing key, with what verifying its posts needs, still sealed. */
export interface KeyedChannel {
  key: string;
  tenantId: string;
  channelId: string;
  provider: string;
  enabled: boolean;
  observeMode: boolean;
  configEncrypted: string | null;
  verifyToken: string | null;
}

/** Looks routing keys up across tenants, before any tenant is known. Keys that nobody owns are left out. */
export async function findChannelsByKey(keys: readonly string[]): Promise<KeyedChannel[]> {
  return appPool()<KeyedChannel[]>`
    select key, tenant_id as "tenantId", channel_id as "channelId", provider, enabled, observe_mode as "observeMode",
           config_encrypted as "configEncrypted", verify_token as "verifyToken"
      from door.channels_by_routing_key(${keys as string[]})`;
}
