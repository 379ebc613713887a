import { expect, test } from "vitest";
import { createChannel, createTenant, testConfig } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { useConfig } from "#server/core/config.ts";
import { newId, newToken } from "#server/core/ids.ts";
import type { ChangeOf } from "./testing.ts";
import { logsOf, post, rowsOf, startEdge, textMessage, whatsappPost } from "./testing.ts";

await testDatabase();
useConfig(testConfig({ meta: { appSecret: "platform-secret", verifyToken: "platform-token" } }));
const platform = await createTenant({ kind: "platform" });
const { url, drain } = await startEdge();

const updatesEach = 10;
/** Rejections kept a minute and source; what is past them is counted. */
const keptRejections = 60;

/** The updates of one account: each by a customer of its own. */
function updatesOf(channel: ChangeOf["channel"], account: number): ChangeOf {
  const messages = Array.from({ length: updatesEach }, (_, index) =>
    textMessage({
      id: `wamid.${newId()}`,
      from: `3363998${String(account * updatesEach + index).padStart(4, "0")}`,
      text: `compte ${account}`,
    }),
  );
  return { channel, messages };
}

/** One after another of each list, so that no two neighbours end alike. */
function dealt(...hands: ChangeOf[][]): ChangeOf[] {
  const longest = Math.max(...hands.map((hand) => hand.length));
  return Array.from({ length: longest }, (_, at) => hands.flatMap((hand) => hand[at] ?? [])).flat();
}

async function shops(count: number, secret: string) {
  const made = [];
  for (let index = 0; index < count; index++) {
    const tenant = await createTenant();
    const credentials = { phone_number_id: newToken(8), app_secret: secret };
    made.push({ tenant, channel: await createChannel(tenant, { credentials }) });
  }
  return made;
}

test("one post of 1,000 updates for 100 accounts: every part ends where it belongs, and nobody sees another's", async () => {
  const genuine = await shops(60, "agency-secret");
  const foreign = await shops(30, "somebody-elses-secret");
  const unknown = Array.from({ length: 10 }, () => ({ credentials: { phone_number_id: newToken(8) } }));
  let account = 0;
  const of = (channels: ChangeOf["channel"][]) => channels.map((channel) => updatesOf(channel, account++));
  const body = whatsappPost(
    ...dealt(of(genuine.map((one) => one.channel)), of(foreign.map((one) => one.channel)), of(unknown)),
  );

  const answer = await post(`${url}/webhooks/whatsapp`, body, "agency-secret");
  expect(answer.status).toBe(200);
  await Promise.all(genuine.map(({ tenant }) => drain.emptied(tenant.tenantId)));

  for (const [index, { tenant, channel }] of genuine.entries()) {
    const log = await logsOf(tenant);
    expect(log.map((row) => [row.status, row.channel_id])).toEqual(
      Array.from({ length: updatesEach }, () => ["processed", channel.channelId]),
    );
    const said = await rowsOf<{ text: string }>(tenant, "messages");
    expect(said.map((row) => row.text)).toEqual(Array.from({ length: updatesEach }, () => `compte ${index}`));
    expect(await rowsOf(tenant, "customers")).toHaveLength(updatesEach);
    expect(await rowsOf(tenant, "webhook_deliveries")).toEqual([]);
  }

  for (const { tenant } of foreign) {
    const log = await logsOf(tenant);
    expect(log.map((row) => [row.status, row.reason])).toEqual(
      Array.from({ length: updatesEach }, () => ["rejected", "signature_mismatch"]),
    );
    for (const table of ["customers", "messages", "webhook_deliveries"])
      expect(await rowsOf(tenant, table)).toEqual([]);
  }

  const nobodys = await logsOf(platform);
  expect(nobodys.map((row) => row.reason)).toEqual(Array.from({ length: keptRejections }, () => "unknown_account"));
  const rejections = () =>
    withTenant(platform, (tx) =>
      tx.raw.unsafe<{ kept: number; dropped: number }[]>(
        "select sum(kept)::int as kept, sum(dropped)::int as dropped from webhook_rejections",
      ),
    );
  // Those that were not kept are counted a moment later.
  await expect
    .poll(rejections)
    .toEqual([{ kept: keptRejections, dropped: unknown.length * updatesEach - keptRejections }]);
  expect(await rowsOf(platform, "webhook_deliveries")).toHaveLength(1);
});
