import type { Ctx } from "#server/core/context.ts";
import { mailLimits, mailOfMedia, rawMailKey, readMail } from "#server/mail/index.ts";
import type { MediaOutcome, MediaRef } from "#server/providers/contract.ts";
import { currentStorage } from "#server/storage/index.ts";

/**
 * A file that came inside a mail: taken out of the mail as storage keeps it. Null for a file that no
 * mail holds: its provider has it.
 */
export async function fetchFromMail(ctx: Ctx, media: MediaRef, mostBytes: number): Promise<MediaOutcome | null> {
  const place = mailOfMedia(media.mediaId);
  if (!place) return null;
  let raw: Uint8Array | null;
  try {
    raw = await readWhole(rawMailKey(ctx.tenantId, place.sha256));
  } catch (error) {
    return { outcome: "retry", text: error instanceof Error ? error.message : "storage" };
  }
  if (!raw) return { outcome: "expired", text: "the mail is not kept any more" };
  const { payload, files } = await readMail(raw);
  const [file, bytes] = [payload.files[place.index], files[place.index]];
  if (!file || !bytes) return { outcome: "refused", reason: "not_found", text: "no such file in the mail" };
  if (bytes.length > mostBytes) return { outcome: "refused", reason: "too_large", text: `${bytes.length} bytes` };
  return { outcome: "fetched", bytes, mimeType: file.type, fileName: file.name };
}

async function readWhole(key: string): Promise<Uint8Array | null> {
  const storage = currentStorage();
  const found = await storage.stat(key);
  if (!found || found.bytes > mailLimits.bytes) return null;
  const stream = await storage.get(key);
  return stream ? new Uint8Array(await new Response(stream).arrayBuffer()) : null;
}
