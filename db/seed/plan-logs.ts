import { newId } from "#server/core/ids.ts";
import type { PlannedMessage, PlannedThread } from "./plan-threads.ts";
import type { ProviderWords } from "./provider-words.ts";
import { wordsOf } from "./provider-words.ts";

/** A row of the log with the post that brought it. */
export interface PlannedLog {
  id: string;
  words: ProviderWords;
  provider: string;
  channelId: string | null;
  account: string | null;
  status: "processed" | "duplicate" | "ignored" | "rejected" | "failed";
  reason: string | null;
  error: string | null;
  attempts: number;
  ms: number;
  receivedAt: Date;
  occurredAt: Date | null;
  externalId: string | null;
  customerIdentifier: string | null;
  links: { customerId: string; conversationId: string; messageId: string } | null;
}

/** Every event that the threads came from, and a few that did not become work, each for its own reason. */
export function planLogs(threads: PlannedThread[]): PlannedLog[] {
  const lines = threads.flatMap((thread) => thread.messages).filter((line) => line.direction !== "internal");
  const events = lines.flatMap((line) => eventsOf(line));
  return [...events, ...repeated(events), ...refused(threads)];
}

function eventsOf(line: PlannedMessage): PlannedLog[] {
  if (line.direction === "in") return [logOf(line, null, line.at, { id: line.webhookLogId ?? undefined })];
  if (line.error) return [logOf(line, "failed", new Date(line.at.getTime() + 1_200))];
  return [
    ...(tellsSent.has(line.thread.channel.provider) ? [logOf(line, "sent", new Date(line.at.getTime() + 900))] : []),
    ...(line.deliveredAt ? [logOf(line, "delivered", line.deliveredAt)] : []),
    ...(line.readAt ? [logOf(line, "read", line.readAt)] : []),
  ];
}

/** Other providers answer our own request, and say nothing more of what was sent. */
const tellsSent: ReadonlySet<string> = new Set(["whatsapp", "twilio"]);

interface Change {
  id?: string | undefined;
  status?: PlannedLog["status"];
  reason?: string;
  error?: string;
  attempts?: number;
  ms?: number;
  linked?: boolean;
}

function logOf(
  line: PlannedMessage,
  outcome: "sent" | "delivered" | "read" | "failed" | null,
  at: Date,
  change: Change = {},
): PlannedLog {
  // A call is reported once it is over.
  const receivedAt = new Date(at.getTime() + 400 + (line.extra.call?.seconds ?? 0) * 1000);
  const { channel, customerId, id: conversationId, address } = line.thread;
  return {
    id: change.id ?? newId(receivedAt.getTime()),
    words: wordsOf(line, outcome),
    provider: channel.provider,
    channelId: channel.id,
    account: channel.account,
    status: change.status ?? "processed",
    reason: change.reason ?? null,
    error: change.error ?? null,
    attempts: change.attempts ?? 1,
    ms: change.ms ?? (outcome ? 3 : 14) + (line.text.length % 17),
    receivedAt,
    occurredAt: at,
    externalId: line.externalId,
    customerIdentifier: channel.provider === "whatsapp" ? address.value.slice(1) : address.value,
    links: change.linked === false ? null : { customerId, conversationId, messageId: line.id },
  };
}

/** Providers deliver at least once: now and then a delivery comes twice. */
function repeated(events: PlannedLog[]): PlannedLog[] {
  return events
    .filter((_, index) => index % 23 === 7)
    .map((event) => {
      const receivedAt = new Date(event.receivedAt.getTime() + 41);
      return { ...event, id: newId(receivedAt.getTime()), receivedAt, status: "duplicate", reason: "duplicate", ms: 2 };
    });
}

function refused(threads: PlannedThread[]): PlannedLog[] {
  const whatsapp = threads.find((thread) => thread.channel.provider === "whatsapp")?.messages[0];
  const sms = threads.find((thread) => thread.channel.provider === "twilio")?.messages[0];
  if (!whatsapp || !sms) return [];
  const inbound = (line: PlannedMessage, minutesEarlier: number, text: string): PlannedMessage => ({
    ...line,
    direction: "in",
    text,
    externalId: line.externalId?.replace(/.{4}$/, String(1000 + minutesEarlier)) ?? null,
    at: new Date(line.at.getTime() - minutesEarlier * 60_000),
  });
  const unsigned = inbound(sms, 37, "Bonjour, est-ce ouvert samedi ?");
  const forged = inbound(sms, 212, "Votre colis est bloqué, cliquez ici");
  const poll = inbound(whatsapp, 95, "📊");
  const photo = inbound(whatsapp, 160, "📷");
  return [
    logOf(unsigned, null, unsigned.at, {
      status: "rejected",
      reason: "signature_mismatch",
      ms: 1,
      attempts: 0,
      linked: false,
    }),
    logOf(forged, null, forged.at, {
      status: "rejected",
      reason: "missing_signature",
      ms: 1,
      attempts: 0,
      linked: false,
    }),
    unsupported(logOf(poll, null, poll.at, { status: "ignored", reason: "unsupported_type", ms: 2, linked: false })),
    logOf(photo, null, photo.at, {
      status: "failed",
      reason: "handler_error",
      error: "could not serialize access due to concurrent update",
      attempts: 5,
      ms: 48,
      linked: false,
    }),
  ];
}

function unsupported(log: PlannedLog): PlannedLog {
  const swapped = (text: string) =>
    text.replaceAll('"type":"text"', '"type":"poll_creation"').replaceAll('"text":{"body"', '"poll":{"name"');
  const payload: unknown = JSON.parse(swapped(JSON.stringify(log.words.payload)));
  return {
    ...log,
    words: {
      ...log.words,
      type: "message.poll_creation",
      body: swapped(log.words.body),
      payload: payload as Record<string, unknown>,
    },
  };
}

/** What nobody's channel claims: the platform's tenant keeps it for the operator. */
export function planUnclaimed(threads: PlannedThread[]): PlannedLog[] {
  const lines = threads.flatMap((thread) => thread.messages).filter((line) => line.direction === "in");
  return lines.slice(0, 3).map((line, index) => {
    const at = new Date(line.at.getTime() - (index + 1) * 95 * 60_000);
    const { account } = line.thread.channel;
    const stranger = account.replace(/\d{4}$/, "0000");
    const address = { kind: "phone", value: `+3363998990${index}` } as const;
    const thread = { ...line.thread, address, name: "Inconnu" };
    const swapped = (text: string) => text.replaceAll(account, stranger);
    const log = logOf({ ...line, thread, at }, null, at, {
      status: "rejected",
      reason: "unknown_account",
      attempts: 0,
      ms: 1,
      linked: false,
    });
    const payload = JSON.parse(swapped(JSON.stringify(log.words.payload))) as Record<string, unknown>;
    const words = { ...log.words, payload, body: swapped(log.words.body) };
    return { ...log, words, channelId: null, account: stranger };
  });
}
