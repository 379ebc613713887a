import { attachments } from "#db/schema/attachments.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { currentStorage, storageKey } from "#server/storage/index.ts";
import { examineBytes } from "./examine-file.ts";
import type { FileKind } from "./limits.ts";

/** A file in hand, of a message or of a call. */
export interface FileInHand {
  messageId?: string | null;
  callId?: string | null;
  channelId?: string | null;
  bytes: Uint8Array;
  fileName: string | null;
  /** What its sender says it is. */
  declaredType: string | null;
  /** null: whatever its bytes are. */
  kind?: FileKind | null;
  position?: number;
  /** Shown inside the text of a mail, by its content id. */
  inline?: boolean;
  contentId?: string | null;
}

/**
 * Keeps a file whose bytes are here (of a mail, a recording): examined as a fetched one is, then stored or
 * noted as refused with its reason. The bytes are stored before the row: called outside a transaction, no
 * connection waits for the storage meanwhile.
 */
export async function keepFile(ctx: Ctx, file: FileInHand): Promise<{ attachmentId: string }> {
  const attachmentId = newId();
  const now = ctx.clock.now();
  const { bytes, declaredType, kind = null } = file;
  const examined = await examineBytes(bytes, { type: declaredType, kind });
  const isRefused = "refused" in examined;
  const key = isRefused ? null : storageKey(ctx.tenantId, attachmentId, now);
  if (key && !isRefused) await currentStorage().put(key, bytes, { mimeType: examined.mimeType });
  const found = isRefused
    ? ({ status: "refused", reason: examined.refused, kind: kind ?? "document", bytes: bytes.byteLength } as const)
    : ({ status: "stored", storageKey: key, ...examined } as const);
  try {
    await withTenant(ctx, (tx) =>
      tx.insert(attachments).values({
        tenantId: ctx.tenantId,
        id: attachmentId,
        messageId: file.messageId ?? null,
        callId: file.callId ?? null,
        channelId: file.channelId ?? null,
        position: file.position ?? 0,
        fileName: file.fileName?.slice(0, 255) ?? null,
        declaredType: declaredType?.slice(0, 127) ?? null,
        inline: file.inline ?? false,
        contentId: file.contentId ?? null,
        ...found,
        createdAt: now,
        updatedAt: now,
      }),
    );
  } catch (error) {
    if (key)
      await currentStorage()
        .remove(key)
        .catch(() => undefined);
    throw error;
  }
  return { attachmentId };
}
