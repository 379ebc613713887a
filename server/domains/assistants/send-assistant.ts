import { and, eq } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { assistantVersions as versions } from "#db/schema/assistants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { refusalReason, sealOf, wantedOf } from "./compare-assistant.ts";
import { openAssistant } from "./jobs.ts";
import { currentVersion } from "./read-versions.ts";
import type { SendAssistantInput } from "./schemas.ts";

export interface AssistantSent {
  /** null: the provider took it. Else why it did not, and its own words. */
  refused: { reason: string; detail: string } | null;
}

/**
 * Gives the provider what was shown. `conflict` where the definition or what the provider has is another by now: the differences are to be
 * looked at again. What the provider refuses is kept nowhere and said.
 */
export async function sendAssistant(ctx: Ctx, { channelId, number, seen }: SendAssistantInput): Promise<AssistantSent> {
  const { access, client } = await openAssistant(ctx, channelId);
  const current = await withTenant(ctx, (tx) => currentVersion(tx, channelId));
  if (current?.number !== number) throw new DomainError("conflict", "assistant_changed");
  const found = await client.read(access);
  if (found.outcome === "ok" && (found.value === null || sealOf(found.value) !== seen))
    throw new DomainError("conflict", "assistant_changed");
  const written =
    found.outcome === "ok" ? await client.write(access, wantedOf(current.definition, access.webhookUrl)) : found;
  if (written.outcome !== "ok") {
    const reason = written.outcome === "unknown" ? "provider_unreachable" : refusalReason(written);
    return { refused: { reason, detail: written.text } };
  }
  await withTenant(ctx, async (tx) => {
    await tx
      .update(versions)
      .set({ sentAt: ctx.clock.now(), sentBy: memberId(ctx) })
      .where(and(eq(versions.tenantId, ctx.tenantId), eq(versions.channelId, channelId), eq(versions.number, number)));
    await recordAudit(
      { ...ctx, tx },
      { action: "assistant.send", entityType: "channel", entityId: channelId, data: { version: number } },
    );
    tx.afterCommit(() => publish(ctx.tenantId, "channels", [channelId]));
  });
  return { refused: null };
}
