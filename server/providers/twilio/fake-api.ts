import { Hono, type Context } from "hono";
import { limitBodies } from "#server/core/limit-bodies.ts";
import { internationalPhone } from "#server/core/phones.ts";
import type { StandInBehaviour } from "../stand-in.ts";
import { cutLine } from "../stand-in-line.ts";
import { canonicalAddress } from "./address.ts";
import type { FakeAccount } from "./fake-accounts.ts";
import { fakeContents, renderContent } from "./fake-templates.ts";

/** A text of the business, as it was asked for. */
export interface SentText {
  /** As the request wrote it, `whatsapp:` included. */
  to: string;
  /** The customer's own address. */
  address: string;
  text: string;
  statusCallback: string | null;
  /** Addresses of the files that go with it. */
  media: string[];
  /** Approved beforehand: allowed outside WhatsApp's window. */
  fromTemplate: boolean;
}

/** A text as the API lists it. */
export interface ListedText {
  account: FakeAccount;
  sid: string;
  to: string;
  text: string;
  at: Date;
}

interface ApiParts {
  accounts(): FakeAccount[];
  behaviour(): StandInBehaviour;
  media: ReadonlyMap<string, { mimeType: string; bytes: Uint8Array }>;
  recordings: ReadonlyMap<string, { mimeType: string; bytes: Uint8Array }>;
  sent(): ListedText[];
  isOptedOut(account: FakeAccount, address: string): boolean;
  /** Accepts a message and answers its sid. */
  take(account: FakeAccount, sent: SentText): string;
}

const refusals: Readonly<Record<number, readonly [400 | 401 | 403 | 404 | 429 | 500, string]>> = {
  20003: [401, "Authenticate"],
  20404: [404, "The requested resource was not found"],
  20429: [429, "Too Many Requests"],
  20500: [500, "Internal Server Error"],
  21211: [400, "Invalid 'To' Phone Number"],
  21408: [400, "Permission to send an SMS has not been enabled for the region"],
  21602: [400, "Message body is required"],
  21606: [400, "The 'From' phone number provided is not a valid message-capable number for this account"],
  21610: [400, "Attempt to send to unsubscribed recipient"],
  21614: [400, "'To' number is not a valid mobile number"],
  21623: [400, "Number of media files exceeds allowed limit"],
  21617: [400, "The concatenated message body exceeds the 1600 character limit"],
  63016: [400, "Outside the allowed window"],
};

/** The part of Twilio's API that we use: messages, the account, its numbers and services. */
export function createFakeApi(api: ApiParts): Hono {
  const app = new Hono();
  app.use(limitBodies(1024 * 1024));
  app.post("/2010-04-01/Accounts/:sid/Messages.json", (context) => answerMessage(context, api));
  app.get("/2010-04-01/Accounts/:sid/Messages.json", (context) => {
    const accounts = authenticated(context, api);
    if (accounts.length === 0) return refuse(context, 20003);
    const [to, since] = [context.req.query("To"), Date.parse(context.req.query("DateSent>") ?? "")];
    const found = api.sent().filter((one) => isOneOf(accounts, one.account) && one.to === to && !(+one.at < since));
    const messages = found.map((one) => ({
      ...messageInfo(one.account, one.sid, one.to, one.text, 0),
      date_created: one.at.toUTCString().replace("GMT", "+0000"),
    }));
    return context.json({ messages, page: 0, page_size: 200, next_page_uri: null });
  });
  app.get("/2010-04-01/Accounts/:sid/Recordings/:file", (context) => {
    if (authenticated(context, api).length === 0) return refuse(context, 20003);
    const file = api.recordings.get(context.req.param("file").replace(/\.\w+$/, ""));
    if (!file) return refuse(context, 20404);
    return context.body(Uint8Array.from(file.bytes), 200, { "content-type": file.mimeType });
  });
  app.get("/v1/ContentAndApprovals", (context) => {
    const known = api.accounts().some((account) => isAllowed(context, account));
    if (!known) return refuse(context, 20003);
    return context.json({ contents: fakeContents, meta: { page: 0, page_size: 500, next_page_url: null } });
  });
  app.get("/2010-04-01/Accounts/:sid/IncomingPhoneNumbers.json", (context) => {
    const accounts = authenticated(context, api);
    if (accounts.length === 0) return refuse(context, 20003);
    const wanted = context.req.query("PhoneNumber");
    const owned = Map.groupBy(accounts, ({ address }) => address);
    const numbers = [...owned].filter(([number]) => !wanted || number === wanted).map(numberInfo);
    return context.json({ incoming_phone_numbers: numbers, page: 0, page_size: 50 });
  });
  app.get("/2010-04-01/Accounts/:sid/Messages/:message/Media/:media", (context) => {
    const file = api.media.get(context.req.param("media"));
    if (authenticated(context, api).length === 0) return refuse(context, 20003);
    if (!file) return refuse(context, 20404);
    return context.body(Uint8Array.from(file.bytes), 200, { "content-type": file.mimeType });
  });
  app.get("/2010-04-01/Accounts/:file{AC[^/]+\\.json}", (context) => {
    const sid = context.req.param("file").replace(/\.json$/, "");
    if (authenticated(context, api, sid).length === 0) return refuse(context, 20003);
    return context.json({ sid, friendly_name: "Démonstration", status: "active", type: "Full" });
  });
  app.get("/v1/Services/:service", (context) => {
    const sid = context.req.param("service");
    const known = api.accounts().filter((account) => isAllowed(context, account));
    if (known.length === 0) return refuse(context, 20003);
    const owner = known.find(({ credentials }) => credentials.messaging_service_sid === sid);
    if (!owner) return refuse(context, 20404);
    return context.json({
      sid,
      account_sid: owner.credentials.account_sid,
      friendly_name: "Démonstration",
      inbound_request_url: owner.webhookUrl,
      inbound_method: "POST",
      use_inbound_webhook_on_number: false,
    });
  });
  return app;
}

