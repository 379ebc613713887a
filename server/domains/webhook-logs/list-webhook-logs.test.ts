import { beforeAll, describe, expect, test } from "vitest";
import { createChannel, createMember, createTenant, systemCtx } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { newId } from "#server/core/ids.ts";
import { post, startEdge, textMessage, whatsappPost } from "#server/webhooks/testing.ts";
import { chartWebhookLogs } from "./chart-webhook-logs.ts";
import { exportWebhookLogs } from "./export-webhook-logs.ts";
import { getWebhookLog } from "./get-webhook-log.ts";
import { takeTestPost } from "./jobs.ts";
import { listRelated } from "./list-related.ts";
import { listWebhookLogs } from "./list-webhook-logs.ts";
import { searchContents } from "./search-contents.ts";

await testDatabase();
const { url, drain } = await startEdge();
const tenant = await createTenant({ country: "FR" });
const channel = await createChannel(tenant, { name: "Boutique" });
const other = await createChannel(tenant, { name: "Atelier" });
const ctx = systemCtx(tenant);

const send = (to: typeof channel, id: string, from: string, secret = to.credentials.app_secret!) =>
  post(`${url}/webhooks/whatsapp`, whatsappPost({ channel: to, messages: [textMessage({ id, from })] }), secret);

beforeAll(async () => {
  for (let index = 0; index < 120; index++)
    await send(channel, `wamid.many.${index}`, `336399810${String(index % 7).padStart(2, "0")}`);
  await send(other, "wamid.other", "33639982000");
  await send(other, "wamid.other", "33639982000");
  await send(other, "wamid.refused", "33639982001", "wrong");
  await drain.emptied();
});

describe("the list", () => {
  test("goes forth and back page by page over every row once, the newest first", async () => {
    const first = await listWebhookLogs(ctx, {});
    expect(first.rows).toHaveLength(50);
    expect(first.previous).toBeNull();
    const second = await listWebhookLogs(ctx, { after: first.next! });
    const third = await listWebhookLogs(ctx, { after: second.next! });
    expect(third).toMatchObject({ next: null });
    const ids = [...first.rows, ...second.rows, ...third.rows].map((row) => row.id);
    expect(ids).toHaveLength(123);
    expect(ids).toEqual([...new Set(ids)].toSorted().toReversed());
    const back = await listWebhookLogs(ctx, { before: third.previous! });
    expect(back.rows).toEqual(second.rows);
    expect((await listWebhookLogs(ctx, { before: back.previous! })).rows).toEqual(first.rows);
  });

  test("shows whose an event is and what became of it", async () => {
    const { rows } = await listWebhookLogs(ctx, { channelId: other.channelId });
    expect(
      rows.map(({ channelName, status, reason, customerName }) => ({ channelName, status, reason, customerName })),
    ).toEqual([
      { channelName: "Atelier", status: "rejected", reason: "signature_mismatch", customerName: null },
      { channelName: "Atelier", status: "duplicate", reason: "duplicate", customerName: "Camille Durand" },
      { channelName: "Atelier", status: "processed", reason: null, customerName: "Camille Durand" },
    ]);
  });

  test.each([
    [{ status: ["rejected" as const] }, 1],
    [{ status: ["rejected" as const, "duplicate" as const] }, 2],
    [{ reason: ["signature_mismatch" as const] }, 1],
    [{ search: "wamid.other" }, 2],
    [{ search: "06 39 98 20 00" }, 2],
    [{ search: "+33 6 39 98 20 01" }, 1],
    [{ search: "nobody" }, 0],
    [{ type: "status" as const }, 0],
    [{ provider: "twilio" as const }, 0],
    [{ provider: "whatsapp" as const, channelId: other.channelId }, 3],
    [{ slow: true }, 0],
    [{ triedAgain: true }, 0],
    [{ until: new Date(Date.now() - 3_600_000) }, 0],
    [{ since: new Date(Date.now() - 3_600_000), channelId: other.channelId }, 3],
  ])("narrowed by %j has %i", async (filter, count) => {
    expect((await listWebhookLogs(ctx, filter)).rows).toHaveLength(count);
  });

  test("of another tenant is empty", async () => {
    const stranger = systemCtx(await createTenant());
    expect((await listWebhookLogs(stranger, {})).rows).toEqual([]);
    expect(await chartWebhookLogs(stranger, {})).toMatchObject({ total: 0, p95Ms: null });
  });
});

