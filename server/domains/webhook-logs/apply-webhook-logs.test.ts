import { afterAll, describe, expect, test } from "vitest";
import { createChannel, createTenant } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { rowsOf, textMessage, whatsappPost } from "#server/webhooks/testing.ts";
import { whatsapp } from "#server/providers/whatsapp/index.ts";
import { applyWebhookLogs } from "./apply-webhook-logs.ts";
import { createDrain } from "./drain.ts";
import { ingestPosts } from "./ingest-posts.ts";
import type { LoggedEvent } from "./ingest-posts.ts";
import { eventReader, startDraining } from "./jobs.ts";
import type { EventReader } from "./read-events.ts";
import { sweepWebhookLogs } from "./sweep-webhook-logs.ts";
import { poison } from "./testing.ts";

const database = await testDatabase();

type Row = {
  id: string;
  status: string;
  reason: string | null;
  attempts: number;
  next_attempt_at: Date | null;
  error_message: string | null;
} & Record<string, unknown>;

/** A tenant whose log holds stored events that nobody has applied yet. */
async function stored(count: number, { people = count, receivedAt = new Date() } = {}) {
  const tenant = await createTenant();
  const channel = await createChannel(tenant, { autoTicketRule: "new_conversation" });
  const messages = Array.from({ length: count }, (_, index) =>
    textMessage({
      id: `wamid.${newId()}`,
      from: `3363998${String(10_000 + (index % people))}`,
      text: `message ${index}`,
    }),
  );
  const body = new TextEncoder().encode(whatsappPost({ channel, messages }));
  const parts = whatsapp.split({ url: "https://guichet.test/webhooks/whatsapp", headers: {}, body });
  const events = parts.map((part): LoggedEvent => ({
    id: newId(receivedAt.getTime()),
    tenantId: tenant.tenantId,
    channelId: channel.channelId,
    type: part.type,
    payload: part.payload,
    status: "received",
    reason: null,
    externalId: part.externalId,
    dedupeKey: part.dedupeKey,
    customerIdentifier: part.customerIdentifier,
    account: null,
    occurredAt: part.occurredAt,
    source: null,
  }));
  await ingestPosts([
    {
      id: newId(receivedAt.getTime()),
      tenantId: tenant.tenantId,
      provider: "whatsapp",
      path: "/webhooks/whatsapp",
      headers: {},
      body,
      bodyBytes: body.length,
      verified: true,
      reason: null,
      receivedAt,
      events,
    },
  ]);
  const ids = events.map((event) => event.id);
  return {
    tenant,
    channel,
    ids,
    logs: async () => (await rowsOf<Row>(tenant, "webhook_logs")).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

const jobCtx = (tenant: { tenantId: string }, clock = fixedClock(new Date())) =>
  contextFor(tenant.tenantId, { type: "job", name: "test" }, clock);

describe("a batch", () => {
  test("costs as many statements for two hundred events as for two", async () => {
    const statements: string[] = [];
    const options = database.app.options as { debug?: unknown };
    const costOf = async (count: number) => {
      const { tenant, ids } = await stored(count);
      statements.length = 0;
      options.debug = (_: number, query: string) => statements.push(query);
      await applyWebhookLogs(jobCtx(tenant), ids, eventReader);
      delete options.debug;
      expect((await rowsOf(tenant, "messages")).length).toBe(count);
      return statements.length;
    };
    const [few, many] = [await costOf(2), await costOf(200)];
    expect(few).toBeGreaterThan(5);
    expect(many).toBe(few);
  });

  test("with one event at fault applies the others, and says what was wrong with that one", async () => {
    const { tenant, ids, logs } = await stored(9);
    await poison(database, ids[4]!);
    const clock = fixedClock(new Date());
    await applyWebhookLogs(jobCtx(tenant, clock), ids, eventReader);
    const after = await logs();
    expect(after.map((row) => row.status)).toEqual(ids.map((_, at) => (at === 4 ? "retrying" : "processed")));
    expect(after[4]).toMatchObject({
      reason: "handler_error",
      attempts: 1,
      next_attempt_at: new Date(clock.now().getTime() + 5_000),
    });
    expect(after[4]?.error_message).toContain("poisoned");
    expect(await rowsOf(tenant, "messages")).toHaveLength(8);
  });

  test("is given up for a person to look at after five tries, and works once it can", async () => {
    const { tenant, ids, logs } = await stored(1);
    await poison(database, ids[0]!);
    for (let tries = 0; tries < 5; tries++) await applyWebhookLogs(jobCtx(tenant), ids, eventReader);
    expect((await logs())[0]).toMatchObject({
      status: "failed",
      reason: "handler_error",
      attempts: 5,
      next_attempt_at: null,
    });
    await applyWebhookLogs(jobCtx(tenant), ids, eventReader);
    expect((await logs())[0]).toMatchObject({ attempts: 5 });
  });

  test("taken by two processes at once is applied once", async () => {
    const { tenant, ids, logs } = await stored(40);
    await Promise.all([1, 2, 3].map(() => applyWebhookLogs(jobCtx(tenant), ids, eventReader)));
    expect((await logs()).every((row) => row.status === "processed" && row.attempts === 1)).toBe(true);
    expect(await rowsOf(tenant, "messages")).toHaveLength(40);
  });

  test("read by a provider that stumbles over one event harms no other", async () => {
    const { tenant, ids, logs } = await stored(5);
    const stumbling: EventReader = {
      ...eventReader,
      parse: (platform, payload, receivedAt) => {
        if (JSON.stringify(payload).includes("message 2")) throw new TypeError("cannot read it");
        return eventReader.parse(platform, payload, receivedAt);
      },
    };
    await applyWebhookLogs(jobCtx(tenant), ids, stumbling);
    expect((await logs()).map((row) => row.status)).toEqual([
      "processed",
      "processed",
      "retrying",
      "processed",
      "processed",
    ]);
  });
});

describe("the sweep", () => {
  const drain = startDraining();
  afterAll(() => drain.stop());

  test("finds what a crash left between the store and the drain, and leaves young rows to their process", async () => {
    const now = new Date();
    const old = await stored(7, { receivedAt: new Date(now.getTime() - 60_000) });
    const young = await stored(2, { receivedAt: now });
    await sweepWebhookLogs(drain, now);
    await drain.emptied();
    expect((await old.logs()).map((row) => row.status)).toEqual(old.ids.map(() => "processed"));
    expect((await young.logs()).map((row) => row.status)).toEqual(["received", "received"]);
  });

  test("takes up what is due for another try", async () => {
    const { tenant, ids, logs } = await stored(1);
    await withTenant(tenant, (tx) =>
      tx.raw.unsafe("update webhook_logs set status = 'retrying', next_attempt_at = now() - interval '1 second'"),
    );
    await sweepWebhookLogs(drain, new Date());
    await drain.emptied();
    expect((await logs())[0]).toMatchObject({ id: ids[0], status: "processed", reason: null, next_attempt_at: null });
  });
});

describe("the drain", () => {
  test("gives tenants their turns, one batch of each at a time", async () => {
    const turns: string[] = [];
    const under = new Map<string, number>();
    const drain = createDrain({
      mostPerTurn: 10,
      lanes: 2,
      apply: async (tenantId, ids) => {
        under.set(tenantId, (under.get(tenantId) ?? 0) + 1);
        expect(under.get(tenantId)).toBe(1);
        turns.push(`${tenantId}${ids.length}`);
        await new Promise((resolve) => setImmediate(resolve));
        under.set(tenantId, 0);
      },
    });
    drain.add(
      "big",
      Array.from({ length: 45 }, (_, index) => `b${index}`),
    );
    drain.add("small", ["s1", "s2"]);
    drain.add("late", ["l1"]);
    await drain.emptied();
    expect(turns.filter((turn) => turn.startsWith("big"))).toEqual(["big10", "big10", "big10", "big10", "big5"]);
    expect(turns.indexOf("small2")).toBeLessThan(3);
    expect(turns.indexOf("late1")).toBeLessThan(4);
  });

  test("remembers no more than its bound; the rest stays for the sweep", async () => {
    const seen: string[] = [];
    const drain = createDrain({ mostWaiting: 3, apply: async (_, ids) => void seen.push(...ids) });
    drain.add("t", ["1", "2", "3", "4", "5"]);
    await drain.emptied("t");
    expect(seen).toEqual(["1", "2", "3"]);
  });
});
