import { eq } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { messages } from "#db/schema/messages.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { invalid, notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { canonicalPhone } from "#server/core/phones.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { resolveCustomers } from "#server/domains/customers/index.ts";
import type { ChannelType, PersonRef } from "#server/providers/contract.ts";
import { findReplyable } from "./find-replyable.ts";
import { placeMessages } from "./place-messages.ts";
import type { SendToAddressInput } from "./schemas.ts";
import type { WrittenMessage } from "./write-message.ts";
import { writeOutgoing } from "./write-message.ts";

export interface SentToAddress extends WrittenMessage {
  conversationId: string;
}

/**
 * Writes to an address through a channel: the person is found or made, their conversation found or
 * opened, and the message waits in the outbox like any other. The same rules hold as for an answer
 * (`window_closed`, `opted_out`, `channel_paused` …); the same idempotency key writes once.
 */
export async function sendToAddress(ctx: Ctx, input: SendToAddressInput): Promise<SentToAddress> {
  const { channelId, to, text, subject, idempotencyKey } = input;
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const before = await findByKey(tx, idempotencyKey);
    if (before) return before;
    const [channel] = await tx
      .select({ type: channelConfigurations.channelType })
      .from(channelConfigurations)
      .where(eq(channelConfigurations.id, channelId));
    if (!channel) throw notFound();
    const person = personAt(channel.type, to);
    const occurredAt = ctx.clock.now();
    const people = await resolveCustomers(inner, [{ key: "to", person, channelType: channel.type, occurredAt }]);
    const [place] = await placeMessages(inner, [
      {
        ...people.get("to")!,
        channelId,
        channelType: channel.type,
        person,
        occurredAt,
        ...(channel.type === "email" ? newMailThread(to, subject ?? null) : {}),
      },
    ]);
    const { conversationId } = place!;
    const written = await writeOutgoing(inner, await findReplyable(tx, conversationId), {
      text,
      replyToExternalId: null,
      idempotencyKey,
      ...(subject ? { mail: { subject } } : {}),
    });
    if (written.created) {
      await recordAudit(inner, {
        action: "channel.send",
        entityType: "conversation",
        entityId: conversationId,
        data: { channelId, messageId: written.messageId },
      });
    }
    return { ...written, conversationId };
  });
}

async function findByKey(tx: TenantTx, idempotencyKey: string): Promise<SentToAddress | null> {
  const [known] = await tx
    .select({ messageId: messages.id, conversationId: messages.conversationId })
    .from(messages)
    .where(eq(messages.idempotencyKey, idempotencyKey));
  return known ? { ...known, created: false } : null;
}

/** Who has an address on a channel of this type. Throws `invalid` for one that nobody can have there. */
function personAt(type: ChannelType, to: string): PersonRef {
  const identities = (kind: PersonRef["identities"][number]["kind"], value: string) => [{ kind, value, raw: to }];
  if (type === "email" && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(to)) {
    return { identities: identities("email", to.toLowerCase()), name: null };
  }
  if (type === "instagram" && /^\d{5,25}$/.test(to)) return { identities: identities("instagram_id", to), name: null };
  if (type === "whatsapp" && /^[A-Z]{2}\.\w{4,100}$/.test(to)) {
    return { identities: identities("whatsapp_user_id", to), name: null };
  }
  const phone = type === "whatsapp" || type === "sms" ? canonicalPhone(to) : null;
  if (!phone) throw invalid({ to: "cannot_write_there" });
  return { identities: identities("phone", phone), name: null };
}

/** A mail to an address begins a thread of its own. */
function newMailThread(to: string, subject: string | null) {
  return {
    messageId: newId(),
    direction: "out" as const,
    thread: { subject, references: [], token: null, participants: [to.toLowerCase()], automatic: false },
  };
}