test("a refused event is found by whatever its customer is known by", async () => {
  const shop = await createTenant({ country: "FR" });
  const line = await createChannel(shop, { name: "Comptoir" });
  await send(line, "wamid.before", "33639982042");
  await drain.emptied(shop.tenantId);
  await send(line, "wamid.lost", "33639982042", "wrong");
  const own = systemCtx(shop);
  await withTenant(shop, (tx) => tx.raw.unsafe("update customers set display_name = 'Ondine Ravel'"));
  for (const search of ["06 39 98 20 42", "0033639982042", "+33 6-39-98-20-42", "ondine rav", "wamid.lost"]) {
    const { rows } = await listWebhookLogs(own, { search, status: ["rejected"] });
    expect([search, rows.length]).toEqual([search, 1]);
    const [row] = rows;
    expect(await getWebhookLog(own, { id: row!.id }, { contents: false })).toMatchObject({
      customerId: null,
      knownPerson: { name: "Ondine Ravel" },
      channelState: { enabled: true, observes: false, configured: true },
    });
  }
  expect((await listWebhookLogs(ctx, { search: "ondine rav" })).rows).toEqual([]);
});

test("related events stand around the event, page by page, every one once", async () => {
  const shop = await createTenant({ country: "FR" });
  const line = await createChannel(shop);
  const from = "33639982050";
  for (let index = 0; index < 20; index++) await send(line, `wamid.r${index}`, from);
  await send(line, "wamid.rejected", from, "wrong");
  await send(line, "wamid.stranger", "33639982051");
  await drain.emptied(shop.tenantId);
  const own = systemCtx(shop);
  const all = (await listWebhookLogs(own, { search: from })).rows.map((row) => row.id);
  expect(all).toHaveLength(21);
  const middle = all[10]!;
  const around = await listRelated(own, { id: middle });
  expect(around.rows.map((row) => row.id)).toEqual(all.slice(4, 17));
  const older = await listRelated(own, { id: middle, after: around.older! });
  expect(older).toMatchObject({ older: null, newer: older.rows[0]!.id });
  const newer = await listRelated(own, { id: middle, before: around.newer! });
  expect(newer).toMatchObject({ newer: null, older: newer.rows.at(-1)!.id });
  expect([...newer.rows, ...around.rows, ...older.rows].map((row) => row.id)).toEqual(all);
  expect((await listRelated(own, { id: all[0]! })).rows.map((row) => row.id)).toEqual(all.slice(0, 7));
  await expect(listRelated(ctx, { id: middle })).rejects.toMatchObject({ code: "not_found" });
});

describe("a search of the contents", () => {
  test("finds a text in the provider's words, letter case aside, and nothing by wildcards", async () => {
    const found = await searchContents(ctx, { text: "WAMID.REFUSED" });
    expect(found).toMatchObject({ rows: [{ status: "rejected" }], next: null, lookedBackTo: null });
    expect((await searchContents(ctx, { text: "wamid_refused" })).rows).toEqual([]);
    expect((await searchContents(ctx, { text: "w%refused" })).rows).toEqual([]);
    expect((await searchContents(ctx, { text: "wamid.other", status: ["duplicate"] })).rows).toHaveLength(1);
  });

  test("goes on where it ended: each event once, and it says how far back it looked", async () => {
    const ids: string[] = [];
    const stretches: (Date | null)[] = [];
    for (let after: string | undefined; ;) {
      const found = await searchContents(ctx, { text: "wamid.many", ...(after ? { after } : {}) }, { lookThrough: 52 });
      ids.push(...found.rows.map((row) => row.id));
      stretches.push(found.lookedBackTo);
      if (!found.next) break;
      after = found.next;
    }
    expect(ids).toHaveLength(120);
    expect(ids).toEqual([...new Set(ids)].toSorted().toReversed());
    // The stretch ends before the page is full, then a page is full before its stretch ends, then all is seen.
    expect(stretches.map((at) => at !== null)).toEqual([true, false, false]);
  });

  test("of another tenant finds nothing", async () => {
    expect((await searchContents(systemCtx(await createTenant()), { text: "wamid" })).rows).toEqual([]);
  });
});

