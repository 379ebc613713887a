import { publish } from "#db/live.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { type WrittenTo, writeToCustomer } from "#server/domains/outreach/index.ts";
import { manageLink } from "#server/domains/public-booking/index.ts";
import type { OwedMessage } from "./find-owed.ts";
import { findOwed } from "./find-owed.ts";
import type { MessageValues, WordedKind } from "./message-kinds.ts";
import { asking } from "./message-kinds.ts";
import { timingOf } from "./message-hours.ts";
import type { MessageKind, MessageReason } from "./plan-messages.ts";
import { answerLineIn, fillMessage, languageOf, subjectIn, textIn } from "./word-message.ts";
import { wordTime } from "./word-time.ts";

/** For how long after a message `1` and `2` answer it, if the appointment does not begin before. */
const answerableMs = 48 * 60 * 60_000;
const answeredBy: ReadonlySet<string> = new Set(["sms", "whatsapp"]);

/**
 * Sends what is due of an appointment by a message in an outbox like any other, or puts it off to the end of quiet hours, or notes
 * why not. Everything is looked at as it is now, and written in one transaction: done again, it finds nothing to do.
 */
export async function sendAppointmentMessage(ctx: Ctx, messageId: string): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const now = ctx.clock.now();
    const owed = await findOwed(tx, messageId, now);
    if (!owed) return;
    tx.afterCommit(() => publish(ctx.tenantId, "appointments", [owed.appointmentId]));
    if (owed.reason) return leaveOut(tx, owed, owed.reason, now);
    const timing = timingOf(owed, { zone: owed.timezone, from: owed.sendFrom, until: owed.sendUntil }, now);
    if ("reason" in timing) return leaveOut(tx, owed, timing.reason, now);
    if (timing.at > now) return putOff(tx, owed, timing.at, now);
    const written = await writeToCustomer(ctx, tx, wordsFor(ctx.tenantId, owed));
    if (typeof written === "string") return leaveOut(tx, owed, written, now);
    await noteSent(tx, owed, written, now);
  });
}

/** What a calendar program should learn of; reminders say nothing new to it. */
const forCalendars: ReadonlySet<MessageKind> = new Set(["confirmation", "change", "cancellation"]);

function wordsFor(tenantId: string, owed: OwedMessage) {
  const language = languageOf(owed.language);
  const values = valuesFor(tenantId, owed);
  const text = fillMessage(textIn(language, owed.kind as WordedKind | "move_link", owed), values);
  const asks = (channelType: string) => owed.only && asking.has(owed.kind) && answeredBy.has(channelType);
  return {
    ...owed,
    agreedOn: owed.conversationChannelId,
    subject: subjectIn(language, owed.business),
    textOn: (channelType: string) => (asks(channelType) ? `${text}\n${answerLineIn(language)}` : text),
    values,
    idempotencyKey: `appointment:${owed.id}`,
    appointmentId: owed.appointmentId,
    calendar: forCalendars.has(owed.kind) ? language : null,
  };
}

function valuesFor(tenantId: string, owed: OwedMessage): MessageValues {
  const zones = { zone: owed.timezone, customerZone: owed.customerTimezone };
  const { date, time } = wordTime(languageOf(owed.language), owed.startsAt, zones);
  return {
    "customer.first_name": owed.firstName,
    "customer.name": owed.customerName,
    "business.name": owed.business,
    service: owed.service,
    date,
    time,
    member: owed.member,
    place: owed.place,
    link: manageLink({ tenantId, slug: owed.slug, appointmentId: owed.appointmentId }),
  };
}

/** Which column of the appointment tells older programs that it was sent. */
const notedOn: Partial<Record<MessageKind, string>> = {
  confirmation: "confirmation_sent_at",
  reminder_24h: "reminder_24h_sent_at",
  reminder_1h: "reminder_1h_sent_at",
};

async function noteSent(
  tx: TenantTx,
  owed: OwedMessage,
  { messageId, conversationId, channelType }: WrittenTo,
  now: Date,
) {
  const asks = owed.only && asking.has(owed.kind) && answeredBy.has(channelType);
  const until = asks ? new Date(Math.min(now.getTime() + answerableMs, owed.startsAt.getTime())) : null;
  await tx.raw.unsafe(
    `with said as (
       -- The message's own instant: whatever is said there after it ends the wait for a bare answer.
       select occurred_at from messages where tenant_id = $1 and id = $3::uuid
     ), listened as (
       update conversations set appointment_until = $6::timestamptz
        where tenant_id = $1 and id = $4::uuid and $6::timestamptz is not null
     )
     update appointment_messages
        set status = 'sent', message_id = $3::uuid, conversation_id = $4::uuid, channel_type = $5, answerable_until = $6::timestamptz,
            due_at = $7::timestamptz, sent_at = (select occurred_at from said), updated_at = $7::timestamptz
      where tenant_id = $1 and id = $2::uuid`,
    [tx.tenantId, owed.id, messageId, conversationId, channelType, until, now] as never[],
    { prepare: true },
  );
  const column = notedOn[owed.kind];
  if (!column) return;
  await tx.raw.unsafe(
    `update appointments set ${column} = coalesce(${column}, $3::timestamptz) where tenant_id = $1 and id = $2::uuid`,
    [tx.tenantId, owed.appointmentId, now] as never[],
    { prepare: true },
  );
}

async function leaveOut(tx: TenantTx, { id }: OwedMessage, reason: MessageReason, now: Date): Promise<void> {
  await tx.raw.unsafe(
    "update appointment_messages set status = 'not_sent', reason = $3, updated_at = $4::timestamptz where tenant_id = $1 and id = $2::uuid",
    [tx.tenantId, id, reason, now] as never[],
    { prepare: true },
  );
}

async function putOff(tx: TenantTx, { id }: OwedMessage, dueAt: Date, now: Date): Promise<void> {
  await tx.raw.unsafe(
    "update appointment_messages set due_at = $3::timestamptz, updated_at = $4::timestamptz where tenant_id = $1 and id = $2::uuid",
    [tx.tenantId, id, dueAt, now] as never[],
    { prepare: true },
  );
}
