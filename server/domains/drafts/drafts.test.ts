import { describe, expect, it } from "vitest";
import {
  createChannel,
  createConversation,
  createCustomer,
  createMember,
  createTenant,
  testConfig,
} from "#db/factories.ts";
import { attachments } from "#db/schema/attachments.ts";
import { drafts } from "#db/schema/composer.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { systemClock } from "#server/core/clock.ts";
import { useConfig } from "#server/core/config.ts";
import { newId } from "#server/core/ids.ts";
import { removeUnusedUploadsJob } from "#server/domains/attachments/jobs.ts";
import { unusedUploadMs } from "#server/domains/attachments/limits.ts";
import { listConversations } from "#server/domains/conversations/list-conversations.ts";
import { addConversationNote } from "#server/domains/conversations/add-note.ts";
import { eraseCustomer } from "#server/domains/erasure/erase-customer.ts";
import { readDraft } from "./read-draft.ts";
import { saveDraft } from "./save-draft.ts";

await testDatabase();
useConfig(testConfig());

async function desk() {
  const tenant = await createTenant();
  const [member, colleague] = await Promise.all([createMember(tenant, "owner"), createMember(tenant)]);
  const channel = await createChannel(tenant);
  const customer = await createCustomer(tenant);
  const { conversationId } = await createConversation(tenant, { channel, customer });
  const upload = async () => {
    const id = newId();
    const createdAt = new Date(Date.now() - unusedUploadMs - 60_000);
    const file = { kind: "image", status: "stored", fileName: "lampe.png", bytes: 12, createdAt } as const;
    await withTenant(tenant, (tx) =>
      tx.insert(attachments).values({ tenantId: tenant.tenantId, id, uploadedBy: member.userId, ...file }),
    );
    return id;
  };
  const files = () => withTenant(tenant, (tx) => tx.select({ id: attachments.id }).from(attachments));
  const sweep = () => removeUnusedUploadsJob.run({ clock: systemClock, signal: new AbortController().signal });
  return { tenant, member, colleague, customer, conversationId, upload, files, sweep };
}

describe("a draft", () => {
  it("is its writer's, one in each conversation, and seen in the list by them alone", async () => {
    const { member, colleague, conversationId } = await desk();
    await saveDraft(member.ctx, { conversationId, text: "Bonj" });
    await saveDraft(member.ctx, { conversationId, text: "Bonjour", note: true });
    expect(await readDraft(member.ctx, { conversationId })).toMatchObject({ text: "Bonjour", note: true, files: [] });
    expect(await readDraft(colleague.ctx, { conversationId })).toBeNull();
    const listed = async (ctx: typeof member.ctx) => (await listConversations(ctx)).rows.map(({ draft }) => draft);
    expect(await listed(member.ctx)).toEqual(["Bonjour"]);
    expect(await listed(colleague.ctx)).toEqual([null]);
    await saveDraft(member.ctx, { conversationId, text: "  " });
    expect(await readDraft(member.ctx, { conversationId })).toBeNull();
  });

  it("goes with the note that was made of it", async () => {
    const { member, conversationId } = await desk();
    await saveDraft(member.ctx, { conversationId, text: "à voir", note: true });
    await addConversationNote(member.ctx, { conversationId, text: "à voir demain" });
    expect(await readDraft(member.ctx, { conversationId })).toBeNull();
  });

  it("keeps its files, in their order, for as long as it names them", async () => {
    const { member, conversationId, upload, files, sweep } = await desk();
    const [first, second] = [await upload(), await upload()];
    // Nobody holds this one.
    await upload();
    await saveDraft(member.ctx, { conversationId, text: "", attachmentIds: [second, first] });
    await sweep();
    expect((await files()).map(({ id }) => id).toSorted()).toEqual([first, second].toSorted());
    expect((await readDraft(member.ctx, { conversationId }))?.files).toEqual([
      { id: second, name: "lampe.png", bytes: 12, picture: true },
      { id: first, name: "lampe.png", bytes: 12, picture: true },
    ]);
    await saveDraft(member.ctx, { conversationId, text: "", attachmentIds: [] });
    await sweep();
    expect(await files()).toEqual([]);
  });

  it("is of nobody who was erased, and in no other business", async () => {
    const { tenant, member, customer, conversationId, upload, files } = await desk();
    const stranger = await createMember(await createTenant(), "owner");
    await expect(saveDraft(stranger.ctx, { conversationId, text: "x" })).rejects.toMatchObject({ code: "not_found" });
    await saveDraft(member.ctx, { conversationId, text: "Chère Agathe", attachmentIds: [await upload()] });
    expect(await readDraft(stranger.ctx, { conversationId })).toBeNull();
    await eraseCustomer(member.ctx, customer);
    expect(await withTenant(tenant, (tx) => tx.select().from(drafts))).toEqual([]);
    expect(await files()).toEqual([]);
    await expect(saveDraft(member.ctx, { conversationId, text: "Chère" })).rejects.toMatchObject({ code: "not_found" });
  });
});
