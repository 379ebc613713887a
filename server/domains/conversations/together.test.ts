import { describe, expect, test } from "vitest";
import type { MadeMember } from "#db/factories.ts";
import { createChannel, createConversation, createMember, createMessage, createTenant } from "#db/factories.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { systemClock } from "#server/core/clock.ts";
import { newId } from "#server/core/ids.ts";
import { connect, createTeam, holders } from "#server/domains/assignment/testing.ts";
import { assignConversation } from "./assign-conversation.ts";
import { assignConversationTeam } from "./assign-team.ts";
import { getConversation } from "./get-conversation.ts";
import { listConversations } from "./list-conversations.ts";
import { listThread } from "./list-thread.ts";
import { replyToConversation } from "./reply-to-conversation.ts";
import { scheduleReply } from "./schedule-reply.ts";

await testDatabase();

async function shop({ onlyAssigneeSends = false } = {}) {
  const tenant = await createTenant({ onlyAssigneeSends });
  const [nadia, theo, camille] = [
    await createMember(tenant, "agent", { name: "Nadia" }),
    await createMember(tenant, "agent", { name: "Théo" }),
    await createMember(tenant, "admin", { name: "Camille" }),
  ];
  const conversation = await createConversation(tenant, { channel: await createChannel(tenant) });
  const { messageId: seenId } = await createMessage(conversation);
  const { conversationId } = conversation;
  const answer = (by: MadeMember, seen: string | null = null, idempotencyKey = newId()) =>
    replyToConversation(by.ctx, { conversationId, text: `De ${by.name}`, seenId: seen, idempotencyKey });
  return { tenant, nadia, theo, camille, conversation, conversationId, seenId, answer };
}

describe("a second answer", () => {
  test("is refused where a colleague answered after what its writer had seen, and leaves when they want it all the same", async () => {
    const { nadia, theo, seenId, answer } = await shop();
    const first = await answer(theo, seenId);
    await expect(answer(nadia, seenId)).rejects.toMatchObject({ code: "conflict", reason: "answered_meanwhile" });
    expect(await answer(nadia)).toMatchObject({ created: true });
    expect(await answer(nadia, first.messageId)).toMatchObject({ created: true });
  });

  test("of one's own is no second one, nor is one that is tried again", async () => {
    const { nadia, theo, seenId, answer } = await shop();
    await answer(nadia, seenId);
    const key = newId();
    const sent = await answer(nadia, seenId, key);
    await answer(theo);
    expect(await answer(nadia, seenId, key)).toEqual({ messageId: sent.messageId, created: false });
  });

  test("is refused while a colleague may still take theirs back", async () => {
    const { nadia, theo, conversationId, seenId, answer } = await shop();
    const held = { conversationId, text: "Un instant", seenId, idempotencyKey: newId() };
    await scheduleReply(theo.ctx, held);
    await expect(answer(nadia, seenId)).rejects.toMatchObject({ reason: "answered_meanwhile" });
    await expect(scheduleReply(nadia.ctx, { ...held, idempotencyKey: newId() })).rejects.toMatchObject({
      reason: "answered_meanwhile",
    });
  });
});

describe("where only the assignee writes", () => {
  test("others are refused until they take it, notes and admins are not, and the thread says so beforehand", async () => {
    const { nadia, theo, camille, conversationId, answer } = await shop({ onlyAssigneeSends: true });
    await assignConversation(camille.ctx, { conversationId, assigneeId: theo.userId });
    await expect(answer(nadia)).rejects.toMatchObject({ code: "conflict", reason: "only_assignee" });
    await expect(
      scheduleReply(nadia.ctx, { conversationId, text: "Plus tard", idempotencyKey: newId() }),
    ).rejects.toMatchObject({ reason: "only_assignee" });
    const refusals = async (...members: MadeMember[]) =>
      Promise.all(members.map(async ({ ctx }) => (await getConversation(ctx, { conversationId })).reply.refusal));
    expect(await refusals(nadia, theo, camille)).toEqual(["only_assignee", null, null]);
    expect(await answer(theo)).toMatchObject({ created: true });
    expect(await answer(camille)).toMatchObject({ created: true });
    await assignConversation(nadia.ctx, { conversationId, assigneeId: nadia.userId });
    expect(await answer(nadia)).toMatchObject({ created: true });
    expect(await refusals(nadia, theo)).toEqual([null, "only_assignee"]);
  });
});

describe("a conversation's team", () => {
  test("is changed like its assignee: a line, a trace, a filter, and somebody of it where nobody has it", async () => {
    const { tenant, nadia, theo, conversationId } = await shop();
    const { teamId } = await createTeam(tenant, [theo], { name: "Réparations", assignment: "round_robin" });
    await connect(tenant, [theo], systemClock);
    await assignConversationTeam(nadia.ctx, { conversationId, teamId });
    await assignConversationTeam(nadia.ctx, { conversationId, teamId });
    expect(await holders(tenant)).toEqual([{ assigneeId: theo.userId, teamId, seeking: false }]);
    const detail = await getConversation(nadia.ctx, { conversationId });
    expect(detail).toMatchObject({ team: { id: teamId, name: "Réparations" }, teams: [{ id: teamId }] });
    const { rows } = await listConversations(nadia.ctx, { filter: { teamId } });
    expect(rows).toMatchObject([{ id: conversationId, team: "Réparations" }]);
    await assignConversationTeam(nadia.ctx, { conversationId, teamId: null });
    expect((await listConversations(nadia.ctx, { filter: { teamId } })).rows).toEqual([]);
    const { messages } = await listThread(nadia.ctx, { conversationId });
    expect(messages.flatMap(({ kind, data }) => (kind === "event" ? [data] : []))).toMatchObject([
      { event: "team", toId: teamId, toName: "Réparations" },
      { event: "assigned", toId: theo.userId },
      { event: "no_team" },
    ]);
    const traces = await withTenant(tenant, (tx) => tx.select().from(auditLog).orderBy(auditLog.id));
    expect(traces.map(({ action }) => action)).toEqual([
      "conversation.assign_team",
      "conversation.assign",
      "conversation.assign_team",
    ]);
  });

  test("is one of the business's own", async () => {
    const [one, other] = [await shop(), await shop()];
    const { teamId } = await createTeam(other.tenant, []);
    const { conversationId } = one;
    await expect(assignConversationTeam(one.nadia.ctx, { conversationId, teamId })).rejects.toMatchObject({
      fields: { teamId: "no_such_team" },
    });
    await expect(assignConversationTeam(other.nadia.ctx, { conversationId, teamId })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
