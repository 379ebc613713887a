import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { afterAll, expect, test } from "vitest";
import type { MadeChannel } from "#db/factories.ts";
import { createChannel, createMember, createTenant, systemCtx, testConfig } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock, systemClock } from "#server/core/clock.ts";
import { useConfig } from "#server/core/config.ts";
import { createRetellFake } from "#server/providers/retell/fake.ts";
import type { CallStandIn } from "#server/providers/stand-in.ts";
import { createVapiFake } from "#server/providers/vapi/fake.ts";
import { askAboutCall } from "./ask-about-call.ts";
import { recordCalls } from "./index.ts";
import { askAboutCallJob, reconcileCalls } from "./jobs.ts";
import { callEvent } from "./testing.ts";

await testDatabase();

// The vendors' APIs on our own address, as simulated channels are answered; webhooks go nowhere.
const asked: string[] = [];
const app = new Hono();
const server = createServer(getRequestListener(app.fetch));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
useConfig(testConfig({ publicUrl: origin }));
const options = (name: string) => ({
  webhookUrl: `${origin}/webhooks/${name}`,
  apiBaseUrl: `${origin}/simulator/api/${name}`,
  retryDelaysMs: [],
});
const standIns = { vapi: createVapiFake(options("vapi")), retell: createRetellFake(options("retell")) };
app.use("/simulator/api/*", async (context, next) => {
  if (/call/.test(context.req.path)) asked.push(context.req.path.split("/").at(-1)!);
  await next();
});
for (const name of ["vapi", "retell"] as const) app.route(`/simulator/api/${name}`, standIns[name].app);
app.post("/webhooks/vapi", async (context) => {
  const { message } = (await context.req.json()) as { message: { type: string } };
  return context.json(message.type === "assistant-request" ? { assistantId: "accueil-0001" } : {});
});
app.post("/webhooks/retell", (context) => context.json({ call_inbound: { override_agent_id: "agent_0001" } }));
afterAll(() => {
  for (const standIn of Object.values(standIns)) standIn.close();
  server.closeAllConnections();
  server.close();
});

const callOf = (tenant: { tenantId: string }, externalId: string) =>
  withTenant(tenant, async (tx) => (await tx.raw`select * from call_logs where external_id = ${externalId}`)[0]);

async function shop(provider: "vapi" | "retell") {
  const tenant = await createTenant();
  const channel = await createChannel(tenant, { provider, simulated: true });
  return { tenant, channel, standIn: standIns[provider] };
}

/** A call of which we hear that it began, and nothing more. */
async function lose(standIn: CallStandIn, channel: MadeChannel, tenant: { tenantId: string }, now = new Date()) {
  const account = standIn.addAccount(channel.credentials);
  const callId = standIn.ring(account.id, { address: "+33639981234", name: null });
  await standIn.settled();
  standIn.say(callId, "Bonjour");
  const event = { ...callEvent(callId, 0), status: "in_progress" as const, startedAt: now, occurredAt: now };
  const told = { channelId: channel.channelId, webhookLogId: null, dedupeKey: `begun:${callId}`, event };
  await recordCalls(systemCtx(tenant, fixedClock(now)), [told]);
  return callId;
}

const minutesFrom = (start: Date, minutes: number) => fixedClock(new Date(start.getTime() + minutes * 60_000));
const timesAsked = (callId: string) => asked.filter((id) => id === callId).length;

test.each(["vapi", "retell"] as const)(
  "a call of %s whose events stopped is asked about, once in a while",
  async (provider) => {
    const { tenant, channel, standIn } = await shop(provider);
    const start = new Date();
    const callId = await lose(standIn, channel, tenant, start);
    await reconcileCalls(minutesFrom(start, 4));
    expect(timesAsked(callId)).toBe(0);
    await reconcileCalls(minutesFrom(start, 6));
    expect(await callOf(tenant, callId)).toMatchObject({ status: "in_progress", reconciled_at: expect.any(Date) });
    for (const minutes of [7, 8, 9, 10]) await reconcileCalls(minutesFrom(start, minutes));
    expect(timesAsked(callId)).toBe(1);
    standIn.hangUp(callId);
    await reconcileCalls(minutesFrom(start, 30));
    expect(timesAsked(callId)).toBe(2);
    expect(await callOf(tenant, callId)).toMatchObject({
      status: "completed",
      cost_cents: 7,
      summary: "La personne a dit : « Bonjour »",
      reconcile_at: null,
    });
    await reconcileCalls(minutesFrom(start, 600));
    expect(timesAsked(callId)).toBe(2);
  },
);

