import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "#server/core/clock.ts";
import { systemClock } from "#server/core/clock.ts";
import { isDatabaseAway } from "#db/database-away.ts";
import { findTenants } from "#db/due.ts";
import type { Ctx } from "#server/core/context.ts";
import { publicOrigin } from "#server/core/config.ts";
import { contextFor } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import { log } from "#server/core/log.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
import { defineJob, definePeriodic } from "#server/jobs/define-job.ts";
import type { EventPart, Provider } from "#server/providers/contract.ts";
import { MalformedPost } from "#server/providers/contract.ts";
import { providerNamed } from "#server/providers/registry.ts";
import { openAlert, resolveAlerts } from "#server/domains/alerts/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { channelAccess, openWithItsLike } from "#server/domains/channels/index.ts";
import { applyWebhookLogs } from "./apply-webhook-logs.ts";
import { claimEarlierPosts } from "./claim-earlier-posts.ts";
import { checkLedger } from "./check-ledger.ts";
import { countLogVolumes } from "./count-log-volumes.ts";
import { currentDrain, drainAtOnce, useDrain } from "./current-drain.ts";
import type { SignatureDiagnosis } from "./diagnose-signature.ts";
import { diagnoseSignature } from "./diagnose-signature.ts";
import type { Drain } from "./drain.ts";
import { createDrain } from "./drain.ts";
import { findRefused } from "./find-refused.ts";
import type { WebhookLogDetail } from "./get-webhook-log.ts";
import { getWebhookLog } from "./get-webhook-log.ts";
import { isIntakeBusy } from "./intake-load.ts";
import { replayQueue } from "./queues.ts";
import type { EventReader } from "./read-events.ts";
import { runReplay } from "./run-replay.ts";
import type { ClaimEarlierInput, TestPostInput, WebhookLogRef } from "./schemas.ts";
import { storeTestPost } from "./store-test-post.ts";
import { sweepReplays } from "./sweep-replays.ts";
import { sweepWebhookLogs } from "./sweep-webhook-logs.ts";
import { findStoredPost, routeStoredPost, verifyStoredPost } from "./verify-stored-post.ts";

/** The vendors' side of reading an event. */
export const eventReader: EventReader = {
  parse: (platform, payload, receivedAt) =>
    providerNamed(platform)?.parse(payload, receivedAt) ?? {
      event: { kind: "ignored", why: "unknown provider" },
      unknowns: [],
    },
  routeAgain: async (ctx, row) => {
    const provider = providerNamed(row.platform);
    return provider ? routeStoredPost(ctx, row, provider) : null;
  },
  verifyAgain: async (ctx, row) => {
    const provider = providerNamed(row.platform);
    return provider ? verifyStoredPost(ctx, row, provider) : { ok: false, reason: "not_configured" };
  },
};

/** While posts pour in they are stored first: senders wait for that, and work waits safely in the log. */
const yieldMs = 250;

/** Starts applying events in this process as soon as they are stored. Stop it before the database closes. */
export function startDraining(clock: Clock = systemClock): Drain {
  const drain = createDrain({
    apply: (tenantId, ids) => applyOrLeave(drainContext(tenantId, clock), ids),
    yieldTo: () => (isIntakeBusy() ? wait(yieldMs) : undefined),
  });
  useDrain(drain);
  return {
    ...drain,
    stop: async () => {
      useDrain(undefined);
      await drain.stop();
    },
  };
}

const drainContext = (tenantId: string, clock: Clock) =>
  contextFor(tenantId, { type: "job", name: "webhook-logs" }, clock);

/** With the database away the events stay in the log: the sweep finds them when it is back. */
async function applyOrLeave(ctx: Ctx, ids: string[]): Promise<void> {
  try {
    await applyWebhookLogs(ctx, ids, eventReader);
  } catch (error) {
    if (!isDatabaseAway(error)) log.error({ err: error, tenantId: ctx.tenantId }, "events could not be applied");
  }
}

/**
 * Takes a test post as the provider sends it, or as the older guide wrote it by hand (the number in
 * `entry[].id`, no metadata), and answers what became of each of its events (S3.8).
 */
export async function takeTestPost(
  ctx: Ctx,
  { provider: name, body: text }: TestPostInput,
): Promise<{ logs: WebhookLogDetail[] }> {
  const provider = providerNamed(name);
  if (!provider) throw notFound();
  const path = `/api/${name}/webhook-test`;
  const body = new TextEncoder().encode(text);
  const ids = await storeTestPost(ctx, { provider: name, path, body, parts: await testParts(provider, path, body) });
  await recordAudit(ctx, {
    action: "webhook_log.test",
    entityType: "webhook_log",
    entityId: ids[0] ?? null,
    data: { provider: name, events: ids.length },
  });
  const logs: WebhookLogDetail[] = [];
  for (const id of ids.slice(0, 50)) logs.push(await getWebhookLog(ctx, { id }, { contents: true }));
  return { logs };
}

