import { and, eq } from "drizzle-orm";
import { attachments } from "#db/schema/attachments.ts";
import { withTenant } from "#db/tenant.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { contextFor } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { isMediaAddress } from "./media-address.ts";
import type { AttachmentRef, SignedRef } from "./schemas.ts";
import { shownAs } from "./shown-types.ts";

/** What serving a file needs. */
export interface StoredFile {
  storageKey: string;
  fileName: string | null;
  mimeType: string;
  bytes: number;
  sha256: string;
  /** A browser may show it in place. */
  isShown: boolean;
}

/** A stored file of the tenant; anything else is `not_found`. */
export async function findFile(ctx: Ctx, { attachmentId }: AttachmentRef): Promise<StoredFile> {
  const [file] = await withTenant(ctx, (tx) =>
    tx
      .select()
      .from(attachments)
      .where(and(eq(attachments.id, attachmentId), eq(attachments.status, "stored"))),
  );
  if (!file?.storageKey || !file.mimeType || !file.sha256) throw notFound();
  const { storageKey, fileName, mimeType, bytes, sha256 } = file;
  return { storageKey, fileName, mimeType, bytes: bytes ?? 0, sha256, isShown: shownAs(mimeType) !== "file" };
}

/** The same for whoever holds a signed address of it. */
export async function findSignedFile(clock: Clock, signed: SignedRef): Promise<StoredFile> {
  if (!isMediaAddress(signed, clock.now())) throw notFound();
  return findFile(contextFor(signed.tenantId, { type: "system" }, clock), signed);
}
