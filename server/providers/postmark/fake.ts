import type { Context, Hono } from "hono";
import { newId } from "#server/core/ids.ts";
import type { Json, JsonObject } from "../contract.ts";
import { firstText, listOf, objectOf, textOf } from "../read-json.ts";
import type { MailStandIn, StandInOptions } from "../stand-in.ts";
import { createMailStandIn, type MailAccount, type MailDesk, type MailStep } from "../stand-in-mails.ts";
import { basic } from "./test-post.ts";

/** Postmark: an inbound stream with whole mails, webhooks that bring a password, and its API. */
export function createPostmarkFake(options: StandInOptions): MailStandIn {
  return createMailStandIn(options, {
    provider: "postmark",
    key: "server_token",
    secret: "webhook_password",
    arrival: (account, { messageId, from, to, subject, bytes, at }) =>
      posted(account, {
        From: from.address,
        FromName: from.name ?? "",
        FromFull: { Email: from.address, Name: from.name ?? "", MailboxHash: "" },
        To: to,
        ToFull: [{ Email: to, Name: "", MailboxHash: "" }],
        CcFull: [],
        BccFull: [],
        OriginalRecipient: to,
        Subject: subject,
        MessageID: newId(),
        Date: at.toUTCString(),
        Headers: [{ Name: "Message-ID", Value: messageId }],
        RawEmail: Buffer.from(bytes).toString("utf8"),
        Attachments: [],
      }),
    step: (account, step) => posted(account, eventOf(account, step)),
    routes,
  });
}

function posted({ credentials }: MailAccount, body: JsonObject) {
  const authorization = basic(credentials.webhook_password ?? "");
  return { headers: { "content-type": "application/json", authorization }, body: JSON.stringify(body) };
}

let bounces = 1_000;

function eventOf(account: MailAccount, { kind, mail, to, code, at }: MailStep): JsonObject {
  const common = {
    MessageID: mail.vendorId,
    MessageStream: "outbound",
    Metadata: { ...mail.carried },
    Tag: "",
    ServerID: 1,
  };
  const time = at.toISOString();
  switch (kind) {
    case "delivered":
      return { ...common, RecordType: "Delivery", Recipient: to, DeliveredAt: time, Details: "250 OK" };
    case "read":
      return { ...common, RecordType: "Open", Recipient: to, ReceivedAt: time, FirstOpen: true };
    case "complaint":
      return { ...bounced(account, to, time), ...common, RecordType: "SpamComplaint", Type: "SpamComplaint" };
    case "failed":
      return {
        ...bounced(account, to, time),
        ...common,
        RecordType: "Bounce",
        Type: "HardBounce",
        TypeCode: 1,
        Details: `smtp;550 ${code} no such mailbox`,
      };
  }
}

function bounced({ address }: MailAccount, to: string, time: string): JsonObject {
  bounces += 1;
  return { ID: bounces, Email: to, From: address, BouncedAt: time, Inactive: true, CanActivate: true };
}

function routes(app: Hono, desk: MailDesk): void {
  const signedIn = (context: Context) =>
    desk.accountWith("server_token", context.req.header("x-postmark-server-token") ?? "");
  const refuse = (context: Context) =>
    context.json({ ErrorCode: 10, Message: "The Server Token you provided does not match an active server." }, 401);
  const withPassword = ({ webhookUrl, credentials }: MailAccount): string =>
    Object.assign(new URL(webhookUrl), {
      username: "guichet",
      password: credentials.webhook_password ?? "",
    }).toString();

  app.get("/server", (context) => {
    const account = signedIn(context);
    if (!account) return refuse(context);
    return context.json({ ID: 1, Name: "Guichet", InboundHookUrl: withPassword(account), RawEmailEnabled: true });
  });
  app.post("/email", async (context) => {
    const account = signedIn(context);
    if (!account) return refuse(context);
    const refusal = desk.refusal();
    if (refusal !== null) return context.json({ ErrorCode: Number(refusal) || 300, Message: "Refused." }, 422);
    const mail = takenMail(objectOf(await context.req.json<Json>()));
    return desk.take(context, account, mail, () =>
      context.json({ To: mail.to[0], MessageID: mail.vendorId, ErrorCode: 0, Message: "OK" }),
    );
  });
}

function takenMail(body: JsonObject | null) {
  const headers = listOf(body?.Headers).map(objectOf);
  const own = headers.find((header) => firstText(header, "Name") === "Message-ID") ?? null;
  const metadata = Object.entries(objectOf(body?.Metadata) ?? {}).map(([name, value]) => [name, textOf(value) ?? ""]);
  return {
    messageId: firstText(own, "Value") ?? `<${newId()}@mtasv.example>`,
    vendorId: newId(),
    carried: Object.fromEntries(metadata) as Record<string, string>,
    to: ["To", "Cc"].flatMap((name) => (firstText(body, name) ?? "").split(/\s*,\s*/).filter(Boolean)),
    replyTo: firstText(body, "ReplyTo"),
    subject: firstText(body, "Subject") ?? "",
    text: firstText(body, "TextBody") ?? "",
    files: listOf(body?.Attachments).flatMap((file) => firstText(objectOf(file), "Name") ?? []),
  };
}
