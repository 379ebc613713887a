import { and, eq, gte } from "drizzle-orm";
import { webhookLogs } from "#db/schema/webhooks.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { firstIdAt, newToken } from "#server/core/ids.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { CheckLine } from "#server/providers/contract.ts";
import { findChannel } from "./find-channel.ts";
import { openChannel, providerOf } from "./jobs.ts";
import type { ChannelRef } from "./schemas.ts";
import { updateChannel } from "./update-channel.ts";
import { webhookUrlOf } from "./webhook-address.ts";

export interface ChannelTest {
  lines: CheckLine[];
  /** False when at least one line failed; lines that nobody can decide do not count. */
  passed: boolean;
}

const seenWithin = 5_000;
const lookEvery = 100;

/**
 * The test checklist: what the provider says of the credentials, whether it can be reached, and whether
 * a signed event posted to our public address comes out of the log as this channel's.
 */
export async function testChannel(ctx: Ctx, { channelId }: ChannelRef): Promise<ChannelTest> {
  const row = await findChannel(ctx, channelId);
  if (!row.configured) throw new DomainError("not_configured");
  const provider = providerOf(row.provider);
  const webhookUrl = webhookUrlOf(row);
  const [checked, inbound] = await Promise.all([
    provider.check(openChannel(row), { webhookUrl }),
    inboundLines(ctx, channelId),
  ]);
  const lines = [outboundLine(checked), ...checked, ...inbound];
  const passed = lines.every((line) => line.result !== "fail");
  await recordAudit(ctx, {
    action: "channel.test",
    entityType: "channel",
    entityId: channelId,
    data: { passed, failed: lines.filter((line) => line.result === "fail").map((line) => line.check) },
  });
  if (passed) await updateChannel(ctx, { channelId, setupStep: "routing" });
  return { lines, passed };
}

/** Reachable unless nothing that was asked got an answer. */
function outboundLine(checked: CheckLine[]): CheckLine {
  const away = checked.length > 0 && checked.every((line) => line.reason === "provider_unreachable");
  return away
    ? { check: "outbound", result: "fail", reason: "provider_unreachable", detail: checked[0]?.detail ?? null }
    : { check: "outbound", result: "pass", reason: null, detail: null };
}

/** Posts a signed test event to our own public address as the provider would, and looks for it in the log. */
async function inboundLines(ctx: Ctx, channelId: string): Promise<CheckLine[]> {
  const row = await findChannel(ctx, channelId);
  const provider = providerOf(row.provider);
  const access = openChannel(row);
  const post = provider.testPost(access, access.webhookUrl, newToken(12));
  const [event] = await provider.split(post);
  const since = firstIdAt(Date.now() - 60_000);
  const answer = await fetch(post.url, {
    method: "POST",
    headers: post.headers,
    body: new Uint8Array(post.body),
    redirect: "manual",
    signal: AbortSignal.timeout(seenWithin),
  }).catch((error: unknown) => String(error instanceof Error ? (error.cause ?? error.message) : error));
  if (typeof answer === "string")
    return [{ check: "public_address", result: "fail", reason: "address_unreachable", detail: answer }];
  const reached: CheckLine = answer.ok
    ? { check: "public_address", result: "pass", reason: null, detail: new URL(post.url).origin }
    : { check: "public_address", result: "fail", reason: "address_refused", detail: `HTTP ${answer.status}` };
  const found = await lookFor(ctx, channelId, event?.dedupeKey ?? "", since);
  if (!found) return [reached, { check: "inbound", result: "fail", reason: "event_not_seen", detail: null }];
  const rejected = found.status === "rejected";
  return [
    reached,
    {
      check: "inbound",
      result: rejected ? "fail" : "pass",
      reason: rejected ? (found.reason ?? "handler_error") : null,
      detail: found.id,
    },
  ];
}

async function lookFor(ctx: Ctx, channelId: string, dedupeKey: string, since: string) {
  const { id, status, reason } = webhookLogs;
  const isIt = and(gte(id, since), eq(webhookLogs.channelId, channelId), eq(webhookLogs.dedupeKey, dedupeKey));
  for (let waited = 0; waited <= seenWithin; waited += lookEvery) {
    const [found] = await withTenant(ctx, (tx) =>
      tx.select({ id, status, reason }).from(webhookLogs).where(isIt).limit(1),
    );
    if (found && found.status !== "received") return found;
    await new Promise((done) => setTimeout(done, lookEvery));
  }
  return null;
}
