import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import type { EventPart } from "#server/providers/contract.ts";
import { drainAtOnce, released } from "./current-drain.ts";
import { findChannelsByKey } from "./find-channels-by-key.ts";
import type { LoggedEvent } from "./ingest-posts.ts";
import { ingestPosts } from "./ingest-posts.ts";

/** A post that a member sends to see what becomes of it. */
export interface TestPost {
  provider: string;
  path: string;
  body: Uint8Array;
  parts: readonly EventPart[];
}

/**
 * Stores a test post in the member's own log, the member vouching for it, and waits until it is
 * applied. Events of numbers that are not the tenant's are refused and stay in that log too. Answers
 * the ids of the log rows.
 */
export async function storeTestPost(ctx: Ctx, post: TestPost): Promise<string[]> {
  const receivedAt = ctx.clock.now();
  const channels = await ownChannels(ctx, post);
  const events = post.parts.map((part): LoggedEvent => {
    const channelId = part.routingKeys.map((key) => channels.get(key)).find((id) => id !== undefined) ?? null;
    return {
      id: newId(),
      tenantId: ctx.tenantId,
      channelId,
      type: part.type,
      payload: part.payload,
      status: channelId ? "received" : "rejected",
      reason: channelId ? null : "unknown_account",
      externalId: part.externalId,
      dedupeKey: part.dedupeKey,
      customerIdentifier: part.customerIdentifier,
      account: part.routingKeys[0]?.split(":").at(-1) ?? null,
      occurredAt: part.occurredAt,
      source: null,
    };
  });
  const { provider, path, body } = post;
  await ingestPosts([
    {
      id: newId(),
      tenantId: ctx.tenantId,
      provider,
      path,
      headers: { "content-type": "application/json" },
      body,
      bodyBytes: body.length,
      verified: true,
      reason: null,
      receivedAt,
      events,
    },
  ]);
  const own = events.filter((event) => event.channelId).map((event) => event.id);
  drainAtOnce(ctx.tenantId, own);
  await Promise.all(own.map(released));
  return events.map((event) => event.id);
}

async function ownChannels(ctx: Ctx, post: TestPost): Promise<Map<string, string>> {
  const found = await findChannelsByKey([...new Set(post.parts.flatMap((part) => part.routingKeys))]);
  return new Map(
    found
      .filter((channel) => channel.tenantId === ctx.tenantId && channel.provider === post.provider)
      .map((channel) => [channel.key, channel.channelId]),
  );
}
