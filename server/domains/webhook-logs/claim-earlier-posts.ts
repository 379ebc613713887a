import { publish } from "#db/live.ts";
import { channelRoutingKeys } from "#db/schema/channels.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import { currentConfig, publicOrigin } from "#server/core/config.ts";
import type { Ctx } from "#server/core/context.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { Provider, RawPost } from "#server/providers/contract.ts";
import { askForRecount } from "./ask-for-recount.ts";
import { drainAtOnce } from "./current-drain.ts";
import { openedHeaders, signedPath } from "./kept-headers.ts";

interface UnclaimedPost {
  id: string;
  path: string;
  headers: Record<string, string>;
  body: Uint8Array;
  receivedAt: Date;
}

interface Claimer {
  channelId: string;
  credentials: Readonly<Record<string, string>>;
}

const postsPerPage = 100;
/** A week of an account that nobody connected may hold more; a second press goes on. */
const mostPages = 20;

/**
 * Takes posts over that named a channel's account while nobody had connected it: those alone that the channel's
 * own secret signs, and whose every event is of an account of this tenant. They go through the inbox like any
 * other, routed and verified there once more. Answers how many events came.
 */
export async function claimEarlierPosts(
  ctx: Ctx,
  { channelId, credentials }: Claimer,
  provider: Pick<Provider, "verify" | "beforeVerify" | "signingField" | "split">,
): Promise<number> {
  const secret = credentials[provider.signingField] ?? "";
  const keys = await withTenant(ctx, findOwnKeys);
  let claimed = 0;
  let after: string | null = null;
  for (let page = 0; page < mostPages; page++) {
    const posts: UnclaimedPost[] = await withTenant(ctx, (tx) => findUnclaimed(tx, channelId, after));
    const own: string[] = [];
    for (const post of posts) {
      const raw = rawPostOf(post);
      if ((await isSignedBy(raw, post.receivedAt, secret, provider)) && (await isAllOf(raw, keys, provider)))
        own.push(post.id);
    }
    if (own.length > 0) claimed += await claim(ctx, channelId, own);
    if (posts.length < postsPerPage) break;
    after = posts.at(-1)!.id;
  }
  return claimed;
}

async function findUnclaimed(tx: TenantTx, channelId: string, after: string | null): Promise<UnclaimedPost[]> {
  const rows = await tx.raw.unsafe<UnclaimedPost[]>(
    `select id, path, headers, body, received_at as "receivedAt" from door.unclaimed_posts($1, $2, ${postsPerPage})`,
    [channelId, after] as never[],
    { prepare: true },
  );
  return [...rows];
}

function rawPostOf({ id, path, headers: kept, body }: UnclaimedPost): RawPost {
  const headers = openedHeaders(kept, currentConfig().keyRing, id);
  return { url: publicOrigin() + signedPath(path, headers), headers, body };
}

/** By this secret and no other: what the platform's app signs says nothing of whose it is. */
async function isSignedBy(
  post: RawPost,
  receivedAt: Date,
  secret: string,
  { verify, beforeVerify }: Pick<Provider, "verify" | "beforeVerify">,
): Promise<boolean> {
  await beforeVerify?.(post);
  return verify(post, secret, receivedAt).ok;
}

/** The bytes may hold more than the log does: events past what is kept of a flood are counted only. */
async function isAllOf(post: RawPost, keys: ReadonlySet<string>, { split }: Pick<Provider, "split">): Promise<boolean> {
  const parts = await split(post);
  return parts.every((part) => part.routingKeys.some((key) => keys.has(key)));
}

async function findOwnKeys(tx: TenantTx): Promise<Set<string>> {
  const rows = await tx.select({ key: channelRoutingKeys.key }).from(channelRoutingKeys);
  return new Set(rows.map((row) => row.key));
}

async function claim(ctx: Ctx, channelId: string, posts: readonly string[]): Promise<number> {
  return withTenant(ctx, async (tx) => {
    const rows = await tx.raw.unsafe<{ id: string }[]>(
      `select claimed as id from unnest($2::uuid[]) post cross join lateral door.claim_post($1, post) claimed`,
      [channelId, posts] as never[],
      { prepare: true },
    );
    const ids = rows.map((row) => row.id);
    if (ids.length === 0) return 0;
    await askForRecount(tx, ids, ctx.clock.now());
    await recordAudit(
      { ...ctx, tx },
      { action: "webhook_log.claim", entityType: "channel", entityId: channelId, data: { events: ids.length } },
    );
    tx.afterCommit(() => {
      publish(ctx.tenantId, "webhook_logs", ids);
      drainAtOnce(ctx.tenantId, ids);
    });
    return ids.length;
  });
}
