import { describe, expect, test } from "vitest";
import {
  createChannel,
  createConversation,
  createCustomer,
  createMember,
  createTenant,
  createTicket,
  systemCtx,
} from "#db/factories.ts";
import type { MadeMember, MadeTenant } from "#db/factories.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { ticketEvents, tickets } from "#db/schema/tickets.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { fixedClock } from "#server/core/clock.ts";
import { assignConversation } from "#server/domains/conversations/assign-conversation.ts";
import { mergeConversations, receiveMessages, resolveConversation } from "#server/domains/conversations/index.ts";
import { listThread } from "#server/domains/conversations/list-thread.ts";
import { rowsOf, wordsOf } from "#server/domains/conversations/testing.ts";
import { giveWaiting } from "./give-waiting.ts";
import { giveWork } from "./give-work.ts";
import { sweepWaiting } from "./sweep-waiting.ts";
import { arriving, changeMember, connect, createTeam, holders, sharingShop } from "./testing.ts";

await testDatabase();
const clock = fixedClock("2026-11-20T10:00:00Z");
const hour = 3_600_000;

const heldBy = async (tenant: MadeTenant, members: readonly MadeMember[]) => {
  const all = await holders(tenant);
  return members.map(({ userId }) => all.filter((one) => one.assigneeId === userId).length);
};

