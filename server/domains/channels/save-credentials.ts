import { and, eq, inArray, notInArray, notLike } from "drizzle-orm";
import type { channelTypes } from "#db/schema/channels.ts";
import { channelConfigurations, channelRoutingKeys } from "#db/schema/channels.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { allowSending } from "./block-sending.ts";
import { channelChanged } from "./channel-changed.ts";
import { openCredentials, sealFor } from "./channel-seal.ts";
import { tokenIsFresh } from "./channel-tokens.ts";
import { findChannel } from "./find-channel.ts";
import { releaseQueue } from "./queues.ts";
import type { SetupStep } from "./schemas.ts";

/** Credentials that the provider's own schema has accepted, and what they say about the channel. */
export interface SaveCredentialsInput {
  channelId: string;
  credentials: Record<string, string>;
  /** The names among them that are no secret. */
  publicNames: string[];
  /** What the channel claims, best first: the first one names it and must be its alone. */
  routingKeys: string[];
  address: string;
  /** The value that signs webhooks. */
  signingSecret: string;
  phoneNumberId: string | null;
  accountId: string | null;
  /** What a channel with these credentials is. */
  channelType: (typeof channelTypes)[number];
  /** The step of the set-up after the credentials. */
  nextStep: SetupStep;
}

/** Seals the credentials, claims the routing keys and makes the channel ready to receive. */
export async function saveCredentials(ctx: Ctx, input: SaveCredentialsInput): Promise<void> {
  const { channelId, credentials, routingKeys } = input;
  await withTenant(ctx, async (tx) => {
    const row = await findChannel({ ...ctx, tx }, channelId);
    const before = openCredentials(row);
    const changed = Object.keys(credentials).filter((name) => credentials[name] !== before[name]);
    await claimRoutingKeys(tx, row, routingKeys);
    await tx
      .update(channelConfigurations)
      .set({
        configEncrypted: sealFor(row, JSON.stringify(credentials)),
        configPublic: Object.fromEntries(input.publicNames.map((name) => [name, credentials[name] ?? ""])),
        appSecret: sealFor(row, input.signingSecret),
        ...(credentials.verify_token ? { verifyToken: sealFor(row, credentials.verify_token) } : {}),
        channelType: input.channelType,
        assistantId: credentials.assistant_id ?? credentials.agent_id ?? null,
        phoneNumberId: input.phoneNumberId,
        accountId: input.accountId,
        displayPhoneNumber: input.address,
        webhookEvents: ["messages"],
        webhookStatus: "active",
        webhookMetadata: { ...row.webhookMetadata, routingKeys },
        configured: true,
        setupStep: row.setupStep === "credentials" ? input.nextStep : row.setupStep,
        templatesDueAt: null,
        // A token that was entered by hand is no connection's, and nothing is known of its end.
        ...(changed.includes("access_token") ? { connectionId: null, tokenExpiresAt: null, tokenDueAt: null } : {}),
        ...(changed.length > 0 ? { lastErrorAt: null, lastErrorReason: null, lastErrorDetail: null } : {}),
        updatedAt: ctx.clock.now(),
      })
      .where(eq(channelConfigurations.id, channelId));
    await allowSending({ ...ctx, tx }, { channelId });
    if (changed.includes("access_token")) await tokenIsFresh({ ...ctx, tx }, [channelId]);
    // What was refused for another reason waits for its next try, which the change may have made needless.
    if (row.configured && changed.length > 0 && !row.sendingBlocked) {
      await enqueue({ ...ctx, tx }, releaseQueue, { tenantId: row.tenantId, channelId });
    }
    await recordAudit(
      { ...ctx, tx },
      { action: "channel.connect", entityType: "channel", entityId: channelId, data: { changed } },
    );
    channelChanged(tx, row);
  });
}

/**
 * Claims the keys for one channel and lets go of those it no longer wants; its opaque key stays. A key
 * that another tenant holds is refused without saying whose it is. A key further down the list that
 * another channel of the same tenant holds stays there: two numbers share their business account.
 */
async function claimRoutingKeys(
  tx: TenantTx,
  channel: { tenantId: string; id: string },
  keys: string[],
): Promise<void> {
  const mine = eq(channelRoutingKeys.channelId, channel.id);
  await tx
    .delete(channelRoutingKeys)
    .where(and(mine, notLike(channelRoutingKeys.key, "hook:%"), notInArray(channelRoutingKeys.key, keys)));
  await tx
    .insert(channelRoutingKeys)
    .values(keys.map((key) => ({ tenantId: channel.tenantId, key, channelId: channel.id })))
    .onConflictDoNothing();
  const held = await tx.select().from(channelRoutingKeys).where(inArray(channelRoutingKeys.key, keys));
  const ours = new Map(held.map((row) => [row.key, row.channelId]));
  if (ours.get(keys[0] ?? "") !== channel.id || keys.some((key) => !ours.has(key))) {
    throw new DomainError("conflict", "routing_key_taken");
  }
}
