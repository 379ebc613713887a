import { and, eq, gte, max } from "drizzle-orm";
import { mailFolders } from "#db/schema/mail.ts";
import { webhookLogs } from "#db/schema/webhooks.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { firstIdAt, newToken } from "#server/core/ids.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { CheckLine } from "#server/providers/contract.ts";
import { allowSending } from "./block-sending.ts";
import { findChannel } from "./find-channel.ts";
import { askProvider, openChannel, providerOf } from "./jobs.ts";
import { keepTest } from "./last-test.ts";
import { outboundLine } from "./outbound-test.ts";
import type { TestChannelInput } from "./schemas.ts";

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
export async function testChannel(ctx: Ctx, { channelId, sendTo }: TestChannelInput): Promise<ChannelTest> {
  const row = await findChannel(ctx, channelId);
  if (!row.configured) throw new DomainError("not_configured");
  const provider = providerOf(row.provider);
  const posts = provider.webhookEntries?.length !== 0;
  const [checked, inbound, sent] = await Promise.all([
    askProvider(row),
    posts ? inboundLines(ctx, channelId) : mailboxLines(ctx, channelId),
    sendTo && provider.sends !== false ? [outboundLine(provider, openChannel(row), row.channelType, sendTo)] : [],
  ]);
  const lines = [reachedLine(checked), ...checked, ...inbound, ...(await Promise.all(sent))];
  const failed = lines.filter((line) => line.result === "fail").map(({ check, reason }) => ({ check, reason }));
  const passed = failed.length === 0;
  await keepTest(ctx, channelId, failed);
  await recordAudit(ctx, {
    action: "channel.test",
    entityType: "channel",
    entityId: channelId,
    data: { passed, failed: failed.map((line) => line.check) },
  });
  // The provider takes the credentials again: nothing stands in the way of what waits.
  if (lines.some(({ check, result }) => (check === "credential" || check === "smtp_login") && result === "pass"))
    await allowSending(ctx, { channelId });
  return { lines, passed };
}

/** Reachable unless nothing that was asked got an answer. */
function reachedLine(checked: CheckLine[]): CheckLine {
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
  if (!found) return [reached, line("inbound", "fail", "event_not_seen", null)];
  const refused = found.status === "rejected";
  return [
    reached,
    line("signature", refused ? "fail" : "pass", refused ? (found.reason ?? "handler_error") : null, null),
    refused ? line("inbound", "unknown", "not_checked", found.id) : line("inbound", "pass", null, found.id),
  ];
}

const readWithin = 15 * 60_000;

/** Nothing is posted to us: whether the mailbox was read lately says whether mail comes in. */
async function mailboxLines(ctx: Ctx, channelId: string): Promise<CheckLine[]> {
  const [read] = await withTenant(ctx, (tx) =>
    tx
      .select({ at: max(mailFolders.checkedAt) })
      .from(mailFolders)
      .where(eq(mailFolders.channelId, channelId)),
  );
  if (!read?.at) return [line("mailbox", "unknown", "mailbox_not_read_yet", null)];
  const lately = ctx.clock.now().getTime() - read.at.getTime() < readWithin;
  return [line("mailbox", lately ? "pass" : "fail", lately ? null : "mailbox_not_read", read.at.toISOString())];
}

function line(check: string, result: CheckLine["result"], reason: string | null, detail: string | null): CheckLine {
  return { check, result, reason, detail };
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
