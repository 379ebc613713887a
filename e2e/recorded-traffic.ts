import { createHmac } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { signatureOf } from "#server/providers/twilio/verify.ts";
import type { DemoChannel } from "./program.ts";

/** A webhook as a provider sends it. */
export interface SignedPost {
  channel: DemoChannel;
  url: string;
  body: string;
  headers: Record<string, string>;
}

const recorded = resolve("..", "shared", "corpus", "whatsapp");
const samples = (provider: string) => resolve("server", "providers", provider, "samples");

/** The project's own samples and, where they are at hand, recorded posts: their text, file by file. */
export function recordedBodies(provider: string): string[] {
  const folders = [samples(provider), ...(provider === "whatsapp" && existsSync(recorded) ? [recorded] : [])];
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => !name.includes("signature_vectors"))
      .toSorted()
      .map((name) => readFileSync(join(folder, name), "utf8").trim()),
  );
}

/** The body with the account and number of a channel in place of its own; null where it names no number of ours. */
export function bodyFor(channel: DemoChannel, body: string): string | null {
  return channel.provider === "whatsapp" ? whatsappFor(channel, body) : twilioFor(channel, body);
}

function whatsappFor({ credentials }: DemoChannel, body: string): string {
  const post = JSON.parse(body, (key, value: unknown) =>
    key === "phone_number_id" && typeof value === "string" ? credentials.phone_number_id : value,
  ) as { entry?: { id?: string | undefined }[] };
  for (const entry of post.entry ?? []) entry.id = credentials.business_account_id;
  return JSON.stringify(post);
}

const sampleNumber = "+33199001234";

function twilioFor({ credentials }: DemoChannel, body: string): string | null {
  const form = new URLSearchParams(body);
  if (![form.get("To"), form.get("From")].includes(sampleNumber)) return null;
  for (const [name, value] of form) if (value === sampleNumber) form.set(name, credentials.phone_number ?? "");
  form.set("AccountSid", credentials.account_sid ?? "");
  form.delete("MessagingServiceSid");
  return form.toString();
}

/** Signs as the channel's provider does, with this secret or the channel's own. */
export function signed(channel: DemoChannel, url: string, body: string, secret = channel.signingSecret): SignedPost {
  const whatsapp = channel.provider === "whatsapp";
  const headers: Record<string, string> = whatsapp
    ? {
        "content-type": "application/json",
        "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
      }
    : {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-signature": signatureOf(url, new URLSearchParams(body), secret),
      };
  return { channel, url, body, headers };
}

/** Providers whose recorded posts can be addressed to any channel and signed for it here. */
export function isRecorded(provider: string): boolean {
  return provider === "whatsapp" || provider === "twilio";
}

/** A text message of somebody new, as the Cloud API posts it. */
export function textPost(channel: DemoChannel, { id, from, text }: { id: string; from: string; text: string }): string {
  const { business_account_id: account, phone_number_id: number, display_phone_number: shown } = channel.credentials;
  return JSON.stringify({
    object: "whatsapp_business_account",
    entry: [
      {
        id: account,
        changes: [
          {
            field: "messages",
            value: {
              messaging_product: "whatsapp",
              metadata: { display_phone_number: shown, phone_number_id: number },
              contacts: [{ profile: { name: `Client ${from}` }, wa_id: from }],
              messages: [
                { from, id, timestamp: String(Math.floor(Date.now() / 1000)), type: "text", text: { body: text } },
              ],
            },
          },
        ],
      },
    ],
  });
}

/** In an order that looks like none, and is the same every time. */
export function shuffled<T>(items: readonly T[]): T[] {
  let seed = 20261121;
  const next = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  return items
    .map((item) => ({ item, place: next() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** Runs the work for every item, so many at a time; the answers in order. */
export async function atOnce<T, R>(count: number, items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  let at = 0;
  const lane = async () => {
    while (at < items.length) {
      const mine = at++;
      answers[mine] = await work(items[mine]!);
    }
  };
  await Promise.all(Array.from({ length: count }, lane));
  return answers;
}
