import { currentConfig } from "#server/core/config.ts";
import { open, seal } from "#server/core/crypto.ts";

/** A row that carries sealed values: each opens for its own tenant and channel only. */
interface Bound {
  tenantId: string;
  id: string;
}

/** Seals one value for a channel. */
export function sealFor(channel: Bound, plain: string): string {
  return seal(currentConfig().keyRing, plain, `${channel.tenantId}:${channel.id}`);
}

/** Opens one value of a channel; throws when it was altered, belongs elsewhere or its key is gone. */
export function openFor(channel: Bound, sealed: string): string {
  return open(currentConfig().keyRing, sealed, `${channel.tenantId}:${channel.id}`);
}

/** The channel's credentials, secrets included; none when it has none yet. */
export function openCredentials(channel: Bound & { configEncrypted: string | null }): Record<string, string> {
  return channel.configEncrypted
    ? (JSON.parse(openFor(channel, channel.configEncrypted)) as Record<string, string>)
    : {};
}
