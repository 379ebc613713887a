import { byTenant } from "#db/due.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { contextFor } from "#server/core/context.ts";
import { log } from "#server/core/log.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
import { channelAccess } from "#server/domains/channels/index.ts";
import { defineJob, definePeriodic } from "#server/jobs/define-job.ts";
import { providerNamed } from "#server/providers/registry.ts";
import { findMissedCalls, followUpCalls } from "./follow-up.ts";
import { askQueue } from "./queues.ts";
import type { SilentCall } from "./silent-calls.ts";
import { findSilentCalls, giveUpCall, recordAnswer, takeSilentCalls } from "./silent-calls.ts";

/** Asks providers what became of calls whose events stopped coming. */
export const reconcileCallsJob = definePeriodic({
  name: "reconcile calls",
  everyMs: 60_000,
  run: ({ clock }) => reconcileCalls(clock),
});

/** Asks about one call at once, because a member wants to know. */
export const askAboutCallJob = defineJob({
  queue: askQueue,
  concurrency: 2,
  handler: ({ tenantId, callId }, { clock }) => reconcileIn(jobContext(tenantId, clock), [callId]),
});

/** Tells rules of missed calls that nobody has called back. */
export const followUpCallsJob = definePeriodic({
  name: "follow up missed calls",
  everyMs: 30_000,
  run: ({ clock }) => followUpMissedCalls(clock),
});

const jobContext = (tenantId: string, clock: Clock) =>
  contextFor(tenantId, { type: "job", name: reconcileCallsJob.name }, clock);

/** One round, tenant after tenant. */
export async function followUpMissedCalls(clock: Clock): Promise<void> {
  await inTurn(byTenant(await findMissedCalls(clock)), ([tenantId, callIds]) =>
    followUpCalls(contextFor(tenantId, { type: "job", name: followUpCallsJob.name }, clock), callIds),
  );
}

/** One round. Channels are asked side by side: one that does not answer holds up no other. */
export async function reconcileCalls(clock: Clock): Promise<void> {
  await inTurn(byTenant(await findSilentCalls(clock)), ([tenantId, callIds]) =>
    reconcileIn(jobContext(tenantId, clock), callIds),
  );
}

async function reconcileIn(ctx: Ctx, callIds: readonly string[]): Promise<void> {
  const calls = await takeSilentCalls(ctx, callIds);
  const channels = [...Map.groupBy(calls, ({ channelId }) => channelId).values()];
  await Promise.all(channels.map((ofChannel) => askChannel(ctx, ofChannel)));
}

/** Asks one channel's provider about its calls. After one that goes unanswered the others wait for their next look. */
async function askChannel(ctx: Ctx, calls: readonly SilentCall[]): Promise<void> {
  const access = await channelAccess(ctx, calls[0]!.channelId).catch(() => null);
  const provider = access && providerNamed(access.provider);
  for (const call of calls) {
    if (!access || !provider?.fetchCall) {
      await giveUpCall(ctx, call, true);
      continue;
    }
    const found = await provider.fetchCall(access, call.externalId);
    if (found.outcome !== "ok") {
      log.info(
        { tenantId: ctx.tenantId, channelId: call.channelId, text: found.text },
        "a call could not be asked about",
      );
      await Promise.all(calls.map((one) => giveUpCall(ctx, one, true)));
      return;
    }
    const event = found.value && provider.parse(found.value, call.startedAt).event;
    if (event?.kind === "call") await recordAnswer(ctx, call, event);
    await giveUpCall(ctx, call, found.value !== null);
  }
}
