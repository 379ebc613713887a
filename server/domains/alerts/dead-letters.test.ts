import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { createConversation, createMessage, createTenant, systemCtx } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { newId } from "#server/core/ids.ts";
import { deadJobsByTenant } from "#server/jobs/dead-jobs.ts";
import { defineJob } from "#server/jobs/define-job.ts";
import { defineQueue } from "#server/jobs/define-queue.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { startJobs } from "#server/jobs/start-jobs.ts";
import { listAlerts } from "./list-alerts.ts";
import { watchDeadLetters } from "./watch-dead-letters.ts";

const database = await testDatabase();
const dayMs = 86_400_000;

async function shop() {
  const tenant = await createTenant();
  const clock = fixedClock(new Date());
  const ctx = systemCtx(tenant, clock);
  const told = async (deadJobs = 0) => {
    await watchDeadLetters(ctx, deadJobs);
    return (await listAlerts(ctx)).map(({ id, kind, data }) => ({ id, kind, ...data }));
  };
  return { tenant, clock, ctx, told };
}

/** Events are written by a door only. */
const failEvent = ({ tenantId }: { tenantId: string }, id = newId() as string) =>
  database.owner.begin(async (sql) => {
    await sql`select set_config('app.tenant_id', ${tenantId}, true)`;
    await sql`select door.make_log_partitions(current_date, 1)`;
    await sql`
      insert into webhook_logs (tenant_id, id, platform, webhook_type, payload, dedupe_key, status, reason, received_at)
      values (${tenantId}, ${id}, 'whatsapp', 'message.text', '{}', ${id}, 'failed', 'handler_error', now())`;
    return id;
  });

test("events and messages that were given up on are one alert, until they are healed or long past", async () => {
  const { tenant, clock, told } = await shop();
  expect(await told()).toEqual([]);
  const event = await failEvent(tenant);
  const conversation = await createConversation(tenant);
  const failed = (refusal: string) =>
    createMessage(conversation, { direction: "out", status: "failed", data: { refusal } });
  await failed("retry");
  await failed("window");
  const [alert, ...more] = await told(3);
  expect(more).toEqual([]);
  expect(alert).toMatchObject({ kind: "dead_letters", events: 1, messages: 1, jobs: 3 });
  await database.owner.begin(async (sql) => {
    await sql`select set_config('app.tenant_id', ${tenant.tenantId}, true)`;
    await sql`update webhook_logs set status = 'processed' where id = ${event}`;
  });
  expect(await told()).toEqual([{ ...alert, events: 0, jobs: 0 }]);
  clock.advance(8 * dayMs);
  expect(await told()).toEqual([]);
});

test("what another tenant gave up on is not told of", async () => {
  const [one, other] = [await shop(), await shop()];
  await failEvent(one.tenant);
  expect(await other.told()).toEqual([]);
  expect(await one.told()).toHaveLength(1);
});

test("a job that failed at its last try is a dead letter of its tenant for a day", async () => {
  const [tenant, other] = [await createTenant(), await createTenant()];
  const queue = defineQueue({
    name: `dead-${newId()}`,
    schema: z.strictObject({ tenantId: z.string() }),
    retryLimit: 1,
    retryDelaySeconds: 0,
  });
  const job = defineJob({ queue, handler: () => Promise.reject(new Error("always")) });
  const running = await startJobs({ directUrl: database.appUrl, jobs: [job], periodic: [] });
  onTestFinished(() => running.stop());
  await enqueue(tenant, queue, { tenantId: tenant.tenantId });
  await expect.poll(async () => (await deadJobsByTenant(new Date())).get(tenant.tenantId)).toBe(1);
  expect((await deadJobsByTenant(new Date())).get(other.tenantId)).toBeUndefined();
  expect((await deadJobsByTenant(new Date(Date.now() + 2 * dayMs))).size).toBe(0);
});
