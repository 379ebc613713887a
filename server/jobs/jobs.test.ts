import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { createTenant } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { newId } from "#server/core/ids.ts";
import { defineJob, definePeriodic } from "./define-job.ts";
import { defineQueue } from "./define-queue.ts";
import { enqueue } from "./enqueue.ts";
import { startJobs } from "./start-jobs.ts";

const database = await testDatabase();

function testQueue(options: { retryLimit?: number; retryDelaySeconds?: number } = {}) {
  const queue = defineQueue({
    name: `test-${newId()}`,
    schema: z.strictObject({ tenantId: z.string(), word: z.string() }),
    ...options,
  });
  const seen: string[] = [];
  return { queue, seen };
}

async function running(...parts: Pick<Parameters<typeof startJobs>[0], "jobs" | "periodic">[]) {
  const jobs = await startJobs({
    directUrl: database.appUrl,
    jobs: parts.flatMap((part) => part.jobs),
    periodic: parts.flatMap((part) => part.periodic),
  });
  onTestFinished(() => jobs.stop());
  return jobs;
}

describe("jobs", () => {
  it("run when the transaction that asks for them commits, and never when it does not", async () => {
    const tenant = await createTenant();
    const { queue, seen } = testQueue();
    const job = defineJob({ queue, handler: async ({ word }) => void seen.push(word) });
    await running({ jobs: [job], periodic: [] });
    const undone = withTenant(tenant, async (tx) => {
      await enqueue({ ...tenant, tx }, queue, { tenantId: tenant.tenantId, word: "undone" });
      throw new Error("no");
    });
    await expect(undone).rejects.toThrow("no");
    await enqueue(tenant, queue, { tenantId: tenant.tenantId, word: "done" });
    await expect.poll(() => seen).toEqual(["done"]);
  });

  it("come again after a handler that throws", async () => {
    const tenant = await createTenant();
    const { queue, seen } = testQueue({ retryDelaySeconds: 0 });
    const job = defineJob({
      queue,
      handler: async ({ word }) => {
        seen.push(word);
        if (seen.length < 2) throw new Error("not yet");
      },
    });
    await running({ jobs: [job], periodic: [] });
    await enqueue(tenant, queue, { tenantId: tenant.tenantId, word: "again" });
    await expect.poll(() => seen).toEqual(["again", "again"]);
  });

  it("that come together are worked one after another, without a rest between them", async () => {
    const tenant = await createTenant();
    const { queue, seen } = testQueue();
    let atOnce = 0;
    let most = 0;
    const three = Promise.withResolvers<void>();
    const handler = async ({ word }: { word: string }) => {
      most = Math.max(most, ++atOnce);
      if (most === 3) three.resolve();
      await three.promise;
      atOnce -= 1;
      seen.push(word);
    };
    // One that rested would do so for longer than anybody waits here.
    await running({ jobs: [defineJob({ queue, concurrency: 3, pollSeconds: 3_600, handler })], periodic: [] });
    const words = Array.from({ length: 40 }, (_, index) => String(index));
    await withTenant(tenant, async (tx) => {
      for (const word of words) await enqueue({ ...tenant, tx }, queue, { tenantId: tenant.tenantId, word });
    });
    await expect.poll(() => seen.length).toBe(words.length);
    expect(new Set(seen)).toEqual(new Set(words));
    expect(most).toBe(3);
  });

  it("wait until they are due", async () => {
    const tenant = await createTenant();
    const { queue } = testQueue();
    const ranAt = new Map<string, number>();
    const job = defineJob({ queue, pollSeconds: 1, handler: async ({ word }) => void ranAt.set(word, Date.now()) });
    await running({ jobs: [job], periodic: [] });
    const asked = Date.now();
    await enqueue(tenant, queue, { tenantId: tenant.tenantId, word: "later" }, { afterMs: 2_500 });
    await expect.poll(() => ranAt.size).toBe(1);
    expect(ranAt.get("later")).toBeGreaterThanOrEqual(asked + 2_500);
  });

  it("repeat what is periodic, and say that they are well", async () => {
    let beats = 0;
    const jobs = await running({
      jobs: [],
      periodic: [definePeriodic({ name: "beat", everyMs: 5, run: async () => void beats++ })],
    });
    await expect.poll(() => beats).toBeGreaterThan(2);
    expect(await jobs.check()).toBeNull();
  });
});
