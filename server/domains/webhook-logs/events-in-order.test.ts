import { beforeAll, expect, test } from "vitest";
import { createChannel, createCustomer, createTenant, systemCtx } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { newId } from "#server/core/ids.ts";
import type { ExportedLog } from "./export-webhook-logs.ts";
import { exportWebhookLogs } from "./export-webhook-logs.ts";
import { listWebhookLogs } from "./list-webhook-logs.ts";
import type { LogFilter } from "./schemas.ts";
import { seedLog } from "./testing-log.ts";

const database = await testDatabase();
const tenant = await createTenant({ country: "FR" });
const ctx = systemCtx(tenant);
const { channelId } = await createChannel(tenant, { provider: "whatsapp" });
const { customerId, phone } = await createCustomer(tenant, { phone: "+33639900000" });
// A channel that was deleted since is in the log only.
const channels = [
  { id: channelId, provider: "whatsapp" },
  { id: newId(), provider: "instagram" },
  { id: newId(), provider: "vapi" },
];
const everything: ExportedLog[] = [];

beforeAll(async () => {
  const customers = [customerId, ...Array.from({ length: 6 }, () => newId())];
  await seedLog(database, 3, [{ tenantId: tenant.tenantId, channels, customers, eventsADay: 950 }]);
  for (let after: string | undefined; ;) {
    const page = await exportWebhookLogs(ctx, { after }, { contents: false });
    everything.push(...page.rows);
    if (!page.next) break;
    after = page.next;
  }
});

/** Every page of the list, there or back. */
async function walk(filter: LogFilter, way: "after" | "before"): Promise<string[]> {
  const ids: string[] = [];
  for (let place = way === "before" ? everything.at(-1)!.id : undefined; ;) {
    const page = await listWebhookLogs(ctx, { ...filter, ...(place ? { [way]: place } : {}) });
    ids.push(...(way === "after" ? page.rows : page.rows.toReversed()).map((row) => row.id));
    const next = way === "after" ? page.next : page.previous;
    if (!next) return ids;
    place = next;
  }
}

const kindOf = ({ type }: ExportedLog) => /^(message|status)\./.exec(type)?.[1] ?? "other";
const isOf = (row: ExportedLog) => row.customerIdentifier === phone.slice(1);

test.each<[string, LogFilter, (row: ExportedLog) => boolean]>([
  ["nothing", {}, () => true],
  ["a provider", { provider: "whatsapp" }, (row) => row.platform === "whatsapp"],
  ["the provider of a deleted channel", { provider: "instagram" }, (row) => row.platform === "instagram"],
  ["a type", { type: "message" }, (row) => kindOf(row) === "message"],
  ["the other types", { type: "other" }, (row) => kindOf(row) === "other"],
  ["two statuses", { status: ["failed", "duplicate"] }, (row) => ["failed", "duplicate"].includes(row.status)],
  [
    "a status and a type",
    { status: ["processed"], type: "message" },
    (row) => row.status === "processed" && kindOf(row) === "message",
  ],
  [
    "two reasons of a provider",
    { reason: ["duplicate", "signature_mismatch"], provider: "whatsapp" },
    (row) => ["duplicate", "signature_mismatch"].includes(row.reason ?? "") && row.platform === "whatsapp",
  ],
  ["the time it took", { slow: true }, (row) => (row.processingTimeMs ?? 0) >= 1000],
  [
    "attempts and a status",
    { triedAgain: true, status: ["processed"] },
    (row) => row.attempts > 1 && row.status === "processed",
  ],
  ["a customer, found in two ways", { search: phone }, isOf],
  [
    "a customer and a type",
    { search: "06 39 90 00 00", type: "status" },
    (row) => isOf(row) && kindOf(row) === "status",
  ],
  ["a message id", { search: "wamid.901" }, (row) => row.externalMessageId === "wamid.901"],
])("the list by %s is what the whole log has of it, each once and in order", async (_name, filter, matches) => {
  const expected = everything.filter(matches).map((row) => row.id);
  expect(expected.length).toBeGreaterThan(0);
  expect(await walk(filter, "after")).toEqual(expected);
  const last = everything.at(-1)!;
  const back = expected.toReversed().filter((id) => id !== last.id);
  expect(await walk(filter, "before")).toEqual(back);
});

test("the whole log holds what reached no channel, each event once", async () => {
  const [nobody] = await withTenant(tenant, (tx) =>
    tx.raw.unsafe<{ id: string }[]>("select id from webhook_logs where channel_id is null and platform = 'instagram'"),
  );
  expect(everything).toHaveLength(3 * 950);
  expect(await walk({ provider: "instagram" }, "after")).toContain(nobody!.id);
  expect(everything.map((row) => row.id)).toEqual(
    [...new Set(everything.map((row) => row.id))].toSorted().toReversed(),
  );
});
