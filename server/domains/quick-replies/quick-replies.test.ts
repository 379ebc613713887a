import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createConversation, createCustomer, createMember, createTenant } from "#db/factories.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { newId } from "#server/core/ids.ts";
import { listQuickReplies } from "./list-quick-replies.ts";
import { createQuickReply, deleteQuickReply, updateQuickReply } from "./save-quick-reply.ts";
import { quickReplyFields } from "./schemas.ts";
import { fill, fillQuickReply } from "./use-quick-reply.ts";

await testDatabase();

const hello = {
  shortcut: "Bonjour",
  template: "Bonjour {{customer.first_name}}, {{ agent.name }} de {{business.name}}.",
};

describe("quick replies", () => {
  it("are filled in for one conversation, and counted", async () => {
    const tenant = await createTenant({ name: "Atelier Lumen" });
    const { ctx } = await createMember(tenant, "manager", { name: "Nadia" });
    const { quickReplyId } = await createQuickReply(ctx, hello);
    const customer = await createCustomer(tenant, { displayName: "Inès Delcourt" });
    const { conversationId } = await createConversation(tenant, { customer });
    expect(await fillQuickReply(ctx, { quickReplyId, conversationId })).toEqual({
      text: "Bonjour Inès, Nadia de Atelier Lumen.",
    });
    expect(await listQuickReplies(ctx)).toEqual([
      expect.objectContaining({ shortcut: "bonjour", usageCount: 1, category: "general" }),
    ]);
    await expect(fillQuickReply(ctx, { quickReplyId: newId(), conversationId })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("keep one shortcut each, and leave a trace when they change", async () => {
    const tenant = await createTenant();
    const { ctx } = await createMember(tenant, "manager");
    const { quickReplyId } = await createQuickReply(ctx, hello);
    await expect(createQuickReply(ctx, hello)).rejects.toMatchObject({ fields: { shortcut: "shortcut_taken" } });
    await updateQuickReply(ctx, { quickReplyId, template: "Bonjour !" });
    await deleteQuickReply(ctx, { quickReplyId });
    expect(await listQuickReplies(ctx)).toEqual([]);
    const rows = await withTenant(tenant, (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.entityId, quickReplyId)),
    );
    expect(rows.map((row) => row.action).toSorted()).toEqual([
      "quick_reply.create",
      "quick_reply.delete",
      "quick_reply.update",
    ]);
  });

  it("refuse variables nobody knows, and fill only what is known", () => {
    expect(quickReplyFields.safeParse({ ...hello, template: "{{customer.iban}}" }).success).toBe(false);
    expect(fill("{{a}} {{ b }}", { a: "1" })).toBe("1 {{ b }}");
  });

  it("belong to one tenant", async () => {
    const tenant = await createTenant();
    const { ctx } = await createMember(tenant, "manager");
    const { quickReplyId } = await createQuickReply(ctx, hello);
    const stranger = await createMember(await createTenant(), "manager");
    expect(await listQuickReplies(stranger.ctx)).toEqual([]);
    await expect(updateQuickReply(stranger.ctx, { quickReplyId, template: "x" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(deleteQuickReply(stranger.ctx, { quickReplyId })).rejects.toMatchObject({ code: "not_found" });
  });
});