async function answerMessage(context: Context, api: ApiParts): Promise<Response> {
  const accounts = authenticated(context, api);
  if (accounts.length === 0) return refuse(context, 20003);
  const { failSends } = api.behaviour();
  if (failSends !== null && failSends !== "lost") return refuse(context, Number(failSends));
  const form = new URLSearchParams(await context.req.text());
  const to = form.get("To") ?? "";
  const content = form.get("ContentSid");
  const body = content === null ? (form.get("Body") ?? "") : renderContent(content, form.get("ContentVariables"));
  const media = form.getAll("MediaUrl");
  const service = form.get("MessagingServiceSid");
  const from = canonicalAddress(form.get("From") ?? "");
  const account = accounts.find(({ address, channelType, credentials }) =>
    channelType === "phone"
      ? false
      : service === null
        ? address === from
        : credentials.messaging_service_sid === service,
  );
  if (!account) return refuse(context, 21606);
  const address = to.replace(/^whatsapp:/, "");
  if (internationalPhone(address) === null && !to.startsWith("whatsapp:")) return refuse(context, 21211);
  if (body === null) return refuse(context, 20404);
  if (body === "" && media.length === 0) return refuse(context, 21602);
  if (body.length > 1600) return refuse(context, 21617);
  if (media.length > 10) return refuse(context, 21623);
  if (api.isOptedOut(account, address)) return refuse(context, 21610);
  const statusCallback = form.get("StatusCallback");
  const sid = api.take(account, { to, address, text: body, statusCallback, media, fromTemplate: content !== null });
  if (failSends === "lost") return cutLine(context);
  return context.json(messageInfo(account, sid, to, body, media.length), 201);
}

function messageInfo(account: FakeAccount, sid: string, to: string, body: string, files: number) {
  const accountSid = account.credentials.account_sid ?? "";
  const service = account.credentials.messaging_service_sid;
  return {
    account_sid: accountSid,
    api_version: "2010-04-01",
    body,
    date_created: new Date().toUTCString(),
    date_sent: null,
    direction: "outbound-api",
    error_code: null,
    error_message: null,
    from: service ? null : account.address,
    messaging_service_sid: service || null,
    num_media: String(files),
    num_segments: "1",
    price: null,
    price_unit: "USD",
    sid,
    status: service ? "accepted" : "queued",
    to,
    uri: `/2010-04-01/Accounts/${accountSid}/Messages/${sid}.json`,
  };
}

/** One number, whatever it is used for: its texts and its calls have an address each. */
function numberInfo([number, uses]: [string, FakeAccount[]]) {
  const texts = uses.find(({ channelType }) => channelType !== "phone")?.webhookUrl ?? "";
  const calls = uses.find(({ channelType }) => channelType === "phone")?.webhookUrl ?? "";
  return {
    phone_number: number,
    friendly_name: number,
    sms_url: texts,
    sms_method: "POST",
    voice_url: calls,
    voice_method: "POST",
    status_callback: calls,
    status_callback_method: "POST",
    capabilities: { sms: true, mms: true, voice: true },
  };
}

/** The accounts of the path's sid that the request's user and password open. */
function authenticated(context: Context, api: ApiParts, sid = context.req.param("sid")): FakeAccount[] {
  return api.accounts().filter((account) => account.credentials.account_sid === sid && isAllowed(context, account));
}

function isOneOf(accounts: readonly FakeAccount[], { id }: FakeAccount): boolean {
  return accounts.some((account) => account.id === id);
}

function isAllowed(context: Context, { credentials }: FakeAccount): boolean {
  const pair = `${credentials.account_sid}:${credentials.auth_token}`;
  return context.req.header("authorization") === `Basic ${Buffer.from(pair).toString("base64")}`;
}

function refuse(context: Context, code: number): Response {
  const [status, message] = refusals[code] ?? [400, "Refused"];
  const body = { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
  return context.json(body, status);
}
