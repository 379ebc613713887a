import { rawMailKey } from "#server/mail/index.ts";
import type { EventPart } from "#server/providers/contract.ts";
import { currentStorage } from "#server/storage/index.ts";

/** A part of a post with whose it is; null is nobody's. */
export interface OwnedPart {
  tenantId: string | null;
  part: Pick<EventPart, "raw">;
}

/**
 * Puts the mails of a post into storage, under a name that their events know: called before the events are
 * committed, so that whatever dies in between, an event in the log finds its mail. A mail without an event
 * is never looked at, and replaced by itself when the sender comes again. Throws when storage is away.
 */
export async function keepRawMails(parts: readonly OwnedPart[]): Promise<void> {
  for (const { tenantId, part } of parts) {
    if (!tenantId || !part.raw) continue;
    const key = rawMailKey(tenantId, part.raw.sha256);
    const storage = currentStorage();
    if ((await storage.stat(key))?.bytes === part.raw.bytes.length) continue;
    await storage.put(key, part.raw.bytes, { mimeType: "message/rfc822" });
  }
}
