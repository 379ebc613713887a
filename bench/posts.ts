import { createHmac } from "node:crypto";

export interface SignedPost {
  body: string;
  headers: Record<string, string>;
}

let counter = 0;
const run = Date.now().toString(36);

/** A WhatsApp text message as Meta posts it, signed with the channel's app secret; every one is new. */
export function signedMessage(
  credentials: Record<string, string>,
  text = "Bonjour, est-ce ouvert samedi ?",
  from?: string,
): SignedPost {
  const id = `wamid.${run}.${++counter}`;
  const phone = from ?? `336${String(10_000_000 + (counter % 5_000))}`;
  const body = JSON.stringify({
    object: "whatsapp_business_account",
    entry: [
      {
        id: credentials.business_account_id,
        changes: [
          {
            field: "messages",
            value: {
              messaging_product: "whatsapp",
              metadata: {
                display_phone_number: credentials.display_phone_number,
                phone_number_id: credentials.phone_number_id,
              },
              contacts: [{ profile: { name: `Client ${phone.slice(-4)}` }, wa_id: phone }],
              messages: [
                {
                  from: phone,
                  id,
                  timestamp: String(Math.floor(Date.now() / 1000)),
                  type: "text",
                  text: { body: text },
                },
              ],
            },
          },
        ],
      },
    ],
  });
  const signature = createHmac("sha256", credentials.app_secret ?? "")
    .update(body)
    .digest("hex");
  return { body, headers: { "content-type": "application/json", "x-hub-signature-256": `sha256=${signature}` } };
}
