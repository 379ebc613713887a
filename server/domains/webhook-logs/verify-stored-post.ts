import { and, eq, inArray } from "drizzle-orm";
import { channelConfigurations, channelRoutingKeys } from "#db/schema/channels.ts";
import { webhookDeliveries } from "#db/schema/webhooks.ts";
import { withTenant } from "#db/tenant.ts";
import { currentConfig, publicOrigin } from "#server/core/config.ts";
import type { Ctx } from "#server/core/context.ts";
import { channelAccess } from "#server/domains/channels/index.ts";
import type { Provider, RawPost, Verification } from "#server/providers/contract.ts";
import type { ClaimedLog } from "./claim-webhook-logs.ts";
import { openedHeaders, signedPath } from "./kept-headers.ts";
import { checkPost } from "./verify-post.ts";

/**
 * Checks the stored bytes of a refused event with the secrets of today. Bytes that were not kept whole,
 * or that belong to several tenants, cannot be checked any more: they stay refused. A signature that had
 * grown old on its way is good enough here: somebody looked at the event and wants it.
 */
export async function verifyStoredPost(
  ctx: Ctx,
  row: ClaimedLog,
  provider: Pick<Provider, "name" | "verify" | "beforeVerify" | "signingField">,
): Promise<Verification> {
  const post = await findStoredPost(ctx, row.deliveryId);
  if (!post || !row.channelId) return { ok: false, reason: "signature_mismatch" };
  await provider.beforeVerify?.(post);
  const access = await channelAccess(ctx, row.channelId).catch(() => null);
  const secret = access?.credentials[provider.signingField] ?? "";
  const verification = checkPost(provider, post, row.receivedAt).byChannel(secret);
  return !verification.ok && verification.reason === "stale" ? { ok: true } : verification;
}

/** The tenant's own channel that one event of a stored post names today, or the one it came to where it names none; null while no channel does. */
export async function routeStoredPost(
  ctx: Ctx,
  row: ClaimedLog,
  provider: Pick<Provider, "name" | "split">,
): Promise<string | null> {
  const post = await findStoredPost(ctx, row.deliveryId);
  const parts = post ? await provider.split(post) : [];
  const keys = parts.find((part) => part.dedupeKey === row.dedupeKey)?.routingKeys ?? [];
  if (keys.length === 0) return row.channelId;
  const held = await withTenant(ctx, (tx) =>
    tx
      .select({ key: channelRoutingKeys.key, channelId: channelRoutingKeys.channelId })
      .from(channelRoutingKeys)
      .innerJoin(channelConfigurations, eq(channelConfigurations.id, channelRoutingKeys.channelId))
      .where(
        and(
          inArray(channelRoutingKeys.key, keys),
          eq(channelConfigurations.provider, provider.name),
          eq(channelConfigurations.enabled, true),
        ),
      ),
  );
  return keys.flatMap((key) => held.find((one) => one.key === key)?.channelId ?? []).at(0) ?? null;
}

/** The post that carried an event, as it was signed. Null where its bytes are not kept whole, or not this tenant's alone. */
export async function findStoredPost(ctx: Ctx, deliveryId: string | null): Promise<RawPost | null> {
  if (!deliveryId) return null;
  const [delivery] = await withTenant(ctx, (tx) =>
    tx.select().from(webhookDeliveries).where(eq(webhookDeliveries.id, deliveryId)),
  );
  if (!delivery || delivery.body.length < delivery.bodyBytes) return null;
  const headers = openedHeaders(delivery.headers, currentConfig().keyRing, delivery.id);
  return { url: publicOrigin() + signedPath(delivery.path, headers), headers, body: delivery.body };
}
