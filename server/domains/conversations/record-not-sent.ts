import { eq, inArray, and } from "drizzle-orm";
import { messages } from "#db/schema/messages.ts";
import { customerCommunicationPreferences as preferences } from "#db/schema/customers.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { ChannelErrorReason } from "#server/domains/channels/index.ts";
import { blockSending, recordChannelHealth } from "#server/domains/channels/index.ts";
import { doubtConnection } from "#server/domains/platform-connections/index.ts";
import { readTemplatesSoon } from "#server/domains/templates/index.ts";
import { conversationChanged, threadChanged } from "./conversation-changed.ts";

/** Why a provider did not take a message: what it said, and what that allows next. */
export interface SendRefusal {
  class: "retry" | "slow" | "permanent" | "opted_out" | "window" | "template" | "channel";
  code: string;
  text: string;
  /** The provider's own wish. */
  retryAfterMs?: number;
}

/** Tries, the first included, before a passing refusal is taken for a lasting one. */
const mostAttempts = { retry: 6, slow: 8 };
const firstDelayMs = { retry: 3_000, slow: 60_000 };
const longestDelayMs = 15 * 60_000;

/**
 * The provider refused the message. A passing refusal leaves it `pending` and answers how long to wait;
 * a lasting one makes it `failed` with the reason, and an opt-out is remembered as the customer's consent.
 * Refused credentials block the channel: the message waits with the others. Null: do not try again.
 */
export async function recordRefused(
  ctx: Ctx,
  messageId: string,
  refusal: SendRefusal,
): Promise<{ retryAfterMs: number } | null> {
  return withTenant(ctx, async (tx) => {
    const [message] = await tx.select().from(messages).where(eq(messages.id, messageId)).for("update");
    if (!message || !isOpen(message.status)) return null;
    const now = ctx.clock.now();
    const retryAfterMs = delayOf(refusal, message.attempts);
    const blocks = refusal.class === "channel";
    const failed = { status: "failed" as const, failedAt: now, data: { ...message.data, refusal: refusal.class } };
    await tx
      .update(messages)
      .set({
        sending: false,
        errorCode: refusal.code.slice(0, 100),
        errorMessage: refusal.text.slice(0, 1000),
        updatedAt: now,
        ...(retryAfterMs === null && !blocks ? failed : { status: "pending" as const }),
      })
      .where(eq(messages.id, messageId));
    if (refusal.class === "template") await readTemplatesSoon({ ...ctx, tx }, message);
    if (refusal.class === "opted_out") await rememberOptOut(tx, message, now);
    if (blocks) {
      const detail = `${refusal.code}: ${refusal.text}`;
      const reason = refusal.code === "smtp_login_refused" ? refusal.code : "credentials_refused";
      await blockSending({ ...ctx, tx }, { channelId: message.channelId, reason, detail });
      await doubtConnection({ ...ctx, tx }, { channelId: message.channelId });
    }
    await noteServer({ ...ctx, tx }, message, refusal);
    conversationChanged(tx, message.conversationId);
    threadChanged(tx, message.conversationId);
    return retryAfterMs === null ? null : { retryAfterMs };
  });
}

/** Nobody knows whether the provider took it: `unknown` until a status event says so. Never sent again by itself. */
export async function recordUnknown(ctx: Ctx, messageId: string, text: string): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [message] = await tx
      .update(messages)
      .set({ status: "unknown", sending: false, errorMessage: text.slice(0, 1000), updatedAt: ctx.clock.now() })
      .where(and(eq(messages.id, messageId), inArray(messages.status, ["pending", "unknown"])))
      .returning();
    if (!message) return;
    conversationChanged(tx, message.conversationId);
    threadChanged(tx, message.conversationId);
  });
}

/** What keeps a mail server from being worked with is the channel's trouble, not the message's. */
const ofServer: Readonly<Record<string, ChannelErrorReason>> = {
  host_not_found: "smtp_host_not_found",
  host_private: "smtp_host_private",
  connection_refused: "smtp_connection_refused",
  certificate_expired: "smtp_certificate",
  certificate_name: "smtp_certificate",
  certificate_untrusted: "smtp_certificate",
  tls_failed: "smtp_tls_failed",
};

async function noteServer(ctx: Ctx, message: typeof messages.$inferSelect, refusal: SendRefusal): Promise<void> {
  const reason = ofServer[refusal.code];
  // A server that turns one connection away is no news; a wrong name or certificate does not mend itself.
  if (!reason || (reason === "smtp_connection_refused" && message.attempts < 2)) return;
  await recordChannelHealth(ctx, { channelId: message.channelId, error: { reason, detail: refusal.text } });
}

/** A status event may have spoken first: what it said stands. */
function isOpen(status: string): boolean {
  return status === "pending" || status === "unknown";
}

function delayOf(refusal: SendRefusal, attempts: number): number | null {
  if (refusal.class !== "retry" && refusal.class !== "slow") return null;
  if (attempts >= mostAttempts[refusal.class]) return null;
  const doubled = firstDelayMs[refusal.class] * 2 ** (attempts - 1);
  return Math.min(Math.max(doubled, refusal.retryAfterMs ?? 0), longestDelayMs);
}

const enabledColumns = {
  whatsapp: "whatsappEnabled",
  sms: "smsEnabled",
  instagram: "instagramEnabled",
  email: "emailEnabled",
  phone: "phoneEnabled",
} as const;

async function rememberOptOut(tx: TenantTx, message: typeof messages.$inferSelect, now: Date): Promise<void> {
  const refused = { [enabledColumns[message.channelType]]: false, updatedAt: now };
  await tx
    .insert(preferences)
    .values({ tenantId: message.tenantId, customerId: message.customerId, ...refused })
    .onConflictDoUpdate({ target: [preferences.tenantId, preferences.customerId], set: refused });
}
