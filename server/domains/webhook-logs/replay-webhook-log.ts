import { eq, sql } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { channelConfigurations } from "#db/schema/channels.ts";
import { userProfiles } from "#db/schema/tenants.ts";
import { webhookLogs } from "#db/schema/webhooks.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { missingLog } from "#server/domains/log-retention/index.ts";
import { askForRecount } from "./ask-for-recount.ts";
import { drainAtOnce } from "./current-drain.ts";
import type { WebhookReason, WebhookStatus } from "./ingest-posts.ts";
import { unreadableReasons, unverifiedReasons } from "./replayable.ts";
import type { WebhookLogRef } from "./schemas.ts";

export interface Replayed {
  /** `unchanged`: it had become what it should already. */
  outcome: "replaying" | "unchanged";
}

/**
 * Puts an event to work again. A refused one is verified once more from its stored bytes; one that
 * succeeded stays as it is. The trace of who asked is kept either way.
 */
export async function replayWebhookLog(ctx: Ctx, { id }: WebhookLogRef): Promise<Replayed> {
  const { status, reason, channelId, erasedAt } = webhookLogs;
  return withTenant(ctx, async (tx) => {
    const [row] = await tx
      .select({ status, reason, channelId, erasedAt })
      .from(webhookLogs)
      .where(eq(webhookLogs.id, id))
      .for("update");
    if (!row) throw await missingLog({ ...ctx, tx }, id);
    const changes = isSettled(row.status) ? null : await againFor(tx, row);
    const by = await nameOf(ctx, tx);
    const attempt = {
      at: ctx.clock.now().toISOString(),
      ms: 0,
      outcome: changes ? "replayed" : "unchanged",
      ...(by ? { by } : {}),
    };
    await tx
      .update(webhookLogs)
      .set({ ...changes, attemptLog: sql`${webhookLogs.attemptLog} || ${JSON.stringify(attempt)}::jsonb` })
      .where(eq(webhookLogs.id, id));
    if (changes) await askForRecount(tx, [id], ctx.clock.now());
    await recordAudit(
      { ...ctx, tx },
      {
        action: "webhook_log.replay",
        entityType: "webhook_log",
        entityId: id,
        data: { status: row.status, reason: row.reason },
      },
    );
    tx.afterCommit(() => {
      publish(ctx.tenantId, "webhook_logs", [id]);
      if (changes) drainAtOnce(ctx.tenantId, [id]);
    });
    return { outcome: changes ? "replaying" : "unchanged" };
  });
}

function isSettled(status: WebhookStatus): boolean {
  return status === "processed" || status === "duplicate";
}

async function againFor(
  tx: TenantTx,
  row: { reason: WebhookReason | null; channelId: string | null; erasedAt: Date | null },
) {
  if (row.erasedAt) throw new DomainError("conflict", "not_replayable");
  if (row.reason && unreadableReasons.includes(row.reason)) throw new DomainError("conflict", "not_replayable");
  // Of no channel of ours: nothing says with whose secret it should be checked.
  if (row.reason === "unknown_account" && !row.channelId) throw new DomainError("conflict", "not_replayable");
  if (row.reason === "channel_paused" && !(await isEnabled(tx, row.channelId))) throw new DomainError("channel_paused");
  const keepsReason = row.reason !== null && unverifiedReasons.includes(row.reason);
  return { status: "received" as const, nextAttemptAt: null, ...(keepsReason ? {} : { reason: null }) };
}

async function isEnabled(tx: TenantTx, channelId: string | null): Promise<boolean> {
  if (!channelId) return false;
  const { enabled, id } = channelConfigurations;
  const [channel] = await tx.select({ enabled }).from(channelConfigurations).where(eq(id, channelId));
  return channel?.enabled ?? false;
}

export async function nameOf(ctx: Ctx, tx: TenantTx): Promise<string | null> {
  const userId = memberId(ctx);
  if (!userId) return null;
  const [profile] = await tx
    .select({ name: userProfiles.displayName })
    .from(userProfiles)
    .where(eq(userProfiles.userId, userId));
  return profile?.name ?? null;
}
