import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import type { Sql } from "postgres";
import type { DemoChannel, Program } from "./program.ts";
import { runProgram } from "./program.ts";
import { signed, textPost } from "./recorded-traffic.ts";
import { findDrift } from "#db/testing-recount.ts";
import { countWaiting } from "./count-waiting.ts";

let program: Program;
let channel: DemoChannel;
test.beforeAll(async () => {
  program = await runProgram();
  channel = program
    .demoTenants()
    .find((tenant) => tenant.slug === "atelier-lumen")!
    .channels.find((one) => one.provider === "whatsapp")!;
});
test.afterAll(() => program?.dispose());
test.setTimeout(150_000);

/** A provider that posts without a pause and remembers what was acknowledged. Where nobody answers it goes on. */
function startPosting(name: string) {
  const acknowledged: string[] = [];
  const end = new AbortController();
  let count = 0;
  const lane = async () => {
    while (!end.signal.aborted) {
      const id = `wamid.${name}.${count++}`;
      // Every other message is of somebody who wrote before: their conversation grows while it is killed.
      const from = `336399${String(70_000 + (count % 2 ? count : 7)).slice(0, 5)}`;
      const body = textPost(channel, { id, from, text: `Message ${id}` });
      const { pathname } = new URL(channel.sharedWebhookUrl);
      const post = signed(channel, `${program.url}${pathname}`, body);
      const answer = await fetch(post.url, {
        method: "POST",
        body,
        headers: post.headers,
        signal: AbortSignal.timeout(10_000),
      }).catch(() => null);
      if (answer?.status === 200) acknowledged.push(id);
      else await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const lanes = Array.from({ length: 12 }, lane);
  return {
    acknowledged,
    stop: async () => {
      end.abort();
      await Promise.all(lanes);
    },
  };
}

const more = (posting: { acknowledged: string[] }, by: number) => {
  const goal = posting.acknowledged.length + by;
  return expect.poll(() => posting.acknowledged.length, { timeout: 60_000, intervals: [20] }).toBeGreaterThan(goal);
};

/** Each acknowledged event is in the log and became one message. */
async function expectKept(sql: Sql, acknowledged: readonly string[]): Promise<void> {
  await expect.poll(() => countWaiting(sql), { timeout: 60_000, intervals: [250] }).toBe(0);
  const ids = sql.array([...acknowledged]);
  const missing = await sql`
    select sent.id from unnest(${ids}::text[]) as sent (id)
     where not exists (select from webhook_logs where external_message_id = sent.id and status in ('processed', 'duplicate'))
        or (select count(*) from messages where external_id = sent.id) <> 1`;
  expect(missing.map((row) => String(row.id))).toEqual([]);
  const [attempts] =
    await sql`select count(*)::int as failed from webhook_logs where external_message_id = any (${ids}) and status = 'failed'`;
  expect(attempts?.failed).toBe(0);
  expect(await findDrift(sql)).toEqual({});
}

test("kill -9 of the program in the middle of intake loses no acknowledged event", async () => {
  for (const round of [1, 2]) {
    const posting = startPosting(`PROGRAM${round}`);
    await more(posting, 300);
    await program.kill();
    await posting.stop();
    await program.start();
    await expectKept(program.database(), posting.acknowledged);
  }
});

test("kill -9 of PostgreSQL in the middle of intake loses no acknowledged event, and the program goes on", async () => {
  const posting = startPosting("DATABASE");
  await more(posting, 300);
  const postmaster = Number(
    readFileSync(join(program.dataFolder, "postgres", "postmaster.pid"), "utf8").split("\n")[0],
  );
  process.kill(postmaster, "SIGKILL");
  // The same process answers again, without anybody's help.
  await more(posting, 300);
  await posting.stop();
  await expectKept(program.database(), posting.acknowledged);
  expect((await fetch(`${program.url}/readyz`)).status).toBe(200);
});