describe("an export", () => {
  const all = async (filter: Parameters<typeof exportWebhookLogs>[1], contents: boolean, who = ctx) => {
    const rows = [];
    for (let after: string | undefined; ;) {
      const page = await exportWebhookLogs(who, { ...filter, ...(after ? { after } : {}) }, { contents });
      rows.push(...page.rows);
      if (!page.next) return rows;
      after = page.next;
    }
  };

  test("is what the list shows under the same filter", async () => {
    const listed = await listWebhookLogs(ctx, { channelId: other.channelId });
    const exported = await all({ channelId: other.channelId }, true);
    expect(exported.map((row) => row.id)).toEqual(listed.rows.map((row) => row.id));
    expect(exported).toMatchObject(listed.rows);
    expect(await all({}, true)).toHaveLength(123);
    expect(JSON.stringify(exported[0]!.payload)).toContain("wamid.refused");
  });

  test("without the right to contents holds none, and of another tenant nothing", async () => {
    const exported = await all({}, false);
    expect(exported.every((row) => row.payload === null)).toBe(true);
    expect(await all({}, true, systemCtx(await createTenant()))).toEqual([]);
  });
});

test("one event shows its post, its attempts and its relatives; without the right to contents, not what was written", async () => {
  const [duplicate] = (await listWebhookLogs(ctx, { search: "wamid.other", status: ["duplicate"] })).rows;
  const seen = await getWebhookLog(ctx, { id: duplicate!.id }, { contents: true });
  expect(seen).toMatchObject({ masked: false, externalMessageId: "wamid.other" });
  expect(seen.delivery).toMatchObject({ method: "POST", verified: true, truncated: false, path: "/webhooks/whatsapp" });
  expect(seen.delivery?.body).toContain("wamid.other");
  expect(seen.attemptLog).toMatchObject([{ outcome: "duplicate" }]);
  expect(seen.matchedBy).toMatchObject({ kind: expect.stringMatching(/^(phone|whatsapp_id)$/) });
  const { rows: related } = await listRelated(ctx, { id: duplicate!.id });
  const first = related.find((row) => row.status === "processed");
  expect([first?.id, seen.firstId]).toEqual([seen.firstId, first?.id]);
  const masked = await getWebhookLog(ctx, { id: duplicate!.id }, { contents: false });
  expect(masked).toMatchObject({ masked: true, payload: null, delivery: { body: null } });
});

describe("a test post", () => {
  const older = (number: string) => ({
    object: "whatsapp_business_account",
    entry: [
      {
        id: number,
        changes: [
          {
            field: "messages",
            value: {
              messages: [
                {
                  from: "33639983000",
                  id: `wamid.${newId()}`,
                  timestamp: "1732180000",
                  type: "text",
                  text: { body: "Test webhook message" },
                },
              ],
            },
          },
        ],
      },
    ],
  });

  test("of the older shape is routed, worked on and answered with its log", async () => {
    const admin = await createMember(tenant, "admin");
    const body = JSON.stringify(older(channel.credentials.phone_number_id!));
    const { logs } = await takeTestPost(admin.ctx, { provider: "whatsapp", body });
    expect(logs).toMatchObject([{ status: "processed", channelName: "Boutique", type: "message.text" }]);
    expect(logs[0]?.conversationId).not.toBeNull();
  });

  test("of another tenant's number touches nothing there", async () => {
    const stranger = await createTenant();
    const admin = await createMember(stranger, "admin");
    const before = await listWebhookLogs(ctx, {});
    const { logs } = await takeTestPost(admin.ctx, {
      provider: "whatsapp",
      body: JSON.stringify(older(channel.credentials.phone_number_id!)),
    });
    expect(logs).toMatchObject([{ status: "rejected", reason: "unknown_account" }]);
    expect(await listWebhookLogs(ctx, {})).toEqual(before);
  });

  test("that is no JSON is refused with a reason", async () => {
    const admin = await createMember(tenant, "admin");
    await expect(takeTestPost(admin.ctx, { provider: "whatsapp", body: "{" })).rejects.toMatchObject({
      code: "invalid",
      reason: "malformed",
    });
    await expect(takeTestPost(admin.ctx, { provider: "pigeon", body: "{}" })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
