import { digest } from "#server/core/crypto.ts";
import { newId } from "#server/core/ids.ts";
import type { Storage } from "#server/storage/index.ts";
import { storageKey } from "#server/storage/index.ts";
import { attachments } from "../schema/attachments.ts";
import type { TenantTx } from "../tenant.ts";
import { demoFile } from "./demo-files.ts";
import type { PlannedThread } from "./plan-threads.ts";

/** Pictures and documents of the threads: their bytes in storage, and the row that names them. */
export async function writeFiles(tx: TenantTx, storage: Storage, threads: readonly PlannedThread[]): Promise<void> {
  const lines = threads.flatMap(({ messages }) => messages.filter(({ extra }) => extra.file !== undefined));
  const rows = await Promise.all(
    lines.map(async ({ id: messageId, at, thread, extra, authorId }) => {
      const { bytes, fileName, mimeType, kind, width, height } = demoFile(extra.file!);
      const id = newId(at.getTime());
      const key = storageKey(tx.tenantId, id, at);
      await storage.put(key, bytes, { mimeType });
      return {
        tenantId: tx.tenantId,
        id,
        messageId,
        channelId: thread.channel.id,
        kind,
        status: "stored" as const,
        // Chats carry pictures without a name.
        fileName: kind === "document" || thread.channel.provider === "email" ? fileName : null,
        declaredType: mimeType,
        mimeType,
        bytes: bytes.byteLength,
        sha256: digest(bytes),
        width,
        height,
        storageKey: key,
        uploadedBy: authorId,
        attempts: authorId ? 0 : 1,
        createdAt: at,
        updatedAt: at,
      };
    }),
  );
  await tx.insert(attachments).values(rows);
}
