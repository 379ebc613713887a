import type { EventPart, JsonObject } from "#server/providers/contract.ts";
import { asJson } from "./mail-payload.ts";
import { readMail } from "./read-mail.ts";

/** What a vendor knows of a mail beside the mail itself. */
export interface MailEnvelope {
  /** Routing keys that may own it, best first. */
  routingKeys: string[];
  /** Whom it was delivered to: the addresses that are ours. */
  own: string[];
}

/**
 * A raw mail as an event of the log. Its payload is `{mail, own}`; the bytes travel beside it, are kept
 * in storage before the event is committed, and hold the files that the message names.
 */
export async function mailPart(bytes: Uint8Array, { routingKeys, own }: MailEnvelope): Promise<EventPart> {
  const { payload } = await readMail(bytes);
  const [sender = payload.sender[0]] = payload.from;
  return {
    routingKeys,
    type: payload.report ? `mail.${payload.report.kind}_report` : "mail.received",
    externalId: payload.messageId,
    dedupeKey: `mail:${payload.messageId}`.slice(0, 255),
    customerIdentifier: sender?.address ?? null,
    occurredAt: payload.date === null ? null : new Date(payload.date),
    payload: { mail: asJson(payload), own } satisfies JsonObject,
    raw: { sha256: payload.raw.sha256, bytes },
  };
}
