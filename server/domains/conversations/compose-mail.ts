import { and, desc, eq, isNotNull, lte, sql } from "drizzle-orm";
import { channelConfigurations as channels } from "#db/schema/channels.ts";
import { conversations } from "#db/schema/conversations.ts";
import { messages } from "#db/schema/messages.ts";
import { mailBodies } from "#db/schema/mail.ts";
import { tenants, userProfiles } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { fill } from "#server/domains/quick-replies/index.ts";
import { canonicalEmail, isOwn, ownMessageId, replyAddress } from "#server/mail/index.ts";
import type { OutboundMail } from "#server/providers/contract.ts";
import type { ReplyableConversation } from "./find-replyable.ts";

/** What a member may decide of a mail; the thread says the rest. */
export interface MailDraft {
  /** null: that of the thread, as an answer to it. */
  subject?: string | null;
  /** null: everybody who is in the thread. */
  cc?: readonly string[] | null;
}

/** A mail as it will leave, and what stands below its text. */
export interface ComposedMail extends Omit<OutboundMail, "html"> {
  signature: string | null;
}

const mostReferences = 20;
const mostCopies = 20;

/**
 * Decides what a mail answers, who reads it and what it is called. All of it is fixed when the message is
 * written: its Message-ID is ours, so that an answer or a bounce finds it whatever becomes of the sending.
 */
export async function composeMail(
  ctx: Ctx,
  to: ReplyableConversation,
  { messageId, answers, draft }: { messageId: string; answers: string | null; draft: MailDraft },
): Promise<ComposedMail> {
  return withTenant(ctx, async (tx) => {
    const [thread] = await tx
      .select({
        subject: conversations.subject,
        participants: conversations.participants,
        address: channels.displayPhoneNumber,
        signature: channels.mailSignature,
        settings: channels.configPublic,
        business: tenants.name,
        agent: userProfiles.displayName,
      })
      .from(conversations)
      .innerJoin(channels, and(eq(channels.tenantId, conversations.tenantId), eq(channels.id, conversations.channelId)))
      .innerJoin(tenants, eq(tenants.id, conversations.tenantId))
      .leftJoin(
        userProfiles,
        and(eq(userProfiles.tenantId, conversations.tenantId), eq(userProfiles.userId, memberId(ctx) ?? sql`null`)),
      )
      .where(eq(conversations.id, to.id));
    const address = thread?.address ?? "";
    const line = await lineOf(tx, to.id, answers);
    const automatic = ctx.actor.type !== "member";
    return {
      messageId: ownMessageId(messageId, address),
      subject: subjectOf(draft.subject ?? null, thread?.subject ?? null, line.inReplyTo !== null),
      cc: copiesOf(draft.cc ?? thread?.participants ?? [], to.addressValue, address),
      ...line,
      replyTo: thread?.settings.plus_addressing === "yes" ? replyAddress(address, to.id) : null,
      automatic,
      signature: automatic || !thread?.signature ? null : signatureOf(thread.signature, thread),
    };
  });
}

/** A channel's signature as this member signs with it. */
function signatureOf(template: string, { agent, business }: { agent: string | null; business: string }): string {
  return fill(template, { "agent.name": agent ?? "", "business.name": business }).trim();
}

/** What a reply by mail will be unless its writer says otherwise. */
export interface MailThread {
  subject: string;
  to: string;
  cc: string[];
  /** As the channel keeps it, with the names of its variables. */
  signature: string | null;
}

/** {@link MailThread} of a conversation as it stands. */
export function mailThreadOf(conversation: {
  subject: string | null;
  participants: readonly string[];
  addressValue: string;
  lastInboundAt: Date | null;
  ownAddress: string | null;
  signature: string | null;
}): MailThread {
  const { subject, participants, addressValue, lastInboundAt, ownAddress, signature } = conversation;
  return {
    subject: subjectOf(null, subject, lastInboundAt !== null),
    to: addressValue,
    cc: copiesOf(participants, addressValue, ownAddress ?? ""),
    signature,
  };
}

/** Who will have read along belongs to the thread: their answer finds it. */
export async function keepComposedMail(
  ctx: Ctx,
  to: ReplyableConversation,
  { messageId, mail }: { messageId: string; mail: ComposedMail },
): Promise<void> {
  const { signature, ...headers } = mail;
  await withTenant(ctx, async (tx) => {
    await tx.insert(mailBodies).values({
      tenantId: ctx.tenantId,
      messageId,
      signature,
      headers: { ...headers, to: [{ address: to.addressValue, name: null }], cc: mail.cc.map(named) },
      createdAt: ctx.clock.now(),
    });
    if (mail.cc.length === 0) return;
    await tx
      .update(conversations)
      .set({
        participants: sql`(select array(select distinct unnest(${conversations.participants} || ${sql.param(mail.cc)}::text[]) limit 100))`,
      })
      .where(eq(conversations.id, to.id));
  });
}

