import { mailBodies } from "../schema/mail.ts";
import type { TenantTx } from "../tenant.ts";
import { answeredBy, quotedBy, subjectOf } from "./mail-words.ts";
import type { PlannedMessage, PlannedThread } from "./plan-threads.ts";

/** What the mails carry beside their text. */
export async function writeMails(tx: TenantTx, threads: readonly PlannedThread[]): Promise<void> {
  const mails = threads
    .filter(({ channel }) => channel.provider === "email")
    .flatMap(({ messages }) => messages.filter(({ direction }) => direction !== "internal"));
  await tx.insert(mailBodies).values(mails.map((mail) => bodyRow(tx.tenantId, mail)));
}

function bodyRow(tenantId: string, line: PlannedMessage): typeof mailBodies.$inferInsert {
  const { channel, address, name, messages } = line.thread;
  const customer = { address: address.value, name };
  const business = { address: channel.address, name: null };
  const [from, to] = line.direction === "in" ? [customer, business] : [business, customer];
  const references = messages.slice(0, messages.indexOf(line)).flatMap(({ externalId }) => externalId ?? []);
  return {
    tenantId,
    messageId: line.id,
    quotedText: quotedBy(line),
    signature: line.direction === "in" ? (line.extra.signature ?? null) : channel.signature,
    headers: {
      messageId: line.externalId,
      subject: subjectOf(line),
      from: [from],
      to: [to],
      cc: [],
      replyTo: line.direction === "in" ? [] : null,
      inReplyTo: line.direction === "in" ? references.slice(-1) : (answeredBy(line)?.externalId ?? null),
      references,
      date: line.at.toISOString(),
      ...(line.direction === "in" ? {} : { automatic: false }),
    },
    createdAt: line.at,
  };
}
