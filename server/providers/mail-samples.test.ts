import { expect, test } from "vitest";
import type { EventPart, InboundEvent } from "./contract.ts";
import { mailVendors } from "./testing-mail-vendors.ts";
import { receivedAt, sampleFiles, samplePost } from "./testing-samples.ts";

const tracked = "01990000-0000-7000-8000-000000000001";

/** An event in a line: what it is, of what, and why. */
function summaryOf(event: InboundEvent): string {
  switch (event.kind) {
    case "message":
      return `message ${event.messageId} from ${event.person.identities[0]?.value}: ${event.content.text}${event.content.media.length > 0 ? " +file" : ""}`;
    case "status":
      return `${event.status}${event.trackingId === tracked ? "" : " of another"}${event.error ? ` ${event.error.code}` : ""}`;
    case "consent":
      return `${event.scope} ${event.granted ? "granted" : "taken back"} by ${event.person.identities[0]?.value}`;
    case "ignored":
      return `ignored: ${event.why}`;
    case "account":
      return `account: ${event.topic}`;
    default:
      return event.kind;
  }
}

const whole = "message <premiere@client.example> from camille@client.example: Bonjour, réparez-vous les abat-jour ?";
const inParts = "message <seconde@client.example> from camille@client.example: Voici la photo. +file";
const meanings: Record<string, Record<string, string | string[]>> = {
  sendgrid: {
    "mail-whole.form": whole,
    "mail-in-parts.form": inParts,
    "mail-bounce.form": "failed 5.1.1",
    "events.json": [
      "ignored: processed",
      "delivered",
      "read",
      "failed 5.1.1",
      "failed dropped",
      "ignored: deferred",
      "all taken back by camille@client.example",
      "marketing taken back by camille@client.example",
      "marketing granted by camille@client.example",
      "ignored: click",
      "ignored: unknown event",
    ],
  },
  mailgun: {
    "mail-whole.txt": whole,
    "mail-in-parts.form": inParts,
    "mail-bounce.txt": "failed 5.1.1",
    "mail-stored.txt": "account: mailgun_store",
    "event-delivered.json": "delivered",
    "event-failed.json": "failed 5.1.1",
    "event-failed-for-now.json": "ignored: deferred",
    "event-opened.json": "read",
    "event-complained.json": "all taken back by camille@client.example",
    "event-unsubscribed.json": "marketing taken back by camille@client.example",
    "event-unknown.json": "ignored: unknown event",
    "event-legacy.txt": "failed 5.1.1",
  },
  postmark: {
    "mail-whole.json": whole,
    "mail-in-parts.json": inParts,
    "mail-bounce.json": "failed 5.1.1",
    "event-delivery.json": "delivered",
    "event-bounce.json": "failed 5.1.1",
    "event-bounce-for-now.json": "ignored: bounce Transient",
    "event-open.json": "read",
    "event-complaint.json": "all taken back by camille@client.example",
    "event-subscription.json": "marketing taken back by camille@client.example",
    "event-click.json": "ignored: click",
    "event-unknown.json": "ignored: unknown event",
  },
  ses: {
    "mail-whole.json": whole,
    "mail-bounce.json": "failed 5.1.1",
    "mail-kept-elsewhere.json": "account: ses_action",
    "event-delivery.json": "delivered",
    "event-raw.json": "delivered",
    "event-bounce.json": "failed 5.1.1",
    "event-bounce-for-now.json": "ignored: bounce",
    "event-reject.json": "failed reject",
    "event-complaint.json": "all taken back by camille@client.example",
    "event-open.json": "read",
    "event-delay.json": "ignored: deliverydelay",
    "event-unknown.json": "ignored: unknown event",
    "subscription.json": "ignored: sns subscriptionconfirmation",
    "notice-in-words.json": "ignored: sns notification",
  },
};

const all = mailVendors.flatMap(({ provider }) =>
  sampleFiles(provider.name).map((file) => [provider.name, file, provider] as const),
);

test.each(all)("%s: %s means what it says", async (vendor, file, provider) => {
  const parts = await provider.split(samplePost(vendor, file));
  const read = parts.map((part) => provider.parse(storedPayload(part), receivedAt));
  const expected = meanings[vendor]?.[file];
  expect(read.map(({ event }) => summaryOf(event))).toEqual([expected].flat());
  expect(read.flatMap(({ unknowns }) => unknowns).length).toBe(/unknown|events/.test(file) ? 1 : 0);
  expect(new Set(parts.map(({ dedupeKey }) => dedupeKey)).size).toBe(parts.length);
  for (const { routingKeys } of file === "event-unknown.json" ? [] : parts)
    expect(routingKeys.some((key) => key.includes("atelier-lumen.example") || key.includes(":topic:"))).toBe(true);
});

test("the same mail through any vendor is the same mail", async () => {
  const ids = await Promise.all(
    all
      .filter(([, file]) => file.startsWith("mail-whole"))
      .map(async ([vendor, file, provider]) => (await provider.split(samplePost(vendor, file)))[0]?.raw?.sha256),
  );
  expect(new Set(ids).size).toBe(1);
  expect(ids).toHaveLength(4);
});

/** As the log keeps it. */
function storedPayload(part: EventPart): EventPart["payload"] {
  return JSON.parse(JSON.stringify(part.payload)) as EventPart["payload"];
}
