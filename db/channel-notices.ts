import type { Sql } from "postgres";
import { appPool } from "./tenant.ts";

/** The notice that a channel's routing, secrets or state changed: every process forgets what it cached. */
export const channelNotice = "guichet_channels";

const listeners: Set<() => void> = ((
  globalThis as { guichetChannelListeners?: Set<() => void> }
).guichetChannelListeners ??= new Set());

/** Call it after the commit. This process knows at once; a notice lost on the way to another is healed by its cache's age limit. */
export function announceChannelChange(): void {
  tellListeners();
  void appPool()
    .notify(channelNotice, "")
    .catch(() => undefined);
}

/** Calls back whenever a channel may have changed. Returns how to stop. */
export function whenChannelsChange(run: () => void): () => void {
  listeners.add(run);
  return () => void listeners.delete(run);
}

/** Hears the other processes' notices; after a reconnect everything may have changed. */
export async function listenForChannelChanges(direct: Sql): Promise<() => Promise<void>> {
  const listening = await direct.listen(channelNotice, tellListeners, tellListeners);
  return () => listening.unlisten().catch(() => undefined);
}

function tellListeners(): void {
  for (const run of listeners) run();
}
