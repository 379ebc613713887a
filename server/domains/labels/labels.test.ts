import { describe, expect, it } from "vitest";
import { createChannel, createConversation, createCustomer, createMember, createTenant } from "#db/factories.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { permissionsOf } from "#server/auth/permissions.ts";
import { newId } from "#server/core/ids.ts";
import { getConversation } from "#server/domains/conversations/get-conversation.ts";
import { labelConversation } from "#server/domains/conversations/label-conversation.ts";
import { listConversations } from "#server/domains/conversations/list-conversations.ts";
import { listLabels } from "./list-labels.ts";
import { createLabel, deleteLabel, updateLabel } from "./save-label.ts";

await testDatabase();

async function shop() {
  const tenant = await createTenant();
  const [{ ctx: manager }, { ctx: agent }] = [await createMember(tenant, "manager"), await createMember(tenant)];
  const channel = await createChannel(tenant);
  const conversation = async () => createConversation(tenant, { channel, customer: await createCustomer(tenant) });
  return { tenant, manager, agent, conversation };
}

describe("labels", () => {
  it("stand on conversations, which are found by them; one removed is gone everywhere", async () => {
    const { tenant, manager, agent, conversation } = await shop();
    const [one, two] = [await conversation(), await conversation()];
    const { labelId } = await createLabel(manager, { name: "Garantie", colour: "orange" });
    const urgent = await createLabel(manager, { name: "Urgent", colour: "red" });
    for (const id of [labelId, labelId, urgent.labelId])
      await labelConversation(agent, { conversationId: one.conversationId, labelId: id, on: true });
    const found = async (id: string) =>
      (await listConversations(agent, { filter: { labelId: id } })).rows.map((row) => row.id);
    expect(await found(labelId)).toEqual([one.conversationId]);
    const rows = (await listConversations(agent)).rows;
    expect(rows.find((row) => row.id === one.conversationId)?.labels).toEqual([
      { id: labelId, name: "Garantie", colour: "orange" },
      { id: urgent.labelId, name: "Urgent", colour: "red" },
    ]);
    expect(rows.find((row) => row.id === two.conversationId)?.labels).toEqual([]);
    await updateLabel(manager, { labelId, name: "SAV", colour: "blue" });
    await labelConversation(agent, { conversationId: one.conversationId, labelId: urgent.labelId, on: false });
    expect((await getConversation(agent, one)).labels).toEqual([
      { id: labelId, name: "SAV", colour: "blue", on: true },
      { id: urgent.labelId, name: "Urgent", colour: "red", on: false },
    ]);
    await deleteLabel(manager, { labelId });
    expect(await found(labelId)).toEqual([]);
    const audits = await withTenant(tenant, (tx) => tx.select({ action: auditLog.action }).from(auditLog));
    expect(audits.map(({ action }) => action).toSorted()).toEqual(
      [
        "label.create",
        "label.create",
        "label.update",
        "label.delete",
        "conversation.label",
        "conversation.label",
        "conversation.unlabel",
      ].toSorted(),
    );
  });

  it("have one name each, whatever its capitals", async () => {
    const { manager } = await shop();
    const { labelId } = await createLabel(manager, { name: "Garantie" });
    const taken = { fields: { name: "label_taken" } };
    await expect(createLabel(manager, { name: "GARANTIE" })).rejects.toMatchObject(taken);
    await updateLabel(manager, { labelId, name: "garantie" });
    const second = await createLabel(manager, { name: "Devis" });
    await expect(updateLabel(manager, { ...second, name: "Garantie" })).rejects.toMatchObject(taken);
  });

  it("belong to one business, and are made by those who lead", async () => {
    const [one, other] = [await shop(), await shop()];
    const { labelId } = await createLabel(one.manager, { name: "Garantie" });
    const { conversationId } = await one.conversation();
    const own = await other.conversation();
    for (const act of [
      () => updateLabel(other.manager, { labelId, name: "x" }),
      () => deleteLabel(other.manager, { labelId }),
      () => labelConversation(other.agent, { ...own, labelId, on: true }),
      () => labelConversation(other.agent, { conversationId, labelId, on: true }),
      () => labelConversation(one.agent, { conversationId, labelId: newId(), on: true }),
    ])
      await expect(act()).rejects.toMatchObject({ code: "not_found" });
    expect(await listLabels(other.agent)).toEqual([]);
    expect([permissionsOf("agent"), permissionsOf("manager")].map((all) => all.includes("labels.write"))).toEqual([
      false,
      true,
    ]);
  });
});
