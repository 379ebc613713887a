import { createHmac, hkdfSync } from "node:crypto";
import { currentConfig, publicOrigin } from "#server/core/config.ts";
import { sameText } from "#server/core/crypto.ts";

/** How long a provider may take to fetch what it was told to send, seconds. */
const livesSeconds = 3600;

/** The address of a file for a provider that fetches it: signed, and good for an hour. */
export function mediaAddress(tenantId: string, attachmentId: string, now: Date): string {
  const { keyRing } = currentConfig();
  const until = Math.floor(now.getTime() / 1000) + livesSeconds;
  const sig = signature(keyRing.keys.get(keyRing.current)!, tenantId, attachmentId, until);
  return `${publicOrigin()}/media/${tenantId}/${attachmentId}?until=${until}&sig=${sig}`;
}

/** Whether the signature is ours, for this very file, and still good. A key on its way out still counts. */
export function isMediaAddress(
  { tenantId, attachmentId, until, sig }: { tenantId: string; attachmentId: string; until: number; sig: string },
  now: Date,
): boolean {
  if (!Number.isInteger(until) || until * 1000 < now.getTime()) return false;
  return [...currentConfig().keyRing.keys.values()].some((key) =>
    sameText(sig, signature(key, tenantId, attachmentId, until)),
  );
}

/** A key of its own, derived: what seals credentials signs no addresses. */
function signature(master: Buffer, tenantId: string, attachmentId: string, until: number): string {
  const key = Buffer.from(hkdfSync("sha256", master, "", "media address", 32));
  return createHmac("sha256", key).update(`${tenantId}/${attachmentId}/${until}`).digest("base64url");
}
