import type { Ctx } from "#server/core/context.ts";
import { instantOf } from "#server/core/ids.ts";
import { currentStorage, storageKey } from "#server/storage/index.ts";
import type { BegunFile } from "./begin-fetching.ts";
import { examineBytes } from "./examine-file.ts";
import { settleFile } from "./settle-file.ts";

export interface FetchedFile {
  bytes: Uint8Array;
  mimeType: string | null;
  fileName: string | null;
}

/**
 * Examines and stores what a provider handed over: `stored`, or `refused` with its reason. Bytes that are
 * not the ones the provider had promised (sha256) were damaged on the way: answered, not written.
 */
export async function storeFetched(ctx: Ctx, file: BegunFile, fetched: FetchedFile): Promise<"settled" | "damaged"> {
  const { media } = file;
  const type = media.mimeType ?? fetched.mimeType;
  const examined = await examineBytes(fetched.bytes, { type, kind: media.kind });
  if ("refused" in examined) {
    await settleFile(ctx, file.id, { status: "refused", reason: examined.refused, bytes: fetched.bytes.byteLength });
    return "settled";
  }
  if (media.sha256 && !isHash(media.sha256, examined.sha256)) return "damaged";
  const key = storageKey(ctx.tenantId, file.id, instantOf(file.id));
  await currentStorage().put(key, fetched.bytes, { mimeType: examined.mimeType });
  const fileName = media.fileName ?? fetched.fileName;
  const written = await settleFile(ctx, file.id, {
    ...examined,
    fileName,
    status: "stored",
    reason: null,
    storageKey: key,
    nextAttemptAt: null,
  });
  // Erased while it was on its way.
  if (!written) await currentStorage().remove(key);
  return "settled";
}

/** Providers write a hash in hex or in base64. */
function isHash(promised: string, hex: string): boolean {
  return promised.toLowerCase() === hex || promised === Buffer.from(hex, "hex").toString("base64");
}
