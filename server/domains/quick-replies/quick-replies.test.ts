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
    expect(fill("{{a}} {{ b }} {{c}}", { a: "1", c: "" })).toBe("1 {{ b }} {{c}}");
  });

  it("may be a member's own: theirs to use and change, nobody else's, whatever the shortcut", async () => {
    const tenant = await createTenant();
    const { ctx } = await createMember(tenant, "agent");
    const { ctx: manager } = await createMember(tenant, "manager");
    await createQuickReply(manager, hello);
    await expect(createQuickReply(ctx, { ...hello, shortcut: "salut" })).rejects.toMatchObject({ code: "forbidden" });
    const { quickReplyId } = await createQuickReply(ctx, { ...hello, template: "Coucou", personal: true });
    expect((await listQuickReplies(ctx)).map(({ personal }) => personal).toSorted()).toEqual([false, true]);
    expect((await listQuickReplies(manager)).map(({ personal }) => personal)).toEqual([false]);
    const { conversationId } = await createConversation(tenant);
    const use = { quickReplyId, conversationId };
    await expect(fillQuickReply(manager, use)).rejects.toMatchObject({ code: "not_found" });
    await expect(updateQuickReply(manager, { quickReplyId, template: "x" })).rejects.toMatchObject({
      code: "not_found",
    });
    await updateQuickReply(ctx, { quickReplyId, template: "Re-coucou" });
    expect(await fillQuickReply(ctx, use)).toEqual({ text: "Re-coucou" });
    const shared = (await listQuickReplies(ctx)).find(({ personal }) => !personal)!;
    await expect(deleteQuickReply(ctx, { quickReplyId: shared.id })).rejects.toMatchObject({ code: "forbidden" });
    await deleteQuickReply(ctx, { quickReplyId });
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
