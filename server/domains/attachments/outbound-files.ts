import { and, asc, eq } from "drizzle-orm";
import { attachments } from "#db/schema/attachments.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { OutboundFile } from "#server/providers/contract.ts";
import { currentStorage } from "#server/storage/index.ts";
import { mediaAddress } from "./media-address.ts";

/** The files of a message as its provider is given them: to read, or to fetch from a signed address. */
export async function outboundFiles(ctx: Ctx, messageId: string): Promise<OutboundFile[]> {
  const files = await withTenant(ctx, (tx) =>
    tx
      .select()
      .from(attachments)
      .where(and(eq(attachments.messageId, messageId), eq(attachments.status, "stored")))
      .orderBy(asc(attachments.position)),
  );
  return files.map(({ id, kind, fileName, mimeType, bytes, storageKey, contentId }) => ({
    kind,
    fileName,
    mimeType: mimeType ?? "application/octet-stream",
    bytes: bytes ?? 0,
    url: mediaAddress(ctx.tenantId, id, ctx.clock.now()),
    read: async () => {
      const stream = storageKey ? await currentStorage().get(storageKey) : null;
      if (!stream) throw new Error("the file is not in storage");
      return new Uint8Array(await new Response(stream as BodyInit).arrayBuffer());
    },
    ...(contentId ? { contentId } : {}),
  }));
}
