import type { PlannedMessage } from "./plan-threads.ts";
import type { Outcome, ProviderWords } from "./provider-words.ts";

/** Twilio posts forms. */
export function twilioWords(line: PlannedMessage, outcome: Outcome | null): ProviderWords {
  const { channel, address } = line.thread;
  const sid = line.externalId ?? "";
  const shared = {
    AccountSid: channel.credentials.account_sid ?? "",
    ApiVersion: "2010-04-01",
    MessageSid: sid,
    SmsSid: sid,
  };
  const form: Record<string, string> = outcome
    ? { ...shared, From: channel.address, To: address.value, MessageStatus: outcome, SmsStatus: outcome }
    : {
        ...shared,
        From: address.value,
        To: channel.address,
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
