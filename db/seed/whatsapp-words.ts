import type { PlannedMessage } from "./plan-threads.ts";
import type { Outcome, ProviderWords } from "./provider-words.ts";

/** Meta posts a message or a report in the same envelope. */
export function whatsappWords(line: PlannedMessage, outcome: Outcome | null): ProviderWords {
  const { channel, address, name } = line.thread;
  const { phone_number_id, business_account_id } = channel.credentials;
  const digits = address.value.slice(1);
  const timestamp = String(Math.floor(line.at.getTime() / 1000));
  const shared = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: channel.address.slice(1), phone_number_id },
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
        messages: [{ from: digits, id: line.externalId, timestamp, ...contentOf(line) }],
      };
  return {
    type: outcome ? `status.${outcome}` : `message.${line.extra.file ? "image" : "text"}`,
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

function contentOf({ id, text, extra }: PlannedMessage) {
  if (!extra.file) return { type: "text", text: { body: text } };
  const caption = text === "📷" ? {} : { caption: text };
  return { type: "image", image: { id: id.replaceAll(/\D/g, ""), mime_type: "image/png", ...caption } };
}
