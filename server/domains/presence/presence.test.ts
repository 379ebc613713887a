import { afterAll, describe, expect, test } from "vitest";
import { connect as openPool } from "#db/client.ts";
import { createConversation, createMember, createTenant, createTicket } from "#db/factories.ts";
import { sayViewer, startLive } from "#db/live.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { changeMember, connect, createTeam, holders } from "#server/domains/assignment/testing.ts";
import { listAssignees } from "#server/domains/members/index.ts";
import { connectMember, disconnectMembers } from "./connections.ts";
import { readOwnPresence } from "./read-own.ts";
import { setAway } from "./set-away.ts";
import { tellViewing } from "./tell-viewing.ts";
import { typingMs, viewersIn, viewingMs } from "./viewers.ts";

const database = await testDatabase();
const direct = openPool({ url: database.appUrl, max: 1 });
const stopLive = await startLive(direct, database.app);
afterAll(async () => {
  await stopLive();
  await direct.end({ timeout: 1 });
});

describe("presence", () => {
  test("is online while any process says so, away when they say so or are out, and offline when the last word is old", async () => {
    const clock = fixedClock("2026-11-20T10:00:00Z");
    const tenant = await createTenant();
    const nadia = await createMember(tenant, "agent", { clock });
    const seen = async () => (await listAssignees(nadia.ctx))[0];
    expect(await seen()).toMatchObject({ presence: "offline", absentUntil: null });
    await connect(tenant, [nadia], clock);
    expect(await seen()).toMatchObject({ presence: "online" });
    await setAway(nadia.ctx, { away: true });
    expect(await seen()).toMatchObject({ presence: "away" });
    expect(await readOwnPresence(nadia.ctx)).toEqual({ away: true });
    await setAway(nadia.ctx, { away: false });
    const until = new Date(clock.now().getTime() + 60_000);
    await changeMember(tenant, nadia, { absentFrom: clock.now(), absentUntil: until });
    expect(await seen()).toMatchObject({ presence: "away", absentUntil: until });
    clock.advance(60_000);
    expect(await seen()).toMatchObject({ presence: "online", absentUntil: null });
    clock.advance(11_000);
    expect(await seen()).toMatchObject({ presence: "offline" });
    const traces = await withTenant(tenant, (tx) => tx.select().from(auditLog).orderBy(auditLog.id));
    expect(traces.map(({ action }) => action)).toEqual(["member.away", "member.back"]);
  });

  test("begins with the first live connection, and is nobody else's", async () => {
    const tenant = await createTenant();
    const [nadia, theo] = [await createMember(tenant), await createMember(tenant)];
    const first = await connectMember(nadia.ctx);
    const second = await connectMember(nadia.ctx);
    expect([first.arrived, second.arrived]).toEqual([true, false]);
    first.end();
    first.end();
    const presences = Object.fromEntries(
      (await listAssignees(theo.ctx)).map(({ userId, presence }) => [userId, presence]),
    );
    expect(presences).toEqual({ [nadia.userId]: "online", [theo.userId]: "offline" });
    second.end();
  });

  test("ends at once when the program stops, whatever was connected to it", async () => {
    const tenant = await createTenant();
    const [nadia, theo] = [await createMember(tenant), await createMember(tenant)];
    const connected = await connectMember(nadia.ctx);
    const left = await connectMember(theo.ctx);
    left.end();
    await disconnectMembers();
    connected.end();
    expect(await withTenant(tenant, (tx) => tx.raw`select from member_connections`)).toHaveLength(0);
    expect((await connectMember(nadia.ctx)).arrived).toBe(true);
    await disconnectMembers();
  });

  test("that says away is given nothing of what waits", async () => {
    const clock = fixedClock("2026-11-20T10:00:00Z");
    const tenant = await createTenant();
    const nadia = await createMember(tenant, "agent", { clock });
    const { teamId } = await createTeam(tenant, [nadia], { assignment: "round_robin" });
    await createConversation(tenant, { teamId });
    await setAway(nadia.ctx, { away: true });
    await connect(tenant, [nadia], clock);
    expect(await holders(tenant)).toMatchObject([{ assigneeId: null }]);
  });
});

describe("who looks at what", () => {
  test("is told to every process, and to nobody of another business", async () => {
    const tenant = await createTenant();
    const stranger = await createMember(await createTenant());
    const nadia = await createMember(tenant, "agent", { name: "Nadia" });
    const { conversationId } = await createConversation(tenant);
    const { ticketId } = await createTicket(tenant);
    const before = Date.now();
    const now = () => viewersIn(tenant.tenantId, before);
    await tellViewing(nadia.ctx, { conversationId, ticketId, state: "typing" });
    const here = { userId: nadia.userId, name: "Nadia", typing: true };
    await expect.poll(now).toEqual([
      { id: conversationId, ...here },
      { id: ticketId, ...here },
    ]);
    expect(viewersIn(stranger.ctx.tenantId, before)).toEqual([]);
    for (const place of [{ conversationId }, { ticketId }]) {
      await expect(tellViewing(stranger.ctx, { ...place, state: "viewing" })).rejects.toMatchObject({
        code: "not_found",
      });
    }
    await tellViewing(nadia.ctx, { conversationId, ticketId, state: "gone" });
    await expect.poll(now).toEqual([]);
  });

  test("lapses by itself: writing soon, looking a little later", async () => {
    const { tenantId } = await createTenant();
    const before = Date.now();
    await sayViewer({ tenantId, ids: ["here"], userId: "somebody", name: "Nadia", state: "typing" });
    const typingAt = (at: number) => viewersIn(tenantId, at).map(({ typing }) => typing);
    await expect.poll(() => typingAt(before)).toEqual([true]);
    expect(typingAt(Date.now() + typingMs)).toEqual([false]);
    expect(typingAt(Date.now() + viewingMs)).toEqual([]);
  });
});
