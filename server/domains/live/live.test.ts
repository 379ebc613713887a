import { afterAll, describe, expect, it } from "vitest";
import { connect } from "#db/client.ts";
import { createChannel, createConversation, createMember, createMessage, createTenant } from "#db/factories.ts";
import { startLive } from "#db/live.ts";
import { testDatabase } from "#db/testing.ts";
import { resolveConversation } from "#server/domains/conversations/index.ts";
import { liveVersion } from "./live-version.ts";
import type { SeenChange } from "./watch-changes.ts";
import { watchChanges } from "./watch-changes.ts";

const database = await testDatabase();
const direct = connect({ url: database.appUrl, max: 1 });
const stopLive = await startLive(direct, database.app);
afterAll(async () => {
  await stopLive();
  await direct.end({ timeout: 1 });
});

async function watcher(ctx: Parameters<typeof watchChanges>[0]) {
  const gone = new AbortController();
  const seen: SeenChange[] = [];
  const done = (async () => {
    for await (const change of watchChanges(ctx, gone.signal)) seen.push(change);
  })();
  return { seen, gone, done };
}

describe("live changes", () => {
  it("reach the tenant they happen in, no other, and end with the watcher", async () => {
    const tenant = await createTenant();
    const member = await createMember(tenant);
    const stranger = await createMember(await createTenant());
    const { conversationId } = await createConversation(tenant, { channel: await createChannel(tenant) });
    const [here, elsewhere] = [await watcher(member.ctx), await watcher(stranger.ctx)];
    const everything = { topic: "*", ids: "*" };
    const arrival = { topic: "members", ids: [member.userId] };
    await expect.poll(() => here.seen).toEqual([everything, arrival]);
    await expect.poll(() => elsewhere.seen).toEqual([everything, { ...arrival, ids: [stranger.userId] }]);
    await resolveConversation(member.ctx, { conversationId });
    await expect.poll(() => here.seen).toContainEqual({ topic: "conversations", ids: [conversationId] });
    expect(elsewhere.seen).toHaveLength(2);
    here.gone.abort();
    elsewhere.gone.abort();
    await Promise.all([here.done, elsewhere.done]);
    const before = here.seen.length;
    await createMessage(await createConversation(tenant));
    expect(here.seen).toHaveLength(before);
  });

  it("have a version that moves with what is written, and only then", async () => {
    const tenant = await createTenant();
    const { ctx } = await createMember(tenant);
    const first = await liveVersion(ctx);
    expect(await liveVersion(ctx)).toBe(first);
    const conversation = await createConversation(tenant);
    await createMessage(conversation);
    const second = await liveVersion(ctx);
    expect(second).not.toBe(first);
    await resolveConversation(ctx, conversation);
    expect(await liveVersion(ctx)).not.toBe(second);
  });
});