test("late events after that change nothing wrongly", async () => {
  const { tenant, channel, standIn } = await shop("vapi");
  const start = new Date();
  const callId = await lose(standIn, channel, tenant, start);
  standIn.hangUp(callId);
  await reconcileCalls(minutesFrom(start, 6));
  const known = await callOf(tenant, callId);
  const late = { ...callEvent(callId, 0), status: "ringing" as const, startedAt: start, occurredAt: start };
  const told = { channelId: channel.channelId, webhookLogId: null, dedupeKey: "late", event: late };
  await recordCalls(systemCtx(tenant), [told]);
  const { metadata: _a, updated_at: _b, ...after } = (await callOf(tenant, callId))!;
  expect(known).toMatchObject(after);
});

test("one channel whose key is refused holds up nobody", async () => {
  const broken = await shop("vapi");
  const lost: string[] = [];
  const start = new Date();
  for (let nth = 0; nth < 3; nth++) lost.push(await lose(broken.standIn, broken.channel, broken.tenant, start));
  const account = broken.standIn.accounts().find(({ id }) => id === broken.channel.credentials.assistant_id)!;
  broken.standIn.removeAccount(account.id);
  const sound = await shop("retell");
  const callId = await lose(sound.standIn, sound.channel, sound.tenant, start);
  sound.standIn.hangUp(callId);
  await reconcileCalls(minutesFrom(start, 6));
  expect(await callOf(sound.tenant, callId)).toMatchObject({ status: "completed" });
  expect(lost.map(timesAsked).toSorted()).toEqual([0, 0, 1]);
  for (const one of lost) expect(await callOf(broken.tenant, one)).toMatchObject({ status: "in_progress" });
  await reconcileCalls(minutesFrom(start, 7));
  expect(lost.map(timesAsked).toSorted()).toEqual([0, 0, 1]);
});

test("a call that nobody knows any more ends; what is heard of it later still holds", async () => {
  const { tenant, channel } = await shop("vapi");
  const start = new Date(Date.now() - 3_600_000);
  const event = { ...callEvent("disparu", 0), status: "ringing" as const, startedAt: start, occurredAt: start };
  const tell = (dedupeKey: string, more: Partial<typeof event> | object) =>
    recordCalls(systemCtx(tenant, fixedClock(start)), [
      { channelId: channel.channelId, webhookLogId: null, dedupeKey, event: { ...event, ...more } },
    ]);
  standIns.vapi.addAccount(channel.credentials);
  await tell("a", {});
  await reconcileCalls(minutesFrom(start, 6));
  expect(await callOf(tenant, "disparu")).toMatchObject({ status: "completed", ended_reason: "no_news" });
  await tell("b", { status: "no_answer", endedReason: "customer-did-not-answer", occurredAt: new Date() });
  expect(await callOf(tenant, "disparu")).toMatchObject({
    status: "no_answer",
    ended_reason: "customer-did-not-answer",
  });
});

test("a member may ask at once, where something is missing; another tenant's call is none", async () => {
  const { tenant, channel, standIn } = await shop("retell");
  const member = await createMember(tenant, "agent");
  const start = new Date();
  const callId = await lose(standIn, channel, tenant, start);
  const { id } = (await callOf(tenant, callId))! as { id: string };
  standIn.hangUp(callId);
  const stranger = await createMember(await createTenant());
  await expect(askAboutCall(stranger.ctx, { callId: id })).rejects.toThrow("not_found");
  await askAboutCall(member.ctx, { callId: id });
  const run = { clock: systemClock, signal: new AbortController().signal };
  await askAboutCallJob.run({ tenantId: tenant.tenantId, callId: id }, run);
  expect(await callOf(tenant, callId)).toMatchObject({ status: "completed", reconcile_at: null });
  await expect(askAboutCall(member.ctx, { callId: id })).rejects.toThrow("nothing_missing");
  const audits = await withTenant(
    tenant,
    (tx) => tx.raw`select action, entity_id from audit_log where action = 'call.ask'`,
  );
  expect([...audits]).toEqual([{ action: "call.ask", entity_id: id }]);
});
