import type { ChannelAccess, SendOutcome } from "../contract.ts";
import { isFiled } from "./sent-folder.ts";
import { isSimulated } from "./servers.ts";
import { standInHas } from "./simulated-mailbox.ts";

/**
 * What became of a mail whose hand-over was cut off: it was sent where it lies among the sent ones. That it
 * does not proves nothing: many servers file no copy, and others do so late.
 */
export async function findSent(
  channel: ChannelAccess,
  { externalId }: { externalId: string | null },
): Promise<SendOutcome | null> {
  if (externalId === null) return null;
  try {
    const found = await (isSimulated(channel) ? standInHas(channel, externalId) : isFiled(channel, externalId));
    return found ? { outcome: "accepted", providerMessageId: externalId } : null;
  } catch {
    return null;
  }
}
