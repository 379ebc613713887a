import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ChannelAccess, OutboundFile, OutboundMessage } from "./contract.ts";
import { retell } from "./retell/index.ts";
import { postAccount } from "./twilio/client.ts";
import { twilio } from "./twilio/index.ts";
import { postGraph } from "./whatsapp/client.ts";
import { whatsapp } from "./whatsapp/index.ts";
import { oauth } from "./whatsapp/oauth.ts";
import { amendTwilio, amendWhatsapp } from "./testing-contract-amendments.ts";
import { openContract, specFolder, type Contract } from "./testing-contract.ts";

type Ask = (channel: ChannelAccess) => Promise<unknown>;

const bytes = new TextEncoder().encode("%PDF-1.7");
const file = (kind: OutboundFile["kind"], mimeType: string): OutboundFile => ({
  kind,
  mimeType,
  fileName: "devis.pdf",
  bytes: bytes.byteLength,
  url: "https://guichet.example/files/clef",
  read: () => Promise.resolve(bytes),
});
const message = (change: Partial<OutboundMessage> = {}): OutboundMessage => ({
  id: "019a0000-0000-7000-8000-000000000001",
  to: { kind: "phone", value: "+33639981234" },
  text: "Bonjour, oui !",
  replyToId: null,
  statusCallbackUrl: "https://guichet.example/webhooks/twilio/clef",
  ...change,
});
const template = (variables: { name: string; value: string }[], definition = {}) => ({
  name: "rendez_vous_confirme",
  language: "fr",
  category: "utility",
  externalId: "HX0123456789abcdef0123456789abcdef",
  variables,
  definition,
});
const buttons = {
  components: [
    { type: "BUTTONS", buttons: [{ type: "URL", url: "https://boutique.example/{{1}}" }, { type: "COPY_CODE" }] },
  ],
};
const webhookUrl = "https://guichet.example/webhooks/x";

