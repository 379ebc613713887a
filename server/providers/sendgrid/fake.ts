import { sign } from "node:crypto";
import type { Context, Hono } from "hono";
import { newId } from "#server/core/ids.ts";
import type { Json, JsonObject } from "../contract.ts";
import { firstText, listOf, objectOf, textOf } from "../read-json.ts";
import type { MailStandIn, StandInOptions } from "../stand-in.ts";
import { createMailStandIn, type MailAccount, type MailDesk, type MailStep } from "../stand-in-mails.ts";
import { signingKeyOf } from "./signing-key.ts";
import { signatureHeader, timestampHeader } from "./verify.ts";

/** SendGrid: Inbound Parse with whole mails, the signed event webhook, and the parts of its API that we call. */
export function createSendgridFake(options: StandInOptions): MailStandIn {
  return createMailStandIn(options, {
    provider: "sendgrid",
    key: "api_key",
    secret: "verification_key",
    arrival: (_account, { from, to, subject, bytes }) =>
      form({
        to,
        from: from.name ? `${from.name} <${from.address}>` : from.address,
        subject,
        envelope: JSON.stringify({ to: [to], from: from.address }),
        charsets: JSON.stringify({ to: "UTF-8", subject: "UTF-8", from: "UTF-8" }),
        email: bytes,
      }),
    step: (account, step) => signed(account, [eventOf(step)], step.at),
    routes,
  });
}

function form(fields: Readonly<Record<string, string | Uint8Array>>) {
  const boundary = `xYzZY${newId().replaceAll("-", "")}`;
  const parts = Object.entries(fields).flatMap(([name, value]) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
    Buffer.from(value),
    Buffer.from("\r\n"),
  ]);
  const body = Uint8Array.from(Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]));
  return { headers: { "content-type": `multipart/form-data; boundary=${boundary}` }, body };
}

function eventOf({ kind, mail, to, code, at }: MailStep): JsonObject {
  const common = {
    email: to,
    timestamp: Math.floor(at.getTime() / 1000),
    "smtp-id": mail.messageId,
    sg_event_id: newId(),
    sg_message_id: mail.vendorId,
    ...mail.carried,
  };
  switch (kind) {
    case "delivered":
      return { ...common, event: "delivered", response: "250 OK" };
    case "read":
      return { ...common, event: "open" };
    case "complaint":
      return { ...common, event: "spamreport" };
    case "failed":
      return { ...common, event: "bounce", type: "bounce", status: code, reason: `550 ${code} no such mailbox` };
  }
}

/** The key pair of the account, which the API key names; another one once it was renewed in the console. */
function keysOf({ credentials, held }: MailAccount) {
  const isRenewed = credentials.verification_key !== held.verification_key;
  return signingKeyOf(`${held.api_key ?? ""}${isRenewed ? " renewed" : ""}`);
}

function signed(account: MailAccount, events: JsonObject[], at: Date) {
  const body = `${JSON.stringify(events)}\r\n`;
  const time = String(Math.floor(at.getTime() / 1000));
  const { privateKey } = keysOf(account);
  const signature = sign("sha256", Buffer.from(time + body), privateKey).toString("base64");
  return {
    headers: { "content-type": "application/json", [signatureHeader]: signature, [timestampHeader]: time },
    body,
  };
}

function routes(app: Hono, desk: MailDesk): void {
  const signedIn = (context: Context) =>
    desk.accountWith("api_key", context.req.header("authorization")?.replace(/^Bearer /, ""));
  const refuse = (context: Context, status: number, message: string) =>
    context.json({ errors: [{ message, field: null, help: null }] }, status as 401);
  const unknown = (context: Context) => refuse(context, 401, "The provided authorization grant is invalid");

  app.get("/v3/scopes", (context) =>
    signedIn(context) ? context.json({ scopes: ["mail.send", "user.webhooks.parse.settings.read"] }) : unknown(context),
  );
  app.get("/v3/user/webhooks/parse/settings", (context) => {
    const account = signedIn(context);
    if (!account) return unknown(context);
    const hostname = account.inbound.split("@")[1];
    return context.json({ result: [{ url: account.webhookUrl, hostname, send_raw: true, spam_check: false }] });
  });
  app.get("/v3/user/webhooks/event/settings/all", (context) => {
    const account = signedIn(context);
    if (!account) return unknown(context);
    const { verificationKey } = keysOf(account);
    const webhook = { id: "1", enabled: true, url: account.webhookUrl, public_key: verificationKey };
    return context.json({ max_allowed: 5, webhooks: [webhook] });
  });
  app.post("/v3/mail/send", async (context) => {
    const account = signedIn(context);
    if (!account) return unknown(context);
    const refusal = desk.refusal();
    if (refusal !== null) return refuse(context, Number(refusal) || 400, "The mail was refused");
    const mail = takenMail(objectOf(await context.req.json<Json>()));
    if (!mail) return refuse(context, 400, "The personalizations field is required");
    return desk.take(context, account, mail, () => context.body(null, 202, { "x-message-id": mail.vendorId }));
  });
}

function takenMail(body: JsonObject | null) {
  const one = objectOf(listOf(body?.personalizations)[0]);
  const to = ["to", "cc"].flatMap((name) => listOf(one?.[name]).flatMap((mail) => textOf(objectOf(mail)?.email) ?? []));
  if (!body || to.length === 0) return null;
  const carried = Object.entries(objectOf(one?.custom_args) ?? {}).map(([name, value]) => [name, textOf(value) ?? ""]);
  const plain = listOf(body.content).map(objectOf);
  return {
    messageId: firstText(objectOf(body.headers), "Message-ID") ?? `<${newId()}@ismtpd.sendgrid.example>`,
    vendorId: newId(),
    carried: Object.fromEntries(carried) as Record<string, string>,
    to,
    replyTo: firstText(objectOf(body.reply_to), "email"),
    subject: firstText(body, "subject") ?? "",
    text: firstText(plain.find((part) => part?.type === "text/plain") ?? null, "value") ?? "",
    files: listOf(body.attachments).flatMap((file) => firstText(objectOf(file), "filename") ?? []),
  };
}