/** Why the signature of a refused event did not match, as far as its stored bytes tell; null where they do not. */
export async function explainSignature(ctx: Ctx, { id }: WebhookLogRef): Promise<SignatureDiagnosis | null> {
  const { channelId, platform, deliveryId, receivedAt } = await findRefused(ctx, id);
  const provider = providerNamed(platform);
  const post = channelId && provider ? await findStoredPost(ctx, deliveryId) : null;
  if (!post || !channelId || !provider) return null;
  await provider.beforeVerify?.(post);
  const [own, ...like] = await openWithItsLike(ctx, channelId, mostChannelsTried);
  const others = like.map(({ channelId: of, name: channelName, credentials }) => ({
    channelId: of,
    channelName,
    credentials,
  }));
  return diagnoseSignature(provider, { post, receivedAt, credentials: own?.credentials ?? {}, others });
}

/** Puts events to work that came to the provider's common address before the channel was connected. */
export async function claimEarlier(ctx: Ctx, { channelId }: ClaimEarlierInput): Promise<{ events: number }> {
  const channel = await channelAccess(ctx, channelId);
  const provider = providerNamed(channel.provider);
  if (!provider || provider.openMailbox) return { events: 0 };
  return { events: await claimEarlierPosts(ctx, { channelId, credentials: channel.credentials }, provider) };
}

/** Each costs a hash of the post. */
const mostChannelsTried = 20;

async function testParts(provider: Provider, path: string, body: Uint8Array): Promise<EventPart[]> {
  try {
    // The older shape names no number where the provider does; a post of today's shape reads the same either way.
    return provider.splitTest?.(body) ?? (await provider.split({ url: publicOrigin() + path, headers: {}, body }));
  } catch (error) {
    if (error instanceof MalformedPost) throw new DomainError("invalid", "malformed", { cause: error });
    throw error;
  }
}

/** What a crash left behind, and what waits for another try. */
export const sweepWebhookLogsJob = definePeriodic({
  name: "sweep webhook logs",
  everyMs: 2_000,
  run: async ({ clock, signal }) => {
    const drain = currentDrain();
    while (drain && !signal.aborted && (await sweepWebhookLogs(drain, clock.now())) > 0) await drain.emptied();
  },
});

/** Works through a replay for a while, behind what comes in live. */
export const replayJob = defineJob({
  queue: replayQueue,
  concurrency: 2,
  handler: ({ tenantId, ...baton }, { clock, signal }) => runReplay(drainContext(tenantId, clock), baton, signal),
});

/** A replay whose worker died goes on where it stood. */
export const sweepReplaysJob = definePeriodic({
  name: "sweep replays",
  everyMs: 5_000,
  run: ({ clock }) => sweepReplays(clock, (tenantId) => drainContext(tenantId, clock)),
});

/** Quarters of every tenant that are over are counted, and those that changed are counted again. */
export const countLogVolumesJob = definePeriodic({
  name: "count log volumes",
  everyMs: 60_000,
  run: async ({ clock, signal }) => {
    const count = async (tenantId: string) => {
      while (!signal.aborted && (await countLogVolumes(drainContext(tenantId, clock))));
    };
    await inTurn(await findTenants(), count, signal);
  },
});

/**
 * Every tenant's ledger of yesterday, once a night: what was left without an end is put to work again, wrong
 * counts are made anew, and what cannot be mended is told.
 */
export const checkLedgersJob = definePeriodic({
  name: "check ledgers",
  everyMs: 900_000,
  run: async ({ clock, signal }) => {
    await inTurn(await findTenants(), (tenantId) => mendLedger(drainContext(tenantId, clock)), signal);
  },
});

/** Checks a tenant's ledger, unless it was, and mends what it can. */
export async function mendLedger(ctx: Ctx, options: { again?: boolean } = {}): Promise<void> {
  const check = await checkLedger(ctx, options);
  if (!check) return;
  drainAtOnce(ctx.tenantId, check.unsettled);
  const alert = { kind: "ledger_gap", channelId: null } as const;
  if (check.missing === 0) return resolveAlerts(ctx, { kinds: [alert.kind], channelIds: [null] });
  const data = { day: check.day.toISOString(), missing: check.missing };
  await openAlert(ctx, { ...alert, severity: "critical", data });
}
