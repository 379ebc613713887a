import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createChannel, createTenant, systemCtx } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import type { RawPost } from "#server/providers/contract.ts";
import { MalformedPost } from "#server/providers/contract.ts";
import { providerNamed } from "#server/providers/registry.ts";
import { sampleFiles, samplePost } from "#server/providers/testing-samples.ts";
import { answerFunctions, recordCalls } from "./index.ts";

await testDatabase();

/** Traffic of the vendors themselves, where it is at hand. */
const recorded = join(import.meta.dirname, "../../../../shared/corpus");

function postsOf(vendor: "vapi" | "retell"): RawPost[] {
  const own = sampleFiles(vendor).map((file) => samplePost(vendor, file));
  const folder = join(recorded, vendor);
  if (!existsSync(folder)) {
    console.log(`no recorded calls at ${folder}: our own samples alone went through`);
    return own;
  }
  const theirs = readdirSync(folder).map((file) => ({
    url: `https://guichet.example/webhooks/${vendor}/clef`,
    headers: { "content-type": "application/json" },
    body: readFileSync(join(folder, file)),
  }));
  return [...own, ...theirs];
}

test.each(["vapi", "retell"] as const)(
  "%s: every recorded post goes through, functions are answered, and all of it twice more changes nothing",
  async (vendor) => {
    const provider = providerNamed(vendor)!;
    const tenant = await createTenant();
    const { channelId } = await createChannel(tenant, { provider: vendor });
    const ctx = systemCtx(tenant);
    const receivedAt = new Date("2026-11-21T10:00:00Z");
    const posts = postsOf(vendor);
    const goThrough = async (post: RawPost): Promise<{ calls: number; answers: string[] }> => {
      let parts;
      try {
        parts = await provider.split(post);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedPost);
        return { calls: 0, answers: [] };
      }
      let calls = 0;
      const answers: string[] = [];
      for (const part of parts) {
        const question = provider.liveQuestion?.(part);
        if (question?.kind === "functions") {
          const { body } = provider.liveAnswer!(part, await answerFunctions(ctx, channelId, question), post.url);
          expect(JSON.parse(body)).toBeTypeOf("object");
          answers.push(body);
        }
        const { event } = provider.parse(part.payload, receivedAt);
        if (event.kind !== "call") continue;
        await recordCalls(ctx, [{ channelId, webhookLogId: null, dedupeKey: part.dedupeKey, event }]);
        calls++;
      }
      return { calls, answers };
    };
    const first = [];
    for (const post of posts) first.push(await goThrough(post));
    expect(first.reduce((sum, { calls }) => sum + calls, 0)).toBeGreaterThan(5);
    expect(first.flatMap(({ answers }) => answers).length).toBeGreaterThan(1);
    const everything = () =>
      withTenant(tenant, async (tx) => {
        const rows = [];
        for (const table of ["call_logs", "call_functions", "customers", "messages", "customer_activities"])
          rows.push(
            ...(await tx.raw.unsafe(`select '${table}' as of, to_jsonb(t) as row from ${table} t order by id`)),
          );
        return rows;
      });
    const before = await everything();
    for (const at of posts.keys()) {
      const nth = (at * 7) % posts.length;
      const { answers } = await goThrough(posts[nth]!);
      await goThrough(posts.at(-1 - at)!);
      // What names no call is asked anew, and tells the time.
      if (first[nth]!.calls > 0) expect(answers).toEqual(first[nth]!.answers);
    }
    expect(await everything()).toEqual(before);
  },
);
