import { expect, test } from "vitest";
import { createChannel, createTenant } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { instantOf } from "#server/core/ids.ts";
import { logsOf, post, startEdge, textMessage, whatsappPost } from "#server/webhooks/testing.ts";
import { ingestPosts } from "./ingest-posts.ts";
import { postAt } from "./testing.ts";

const database = await testDatabase();
const edge = await startEdge();
const dayMs = 86_400_000;

/** Days that a log has a partition for, after an instant. */
async function daysAfter(parent: string, instant: Date): Promise<string[]> {
  const after = instant.toISOString().slice(0, 10).replaceAll("-", "");
  const rows = await database.owner<{ day: string }[]>`
    select right(inhrelid::regclass::text, 8) as day from pg_inherits where inhparent = ${parent}::regclass order by 1`;
  return rows.map((row) => row.day).filter((day) => day > after);
}

test("posts of days that nobody made ahead are stored at once, each day made once however many come together", async () => {
  const { tenantId } = await createTenant();
  // Long after the last day that was made ahead, around a midnight.
  const midnight = new Date(Math.floor(Date.now() / dayMs) * dayMs + 40 * dayMs);
  const before = await daysAfter("webhook_logs", new Date(midnight.getTime() - 3 * dayMs));
  expect(before).toEqual([]);
  const times = Array.from({ length: 24 }, (_, at) => new Date(midnight.getTime() + (at - 12) * 1_000));
  await Promise.all(times.map((at) => ingestPosts([postAt(tenantId, at)])));
  await ingestPosts(times.map((at) => postAt(tenantId, at)));
  expect(await logsOf({ tenantId })).toHaveLength(2 * times.length);
  for (const parent of ["webhook_logs", "webhook_deliveries"]) {
    const made = await daysAfter(parent, new Date(midnight.getTime() - 3 * dayMs));
    expect(made).toContain(midnight.toISOString().slice(0, 10).replaceAll("-", ""));
    expect(new Set(made).size).toBe(made.length);
    expect(made.length).toBeLessThanOrEqual(3);
  }
});

test("what a provider dates far back is of the day it came in: no old day is ever asked for", async () => {
  const tenant = await createTenant();
  const channel = await createChannel(tenant);
  const at = Math.floor((Date.now() - 300 * dayMs) / 1_000);
  const body = whatsappPost({
    channel,
    messages: [textMessage({ id: `wamid.${tenant.tenantId}`, from: "33639980001", at })],
  });
  const began = Date.now();
  expect((await post(`${edge.url}/webhooks/whatsapp`, body, channel.credentials.app_secret!)).status).toBe(200);
  const [row] = await logsOf(tenant);
  expect(instantOf(row!.id).getTime()).toBeGreaterThanOrEqual(began - 1);
});
