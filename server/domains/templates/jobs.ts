import type { Ctx } from "#server/core/context.ts";
import { contextFor } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { log } from "#server/core/log.ts";
import { channelAccess } from "#server/domains/channels/index.ts";
import { defineJob, definePeriodic } from "#server/jobs/define-job.ts";
import { providerNamed } from "#server/providers/registry.ts";
import { syncQueue } from "./queues.ts";
import type { SyncTemplatesInput } from "./schemas.ts";
import { storeTemplates } from "./store-templates.ts";
import { sweepTemplates } from "./sweep-templates.ts";

const jobContext = (tenantId: string, clock: Ctx["clock"]) =>
  contextFor(tenantId, { type: "job", name: syncQueue.name }, clock);

/** Reads a channel's templates. A refusal is for the admin, who is told when they ask for it themselves. */
export const syncTemplatesJob = defineJob({
  queue: syncQueue,
  concurrency: 2,
  handler: async ({ tenantId, channelId }, { clock }) => {
    try {
      await syncTemplates(jobContext(tenantId, clock), { channelId });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      log.info({ tenantId, channelId, reason: error.reason }, "templates were not read");
    }
  },
});

/** A channel just connected, one that an event spoke of, and each one every few hours. */
export const sweepTemplatesJob = definePeriodic({
  name: "sweep templates",
  everyMs: 20_000,
  run: ({ clock }) => sweepTemplates(clock, (tenantId) => jobContext(tenantId, clock)),
});

/**
 * Reads a channel's templates from its provider and keeps them. Refused with `templates_refused` when the
 * token may not see them, `templates_unreachable` when the provider did not answer.
 */
export async function syncTemplates(ctx: Ctx, { channelId }: SyncTemplatesInput): Promise<{ count: number }> {
  const access = await channelAccess(ctx, channelId);
  const provider = providerNamed(access.provider);
  if (!access.configured) throw new DomainError("not_configured");
  const listed = await provider?.listTemplates?.(access);
  if (listed === undefined) {
    await storeTemplates(ctx, { channelId, templates: [] });
    return { count: 0 };
  }
  if (listed.outcome === "ok") {
    await storeTemplates(ctx, { channelId, templates: listed.value });
    return { count: listed.value.length };
  }
  const passes = listed.outcome === "unknown" || listed.class === "retry" || listed.class === "slow";
  throw passes
    ? new DomainError("unavailable", "templates_unreachable")
    : new DomainError("conflict", "templates_refused");
}
