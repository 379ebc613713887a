import { describe, expect, it } from "vitest";
import {
  createChannel,
  createConversation,
  createCustomer,
  createMember,
  createMessage,
  createTenant,
} from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { createLabel } from "#server/domains/labels/save-label.ts";
import { saveView } from "#server/domains/saved-views/save-view.ts";
import { assignConversation } from "./assign-conversation.ts";
import { resolveConversation } from "./change-conversation-status.ts";
import { forgetConversationCounts } from "./count-conversations.ts";
import { labelConversation } from "./label-conversation.ts";
import { listConversations } from "./list-conversations.ts";
import { markConversationRead } from "./mark-read.ts";
import type { ConversationFilter } from "./schemas.ts";
import { inboxFilterOf } from "./schemas.ts";

await testDatabase();

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);

async function shop() {
  const tenant = await createTenant();
  const member = await createMember(tenant, "manager");
  const channels = [await createChannel(tenant), await createChannel(tenant)] as const;
  const thread = async (minutes: number, channel = channels[0]) => {
    const made = await createConversation(tenant, { channel, customer: await createCustomer(tenant) });
    await createMessage(made, { occurredAt: ago(minutes) });
    return made.conversationId;
  };
  return { tenant, member, ctx: member.ctx, channels, thread };
}

describe("the list is narrowed", () => {
  it("by member, channel, label, unread and how long somebody waits, all at once", async () => {
    const { ctx, member, channels, thread } = await shop();
    const [old, other, fresh] = [await thread(90), await thread(30, channels[1]), await thread(1)];
    await assignConversation(ctx, { conversationId: old, assigneeId: member.userId });
    const { labelId } = await createLabel(ctx, { name: "Devis" });
    await labelConversation(ctx, { conversationId: other, labelId, on: true });
    await markConversationRead(ctx, { conversationId: fresh });
    const found = async (filter: ConversationFilter) =>
      new Set((await listConversations(ctx, { filter })).rows.map((row) => row.id));
    expect(await found({ assignee: "me" })).toEqual(new Set([old]));
    expect(await found({ assignee: member.userId })).toEqual(new Set([old]));
    expect(await found({ assignee: "nobody" })).toEqual(new Set([other, fresh]));
    expect(await found({ channelId: channels[1].channelId })).toEqual(new Set([other]));
    expect(await found({ labelId })).toEqual(new Set([other]));
    expect(await found({ unread: true })).toEqual(new Set([old, other]));
    expect(await found({ waitingMinutes: 15 })).toEqual(new Set([old, other]));
    expect(await found({ waitingMinutes: 60, unread: true, assignee: "me" })).toEqual(new Set([old]));
    expect(await found({ waitingMinutes: 60, labelId })).toEqual(new Set());
  });

  it("to those that a screen shows, as far as they are still in the view", async () => {
    const { ctx, thread } = await shop();
    const [older, newer, unasked] = [await thread(20), await thread(10), await thread(5)];
    const among = async (...ids: string[]) => (await listConversations(ctx, { among: ids })).rows.map(({ id }) => id);
    expect(await among(older, newer)).toEqual([newer, older]);
    await resolveConversation(ctx, { conversationId: newer });
    expect(await among(older, newer)).toEqual([older]);
    expect(await among(crypto.randomUUID())).toEqual([]);
    expect((await listConversations(ctx)).rows.map(({ id }) => id)).toEqual([unasked, older]);
  });

  it("by an address whose senseless words narrow nothing", () => {
    expect(inboxFilterOf({ view: "spam", unread: "1", waiting: "x", label: "?", assignee: "me" })).toEqual({
      view: "spam",
      filter: { assignee: "me", unread: true },
    });
    expect(inboxFilterOf({ view: "?" })).toEqual({ view: "open", filter: {} });
  });
});

describe("saved views of the inbox", () => {
  it("come with the list, one's own and everybody's, each with what it holds now", async () => {
    const { tenant, ctx, thread } = await shop();
    const colleague = await createMember(tenant);
    const first = await thread(90);
    await saveView(ctx, { area: "inbox", name: "Attend", query: { view: "open", waiting: "60" }, shared: true });
    await saveView(ctx, { area: "inbox", name: "À moi", query: { view: "mine" } });
    const shown = async (of = ctx) =>
      (await listConversations(of)).views.map(({ name, count, mine }) => ({ name, count, mine }));
    forgetConversationCounts(tenant.tenantId);
    expect(await shown()).toEqual([
      { name: "Attend", count: 1, mine: true },
      { name: "À moi", count: 0, mine: true },
    ]);
    expect(await shown(colleague.ctx)).toEqual([{ name: "Attend", count: 1, mine: false }]);
    await assignConversation(ctx, { conversationId: first, assigneeId: colleague.userId });
    await thread(70);
    await assignConversation(ctx, { conversationId: await thread(80), assigneeId: colleague.userId });
    expect(await shown()).toMatchObject([{ count: 3 }, { count: 0 }]);
    const refused = saveView(ctx, { area: "inbox", name: "Faux", query: { view: "open", waiting: "soon" } });
    await expect(refused).rejects.toMatchObject({ fields: { query: "invalid" } });
  });

  it("are nobody's of another business", async () => {
    const [one, other] = [await shop(), await shop()];
    await saveView(one.ctx, { area: "inbox", name: "Attend", query: { view: "open" }, shared: true });
    expect((await listConversations(other.ctx)).views).toEqual([]);
  });
});
