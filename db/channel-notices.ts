import { appPool } from "./tenant.ts";

/** The notice that a channel's routing, secrets or state changed: every process forgets what it cached. */
export const channelNotice = "guichet_channels";

/** Call it after the commit. A lost notice is healed by the cache's own age limit. */
export function announceChannelChange(): void {
  void appPool()
    .notify(channelNotice, "")
    .catch(() => undefined);
}
