import type { PlannedMessage } from "./plan-threads.ts";

/** One event in its provider's words: the post that carried it, and the part of it that the log keeps. */
export interface ProviderWords {
  type: string;
  dedupeKey: string;
  payload: Record<string, unknown>;
  body: string;
  headers: Record<string, string>;
  path: string;
}

type Outcome = "sent" | "delivered" | "read" | "failed";

/** What the provider posted for a message: the message itself, or (with `outcome`) a report of its delivery. */
export function wordsOf(line: PlannedMessage, outcome: Outcome | null): ProviderWords {
  return line.thread.channel.provider === "whatsapp" ? whatsappWords(line, outcome) : twilioWords(line, outcome);
}

function whatsappWords(line: PlannedMessage, outcome: Outcome | null): ProviderWords {
  const { channel, phone, name } = line.thread;
  const { phone_number_id, business_account_id } = channel.credentials;
  const digits = phone.slice(1);
  const timestamp = String(Math.floor(line.at.getTime() / 1000));
  const shared = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: channel.number.slice(1), phone_number_id },
  };
  const value = outcome
    ? {
        ...shared,
        statuses: [
          {
            id: line.externalId,
            status: outcome,
            timestamp,
            recipient_id: digits,
            biz_opaque_callback_data: line.id,
            ...(line.error
              ? { errors: [{ code: Number(line.error.code), title: line.error.text, message: line.error.text }] }
              : {}),
          },
        ],
      }
    : {
        ...shared,
        contacts: [{ profile: { name }, wa_id: digits }],
        messages: [{ from: digits, id: line.externalId, timestamp, type: "text", text: { body: line.text } }],
      };
  return {
    type: outcome ? `status.${outcome}` : "message.text",
    dedupeKey: outcome ? `status:${line.externalId}:${outcome}:${digits}` : `message:${line.externalId}`,
    payload: { id: business_account_id, time: null, field: "messages", value },
    body: JSON.stringify({
      object: "whatsapp_business_account",
      entry: [{ id: business_account_id, changes: [{ field: "messages", value }] }],
    }),
    headers: {
      "content-type": "application/json",
      "user-agent": "facebookexternalua",
      "x-hub-signature-256": "[redacted]",
    },
    path: "/webhooks/whatsapp",
  };
}

function twilioWords(line: PlannedMessage, outcome: Outcome | null): ProviderWords {
  const { channel, phone } = line.thread;
  const sid = line.externalId ?? "";
  const shared = {
    AccountSid: channel.credentials.account_sid ?? "",
    ApiVersion: "2010-04-01",
    MessageSid: sid,
    SmsSid: sid,
  };
  const form: Record<string, string> = outcome
    ? { ...shared, From: channel.number, To: phone, MessageStatus: outcome, SmsStatus: outcome }
    : {
        ...shared,
        From: phone,
        To: channel.number,
        Body: line.text,
        NumMedia: "0",
        NumSegments: "1",
        SmsStatus: "received",
      };
  return {
    type: outcome ? `status.${outcome}` : "message.text",
    dedupeKey: outcome ? `status:${sid}:${outcome}` : `message:${sid}`,
    payload: outcome ? { form, tracking: line.id } : { form },
    body: new URLSearchParams(form).toString(),
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "user-agent": "TwilioProxy/1.1",
      "x-twilio-signature": "[redacted]",
    },
    path: outcome ? `/webhooks/twilio?message=${line.id}` : "/webhooks/twilio",
  };
}