describe("new conversations", () => {
  test("are given in turn, in the transaction that opens them, with a line, a trace and their team", async () => {
    const { tenant, members, channel, teamId } = await sharingShop(3, clock);
    const ctx = systemCtx(tenant, clock);
    await receiveMessages(ctx, arriving(channel, 0, 4));
    const [ana, ben, cleo] = members.map(({ userId }) => userId);
    expect((await holders(tenant)).map(({ assigneeId }) => assigneeId)).toEqual([ana, ben, cleo, ana]);
    expect((await holders(tenant)).every((one) => one.teamId === teamId && !one.seeking)).toBe(true);
    await receiveMessages(ctx, arriving(channel, 4, 2));
    expect((await holders(tenant)).slice(4).map(({ assigneeId }) => assigneeId)).toEqual([ben, cleo]);
    const [first] = await rowsOf<{ id: string }>(tenant, "conversations");
    const { messages } = await listThread(members[0]!.ctx, { conversationId: first!.id });
    expect(messages.filter(({ kind }) => kind === "event")).toMatchObject([
      { data: { event: "assigned", toId: ana, toName: members[0]!.name }, author: null },
    ]);
    const traces = await withTenant(tenant, (tx) => tx.select().from(auditLog));
    expect(traces.filter(({ action }) => action === "conversation.assign")).toHaveLength(6);
    expect(traces[0]).toMatchObject({ actorType: "system", data: { from: null } });
  });

  test("cost four statements, for one as for forty, and none where no rule says anything", async () => {
    const { tenant, channel } = await sharingShop(3, clock);
    const plain = await createTenant();
    const plainChannel = await createChannel(plain);
    const counted = async (of: MadeTenant, to: { channelId: string }, from: number, count: number) =>
      (await statementsOf(() => receiveMessages(systemCtx(of, clock), arriving(to, from, count)))).length;
    await counted(tenant, channel, 100, 1);
    await counted(plain, plainChannel, 100, 1);
    const without = await counted(plain, plainChannel, 0, 1);
    expect(await counted(tenant, channel, 0, 1)).toBe(without + 4);
    expect(await counted(tenant, channel, 1, 40)).toBe(without + 4);
  });

  test("go to whoever has least, and to nobody above their capacity", async () => {
    const { tenant, members, channel } = await sharingShop(3, clock, { assignment: "least_loaded" });
    const [ana, ben, cleo] = members as [MadeMember, MadeMember, MadeMember];
    await changeMember(tenant, ben, { capacity: 2 });
    await changeMember(tenant, cleo, { capacity: 0 });
    // A ticket beside conversations is work too; one that waits for its customer is not.
    await createTicket(tenant, { assigneeId: ana.userId });
    await createTicket(tenant, { assigneeId: ben.userId, status: "waiting_customer" });
    await receiveMessages(systemCtx(tenant, clock), arriving(channel, 0, 5));
    expect(await heldBy(tenant, members)).toEqual([3, 2, 0]);
  });

  test("weigh once with their ticket, also where that one's conversation went on in another", async () => {
    const { tenant, members, channel } = await sharingShop(2, clock, { assignment: "least_loaded" });
    const [ana, ben] = members as [MadeMember, MadeMember];
    const customer = await createCustomer(tenant);
    const [own, other] = [
      await createConversation(tenant, { customer, channel, assigneeId: ben.userId }),
      await createConversation(tenant, { customer, assigneeId: ben.userId }),
    ];
    await createTicket(tenant, { assigneeId: ben.userId, conversationId: other.conversationId });
    await mergeConversations(ben.ctx, { conversationId: other.conversationId, intoId: own.conversationId });
    await createTicket(tenant, { assigneeId: ana.userId });
    await createTicket(tenant, { assigneeId: ana.userId });
    await receiveMessages(systemCtx(tenant, clock), arriving(channel, 0, 1));
    expect(await heldBy(tenant, members)).toEqual([0, 3]);
  });

  test("go to nobody who is away, gone, absent or not connected; a substitute stands in; what is left waits", async () => {
    const { tenant, members, channel, teamId } = await sharingShop(4, clock);
    const [ana, ben, cleo, dan] = members as [MadeMember, MadeMember, MadeMember, MadeMember];
    const eve = await createMember(tenant, "manager");
    const ctx = systemCtx(tenant, clock);
    await changeMember(tenant, ana, { away: true });
    await changeMember(tenant, ben, { status: "deactivated" });
    await connect(tenant, [cleo], clock, false);
    const [from, until] = [clock.now(), new Date(clock.now().getTime() + hour)];
    await changeMember(tenant, dan, { absentFrom: from, absentUntil: until, substituteId: eve.userId });
    await receiveMessages(ctx, arriving(channel, 0, 1));
    expect(await holders(tenant)).toEqual([{ assigneeId: null, teamId, seeking: true }]);

    await connect(tenant, [eve], clock);
    expect(await giveWaiting(ctx)).toEqual({ given: 1 });
    expect(await holders(tenant)).toEqual([{ assigneeId: eve.userId, teamId, seeking: false }]);

    const later = fixedClock(until);
    await connect(tenant, [dan], later);
    await receiveMessages(systemCtx(tenant, later), arriving(channel, 1, 1));
    expect((await holders(tenant))[1]?.assigneeId).toBe(dan.userId);
  });

  test("of a process that died count its members as gone after a while", async () => {
    const { tenant, channel } = await sharingShop(1, clock);
    const later = fixedClock(new Date(clock.now().getTime() + 71_000));
    await receiveMessages(systemCtx(tenant, later), arriving(channel, 0, 1));
    expect(await holders(tenant)).toMatchObject([{ assigneeId: null, seeking: true }]);
  });

  test("of a channel that names somebody are theirs, or their substitute's, connected or not", async () => {
    const tenant = await createTenant();
    const [ana, ben] = [await createMember(tenant), await createMember(tenant)];
    const channel = await createChannel(tenant, { assignment: "member", defaultAssigneeId: ana.userId });
    const ctx = systemCtx(tenant, clock);
    await receiveMessages(ctx, arriving(channel, 0, 1));
    const absence = { absentFrom: clock.now(), absentUntil: new Date(clock.now().getTime() + hour) };
    await changeMember(tenant, ana, { ...absence, substituteId: ben.userId });
    await receiveMessages(ctx, arriving(channel, 1, 1));
    expect((await holders(tenant)).map(({ assigneeId }) => assigneeId)).toEqual([ana.userId, ben.userId]);
  });

  test("bring the ticket that a rule opened along, as one piece of work", async () => {
    const { tenant, members, teamId } = await sharingShop(2, clock);
    const channel = await createChannel(tenant, { defaultTeamId: teamId, autoTicketRule: "new_conversation" });
    await changeMember(tenant, members[0]!, { capacity: 1 });
    await changeMember(tenant, members[1]!, { capacity: 1 });
    await receiveMessages(systemCtx(tenant, clock), arriving(channel, 0, 3));
    const made = await withTenant(tenant, (tx) => tx.select().from(tickets).orderBy(tickets.number));
    const all = await holders(tenant);
    expect(made.map(({ assigneeId }) => assigneeId)).toEqual(all.map(({ assigneeId }) => assigneeId));
    expect(new Set(all.map(({ assigneeId }) => assigneeId))).toEqual(
      new Set([members[0]!.userId, members[1]!.userId, null]),
    );
    expect(made.every((ticket) => ticket.teamId === teamId)).toBe(true);
    expect(made.map(({ seekingSince }) => seekingSince !== null)).toEqual(all.map(({ seeking }) => seeking));
    const lines = await withTenant(tenant, (tx) => tx.select().from(ticketEvents));
    expect(lines.filter(({ type }) => type === "assignee")).toHaveLength(2);
  });
});