/** The mail of a message that is about to be sent; null for a message that is none. */
export async function outboundMail(
  tx: TenantTx,
  { id, text }: { id: string; text: string },
): Promise<{ mail: OutboundMail; text: string } | null> {
  const [body] = await tx.select().from(mailBodies).where(eq(mailBodies.messageId, id));
  if (!body) return null;
  const kept = body.headers as Partial<Omit<OutboundMail, "html" | "cc">> & { cc?: { address: string }[] };
  return {
    text: body.signature ? `${text}\n\n-- \n${body.signature}` : text,
    mail: {
      messageId: kept.messageId ?? "",
      subject: kept.subject ?? "",
      html: body.html,
      cc: (kept.cc ?? []).map(({ address }) => address),
      inReplyTo: kept.inReplyTo ?? null,
      references: kept.references ?? [],
      replyTo: kept.replyTo ?? null,
      automatic: kept.automatic ?? false,
    },
  };
}

/** What a mail that failed was called and whom it went to, for another try. */
export async function draftOf(tx: TenantTx, messageId: string): Promise<MailDraft> {
  const sent = await outboundMail(tx, { id: messageId, text: "" });
  return sent ? { subject: sent.mail.subject, cc: sent.mail.cc } : {};
}

/** The mail that is answered, the customer's latest unless one was chosen, with all that went before it. */
async function lineOf(
  tx: TenantTx,
  conversationId: string,
  answers: string | null,
): Promise<Pick<OutboundMail, "inReplyTo" | "references">> {
  const earlier = await tx
    .select({
      externalId: messages.externalId,
      direction: messages.direction,
      references: sql<unknown>`${mailBodies.headers} -> 'references'`,
    })
    .from(messages)
    .leftJoin(mailBodies, and(eq(mailBodies.tenantId, messages.tenantId), eq(mailBodies.messageId, messages.id)))
    .where(and(eq(messages.conversationId, conversationId), isNotNull(messages.externalId)))
    .orderBy(desc(messages.occurredAt), desc(messages.id))
    .limit(mostReferences);
  const real = earlier.filter(({ externalId }) => isMessageId(externalId));
  const answered =
    real.find(({ externalId }) => externalId === answers) ??
    real.find(({ direction }) => direction === "in") ??
    real[0];
  if (!answered) return { inReplyTo: null, references: [] };
  const before = Array.isArray(answered.references) ? answered.references.filter(isMessageId) : [];
  const stored = real.slice(real.indexOf(answered)).map(({ externalId }) => externalId!);
  const line = [...new Set([...before, ...stored.toReversed()])];
  // The first one names the thread; of the rest the latest matter.
  const references = line.length > mostReferences ? [line[0]!, ...line.slice(1 - mostReferences)] : line;
  return { inReplyTo: answered.externalId, references };
}

/** A mail that came without a Message-ID is known by its content: nothing can refer to it. */
function isMessageId(text: unknown): text is string {
  return typeof text === "string" && /^<[^<>\s]+>$/.test(text);
}

/** `Re:` in front, once, however the customer's language writes it. */
export function subjectOf(wanted: string | null, ofThread: string | null, answering: boolean): string {
  const bare = (text: string) => text.replaceAll(/[\p{Cc}\s]+/gu, " ").trim();
  if (wanted && bare(wanted) !== "") return bare(wanted);
  const subject = bare(ofThread ?? "");
  if (!answering || /^(?:re|aw|sv|antw|rép|ré|odp|vs|rif)(?:\[\d+\])? ?:/i.test(subject)) return subject;
  return `Re: ${subject}`.trim();
}

function copiesOf(addresses: readonly string[], receiver: string, own: string): string[] {
  const valid = addresses.flatMap((address) => canonicalEmail(address) ?? []);
  return [...new Set(valid)].filter((address) => address !== receiver && !isOwn(address, [own])).slice(0, mostCopies);
}

function named(address: string): { address: string; name: null } {
  return { address, name: null };
}

/** Automatic mails to one address in an hour: two programs that answer each other stop here. */
const mostAutomatic = 5;

/** Whether so many automatic mails went to this person lately that another one would only feed a loop. */
export async function isLooping(tx: TenantTx, to: ReplyableConversation, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - 3_600_000);
  const [sent] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(conversations)
    .innerJoin(
      messages,
      and(eq(messages.tenantId, conversations.tenantId), eq(messages.conversationId, conversations.id)),
    )
    .where(
      and(
        eq(conversations.channelId, to.channelId),
        eq(conversations.addressKind, to.addressKind),
        eq(conversations.addressValue, to.addressValue),
        eq(messages.direction, "out"),
        sql`${messages.authorId} is null and not ${messages.echo} and ${messages.attempts} > 0`,
        sql`${messages.occurredAt} > ${since.toISOString()}::timestamptz`,
        lte(messages.occurredAt, now),
      ),
    );
  return (sent?.count ?? 0) >= mostAutomatic;
}
