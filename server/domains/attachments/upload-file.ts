import { eq } from "drizzle-orm";
import { attachments } from "#db/schema/attachments.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { DomainError, invalid } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { currentStorage, storageKey } from "#server/storage/index.ts";
import type { Attachment } from "./attachment.ts";
import { attachmentColumns, shown } from "./attachment.ts";
import { examine } from "./examine-file.ts";
import { mostBytes } from "./limits.ts";
import { measureStream } from "./measure-stream.ts";
import type { UploadInput } from "./schemas.ts";

/**
 * Takes in a file that a member wants to send: streamed into storage, examined, and theirs until a message
 * takes it. Refused with `too_large`, or as `invalid` with what is wrong with the file; then nothing is kept.
 */
export async function uploadFile(ctx: Ctx, { body, bytes, fileName, declaredType }: UploadInput): Promise<Attachment> {
  if (bytes > mostBytes) {
    await body.cancel();
    throw new DomainError("too_large", "file_too_large");
  }
  const id = newId();
  const now = ctx.clock.now();
  const key = storageKey(ctx.tenantId, id, now);
  // The row comes first: whatever is cut short later, the sweep of unused uploads finds the bytes by it.
  await withTenant(ctx, (tx) =>
    tx.insert(attachments).values({
      tenantId: ctx.tenantId,
      id,
      kind: "document",
      status: "waiting",
      fileName: nameOf(fileName),
      declaredType: declaredType?.slice(0, 127) ?? null,
      storageKey: key,
      uploadedBy: memberId(ctx),
      createdAt: now,
      updatedAt: now,
    }),
  );
  try {
    const { stream, measured } = measureStream(body, bytes);
    await currentStorage().put(key, stream, { bytes, ...(declaredType ? { mimeType: declaredType } : {}) });
    const examined = await examine(measured(), { type: declaredType, kind: null });
    if ("refused" in examined) {
      if (examined.refused === "too_large") throw new DomainError("too_large", "file_too_large");
      throw invalid({ file: `file_${examined.refused}` });
    }
    const [row] = await withTenant(ctx, (tx) =>
      tx
        .update(attachments)
        .set({ ...examined, status: "stored", updatedAt: ctx.clock.now() })
        .where(eq(attachments.id, id))
        .returning(attachmentColumns),
    );
    if (!row) throw new DomainError("conflict");
    return shown(row);
  } catch (error) {
    // Its bytes follow, if any were stored.
    await withTenant(ctx, (tx) => tx.delete(attachments).where(eq(attachments.id, id))).catch(() => undefined);
    throw error;
  }
}

/** The last part of a path, without what no name holds. */
function nameOf(fileName: string | null): string | null {
  const last = fileName?.split(/[/\\]/).at(-1) ?? "";
  const clean = [...last].filter((sign) => sign >= " " && sign !== "\u007f").join("");
  return clean.trim().slice(0, 255).toWellFormed() || null;
}