/** A vendor's contract and every request that our client of it makes: one line each. */
const vendors: {
  name: string;
  spec: string;
  amend?: typeof amendWhatsapp;
  credentials: Record<string, string>;
  asks: Record<string, Ask>;
  /** Requests that break the contract: the test would see it. */
  broken: Record<string, Ask>;
}[] = [
  {
    name: "WhatsApp",
    spec: "whatsapp-business-messaging-api_v23.0.yaml",
    amend: amendWhatsapp,
    credentials: {
      phone_number_id: "106540352242922",
      business_account_id: "102290129340398",
      display_phone_number: "+33 1 99 00 12 34",
      access_token: "jeton-d-essai",
      app_secret: "secret-d-essai",
    },
    asks: {
      "a text": (channel) => whatsapp.send(channel, message()),
      "an answer to a message": (channel) => whatsapp.send(channel, message({ replyToId: "wamid.HBgL" })),
      "a text to who hides their number": (channel) =>
        whatsapp.send(channel, message({ to: { kind: "whatsapp_user_id", value: "FR.1349" } })),
      "a reaction": (channel) =>
        whatsapp.send(channel, message({ text: "", reaction: { targetId: "wamid.HBgL", emoji: "👍" } })),
      "a reaction taken back": (channel) =>
        whatsapp.send(channel, message({ text: "", reaction: { targetId: "wamid.HBgL", emoji: null } })),
      "a picture": (channel) => whatsapp.send(channel, message({ files: [file("image", "image/png")] })),
      "a voice message": (channel) =>
        whatsapp.send(channel, message({ text: "", files: [file("audio", "audio/ogg")] })),
      "a video": (channel) => whatsapp.send(channel, message({ files: [file("video", "video/mp4")] })),
      "a document": (channel) => whatsapp.send(channel, message({ files: [file("document", "application/pdf")] })),
      "a sticker": (channel) => whatsapp.send(channel, message({ text: "", files: [file("sticker", "image/webp")] })),
      "a template": (channel) => whatsapp.send(channel, message({ template: template([]) })),
      "a template with numbered variables": (channel) =>
        whatsapp.send(
          channel,
          message({
            template: template([
              { name: "1", value: "Inès" },
              { name: "2", value: "mardi" },
            ]),
          }),
        ),
      "a template with named variables": (channel) =>
        whatsapp.send(channel, message({ template: template([{ name: "first_name", value: "Inès" }]) })),
      "a template with a heading": (channel) =>
        whatsapp.send(channel, message({ template: template([{ name: "header.1", value: "A-7" }]) })),
      "a template with a picture on top": (channel) =>
        whatsapp.send(
          channel,
          message({ template: template([{ name: "header.image", value: "https://boutique.example/1.png" }]) }),
        ),
      "a template with buttons": (channel) =>
        whatsapp.send(
          channel,
          message({
            template: template(
              [
                { name: "button.0", value: "A-7" },
                { name: "button.1", value: "NOEL" },
              ],
              buttons,
            ),
          }),
        ),
      "that a message was read": (channel) => whatsapp.markRead(channel, { id: "wamid.HBgL" }),
      "where a file lies": (channel) =>
        whatsapp.fetchMedia(channel, { ...received, mediaId: "2621233374848975" }, 1000),
      "the templates": (channel) => whatsapp.listTemplates(channel),
      "what the channel test asks": (channel) => whatsapp.check(channel, { webhookUrl }),
      "that our app is told of the account's events": ({ apiBaseUrl, credentials }) => {
        const app = { ...oauth.standIn, urls: { ...oauth.urls, api: apiBaseUrl } };
        const fields = { business_account_id: credentials["business_account_id"] ?? "" };
        const account = { id: credentials["phone_number_id"] ?? "", name: null, title: null, fields };
        return oauth.subscribe(app, account, credentials["access_token"] ?? "");
      },
    },
    broken: {
      "a text without its words": (channel) =>
        postGraph(channel, "106540352242922/messages", {
          messaging_product: "whatsapp",
          recipient_type: "individual",
          to: "+33639981234",
          type: "text",
        }),
      "a text without a token": (channel) => whatsapp.send(withCredentials(channel, { access_token: "" }), message()),
    },
  },
  {
    name: "Twilio",
    spec: "twilio_api_v2010.json",
    amend: amendTwilio,
    credentials: {
      account_sid: "AC0123456789abcdef0123456789abcdef",
      auth_token: "jeton-d-essai",
      phone_number: "+33199001234",
      messaging_service_sid: "",
    },
    asks: {
      "a text": (channel) => twilio.send(channel, message()),
      "a text through a service": (channel) =>
        twilio.send(
          withCredentials(channel, { messaging_service_sid: "MG0123456789abcdef0123456789abcdef" }),
          message(),
        ),
      "a picture message": (channel) =>
        twilio.send(channel, message({ files: [file("image", "image/png"), file("image", "image/jpeg")] })),
      "a text over WhatsApp": (channel) =>
        twilio.send(withCredentials(channel, { phone_number: "whatsapp:+33199001234" }), message()),
      "a template over WhatsApp": (channel) =>
        twilio.send(
          withCredentials(channel, { phone_number: "whatsapp:+33199001234" }),
          message({ template: template([{ name: "1", value: "Inès" }]) }),
        ),
      "a call": (channel) => twilio.fetchCall(channel, "CA0123456789abcdef0123456789abcdef"),
      "what became of a message": (channel) =>
        twilio.findSent(channel, {
          id: message().id,
          to: message().to,
          text: message().text,
          known: [],
          sentAt: new Date(),
        }),
      "what the channel test asks": (channel) => twilio.check(channel, { webhookUrl }),
    },
    broken: {
      "a text to nobody": (channel) => postAccount(channel, "Messages.json", new URLSearchParams({ Body: "Bonjour" })),
      "an account that is no account": (channel) =>
        twilio.check(withCredentials(channel, { account_sid: "12" }), { webhookUrl }),
    },
  },
  {
    name: "Twilio Content",
    spec: "twilio_content_v1.json",
    credentials: {
      account_sid: "AC0123456789abcdef0123456789abcdef",
      auth_token: "jeton-d-essai",
      phone_number: "whatsapp:+33199001234",
      messaging_service_sid: "",
    },
    asks: {
      "the templates": (channel) => twilio.listTemplates(channel),
    },
    broken: { "what there is not": ({ apiBaseUrl }) => fetch(`${apiBaseUrl}/v1/Nothing`) },
  },
  {
    name: "Retell",
    spec: "retell-openapi.yaml",
    credentials: {
      api_key: "clef-d-essai",
      agent_id: "oBeDLoLOeuAbiuaMFXRtDOLriTJ5tSxD",
      phone_number: "+33199001234",
    },
    asks: {
      "a call": (channel) => retell.fetchCall(channel, "Jabr9TXYYJHfvl6Syypi88rdAHYHmcq6"),
      "what the channel test asks": (channel) => retell.check(channel, { webhookUrl }),
      "what its agent is": (channel) => retell.assistant.read(channel),
      "what its agent is to be": (channel) =>
        retell.assistant.write(channel, {
          prompt: "Tu réponds au téléphone.",
          greeting: "Bonjour !",
          language: "fr",
          voice: "retell-Cimo",
          functions: [
            { name: "current_time", description: "Says the time.", parameters: { type: "object", properties: {} } },
            { name: "transfer_to_human", description: "Puts through.", parameters: { type: "object", properties: {} } },
          ],
          ours: ["current_time", "transfer_to_human"],
          webhookUrl,
        }),
    },
    broken: {
      "a call without a key": ({ apiBaseUrl }) => fetch(`${apiBaseUrl}/v2/get-call/Jabr9TXYYJHfvl6Syypi88rdAHYHmcq6`),
    },
  },
];

const received = {
  kind: "image" as const,
  mediaId: null,
  url: null,
  mimeType: null,
  fileName: null,
  bytes: null,
  sha256: null,
  error: null,
};
const withCredentials = (channel: ChannelAccess, change: Record<string, string>): ChannelAccess => ({
  ...channel,
  credentials: { ...channel.credentials, ...change },
});

const isAtHand = (spec: string) => existsSync(join(specFolder, spec));

test("where the vendors' contracts lie, none is missing", () => {
  const named = vendors.map(({ spec }) => spec);
  expect(named.filter((spec) => existsSync(specFolder) && !isAtHand(spec))).toEqual([]);
});

describe.each(vendors.filter(({ spec }) => isAtHand(spec)))("$name", ({ spec, amend, credentials, asks, broken }) => {
  let contract: Contract;
  const channel = (apiBaseUrl: string): ChannelAccess => ({ channelId: "c", tenantId: "t", apiBaseUrl, credentials });
  beforeAll(async () => {
    contract = await openContract(spec, amend);
  });
  afterAll(() => contract.stop());

  test.each(Object.entries(asks))("%s is asked for as the vendor's contract says", async (_, ask) => {
    const judged = await contract.judge((url) => ask(channel(url)));
    expect(judged.length).toBeGreaterThan(0);
    expect(judged.filter(({ complaints }) => complaints.length > 0)).toEqual([]);
  });

  test.each(Object.entries(broken))("%s is refused", async (_, ask) => {
    const judged = await contract.judge((url) => ask(channel(url)));
    expect(judged.length).toBeGreaterThan(0);
    expect(judged.filter(({ complaints }) => complaints.length === 0)).toEqual([]);
  });
});