describe("a conversation that comes back", () => {
  test("stays with whoever has it, and leaves somebody who is out of the office", async () => {
    const { tenant, members, channel } = await sharingShop(2, clock);
    const [ana, ben] = members as [MadeMember, MadeMember];
    const ctx = systemCtx(tenant, clock);
    const { message } = wordsOf(channel);
    await receiveMessages(ctx, [message("a")]);
    const again = async (id: string) => {
      const [row] = await rowsOf<{ id: string }>(tenant, "conversations");
      await resolveConversation(ctx, { conversationId: row!.id });
      await receiveMessages(ctx, [message(id)]);
      return (await holders(tenant))[0]?.assigneeId;
    };
    expect(await again("b")).toBe(ana.userId);
    await changeMember(tenant, ana, { absentFrom: clock.now(), absentUntil: new Date(clock.now().getTime() + hour) });
    expect(await again("c")).toBe(ben.userId);
  });
});

describe("what waits", () => {
  test("is given when somebody has finished something, by the job that looks in every business", async () => {
    const { tenant, members, channel } = await sharingShop(1, clock);
    const [ana] = members as [MadeMember];
    await changeMember(tenant, ana, { capacity: 1 });
    const ctx = systemCtx(tenant, clock);
    await receiveMessages(ctx, arriving(channel, 0, 2));
    expect((await holders(tenant)).map(({ assigneeId }) => assigneeId)).toEqual([ana.userId, null]);
    const look = () => sweepWaiting(clock, (tenantId) => systemCtx({ tenantId }, clock));
    await look();
    expect(await heldBy(tenant, members)).toEqual([1]);
    const [row] = (await rowsOf<{ id: string; assignee_id: string | null }>(tenant, "conversations")).filter(
      ({ assignee_id }) => assignee_id,
    );
    await resolveConversation(ana.ctx, { conversationId: row!.id });
    await look();
    expect(await heldBy(tenant, members)).toEqual([2]);
    expect((await holders(tenant)).some(({ seeking }) => seeking)).toBe(false);
  });

  test("is not given by a rule once a member took it in hand or gave it back to everybody", async () => {
    const { tenant, members, channel } = await sharingShop(1, clock);
    const [ana] = members as [MadeMember];
    await connect(tenant, members, clock, false);
    const ctx = systemCtx(tenant, clock);
    const [received] = await receiveMessages(ctx, arriving(channel, 0, 1));
    const conversationId = received!.conversationId!;
    await assignConversation(ana.ctx, { conversationId, assigneeId: ana.userId });
    await assignConversation(ana.ctx, { conversationId, assigneeId: null });
    await connect(tenant, members, clock);
    expect(await giveWaiting(ctx)).toEqual({ given: 0 });
  });

  test("stays where it belongs: another business's members take none of it", async () => {
    const one = await sharingShop(1, clock);
    const other = await sharingShop(1, clock);
    await connect(one.tenant, one.members, clock, false);
    const [received] = await receiveMessages(systemCtx(one.tenant, clock), arriving(one.channel, 0, 1));
    const conversationIds = [received!.conversationId!];
    expect(await giveWork(systemCtx(other.tenant, clock), { conversationIds })).toEqual({ given: 0 });
    expect(await giveWaiting(systemCtx(other.tenant, clock))).toEqual({ given: 0 });
    expect(await holders(one.tenant)).toMatchObject([{ assigneeId: null }]);
  });
});

test("batches at the same moment, for two teams of the same people, keep within everybody's capacity", async () => {
  const { tenant, members, channel } = await sharingShop(3, clock, { assignment: "least_loaded" });
  for (const member of members) await changeMember(tenant, member, { capacity: 4 });
  const second = await createTeam(tenant, members, { assignment: "round_robin" });
  const other = await createChannel(tenant, { defaultTeamId: second.teamId });
  const made = await Promise.all(
    Array.from({ length: 8 }, async (_, at) => {
      const conversations = await Promise.all(
        Array.from({ length: 3 }, () => createConversation(tenant, { channel: at % 2 === 0 ? channel : other })),
      );
      return conversations.map(({ conversationId }) => conversationId);
    }),
  );
  const ctx = systemCtx(tenant, clock);
  await Promise.all(made.map((conversationIds) => giveWork(ctx, { conversationIds })));
  expect(await heldBy(tenant, members)).toEqual([4, 4, 4]);
  expect((await holders(tenant)).filter(({ seeking }) => seeking)).toHaveLength(12);
});
