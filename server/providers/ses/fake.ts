import { AwsV4Signer } from "aws4fetch";
import type { Context, Hono } from "hono";
import { newId } from "#server/core/ids.ts";
import { sameText } from "#server/core/crypto.ts";
import type { Json, JsonObject } from "../contract.ts";
import { firstText, listOf, objectOf, textOf } from "../read-json.ts";
import type { MailStandIn, StandInOptions } from "../stand-in.ts";
import { createMailStandIn, type MailAccount, type MailDesk, type MailStep } from "../stand-in-mails.ts";
import { readTakenMail } from "../stand-in-mail-text.ts";
import { notice, snsPost } from "./test-post.ts";

/** Amazon SES: mails and events through a signed SNS topic, and the parts of its API that we call, signatures checked. */
export function createSesFake(options: StandInOptions): MailStandIn {
  return createMailStandIn(options, {
    provider: "ses",
    key: "secret_access_key",
    secret: "topic_arn",
    arrival: (account, { from, to, bytes, at }) =>
      published(account, {
        notificationType: "Received",
        mail: { timestamp: at.toISOString(), source: from.address, messageId: newId(), destination: [to] },
        receipt: {
          timestamp: at.toISOString(),
          recipients: [to],
          action: { type: "SNS", topicArn: topicOf(account), encoding: "BASE64" },
        },
        content: Buffer.from(bytes).toString("base64"),
      }),
    step: (account, step) => published(account, eventOf(account, step)),
    routes,
  });
}

const topicOf = ({ credentials }: MailAccount) => credentials.topic_arn ?? "";

function published(account: MailAccount, event: JsonObject) {
  const { headers, body } = snsPost("", notice(topicOf(account), event));
  return { headers: { ...headers }, body: Uint8Array.from(body) };
}

function eventOf({ address }: MailAccount, { kind, mail, to, code, at }: MailStep): JsonObject {
  const timestamp = at.toISOString();
  const tags = Object.fromEntries(Object.entries(mail.carried).map(([name, value]) => [name, [value]]));
  const sent = { timestamp, source: address, messageId: mail.vendorId, destination: [to], tags };
  switch (kind) {
    case "delivered":
      return { eventType: "Delivery", mail: sent, delivery: { timestamp, recipients: [to], smtpResponse: "250 OK" } };
    case "read":
      return { eventType: "Open", mail: sent, open: { timestamp, userAgent: "mail" } };
    case "complaint":
      return {
        eventType: "Complaint",
        mail: sent,
        complaint: { timestamp, complainedRecipients: [{ emailAddress: to }] },
      };
    case "failed": {
      const recipient = {
        emailAddress: to,
        action: "failed",
        status: code,
        diagnosticCode: `smtp; 550 ${code} unknown`,
      };
      const bounce = { timestamp, bounceType: "Permanent", bounceSubType: "General", bouncedRecipients: [recipient] };
      return { eventType: "Bounce", mail: sent, bounce };
    }
  }
}

function routes(app: Hono, desk: MailDesk): void {
  const refuse = (context: Context, status: number, type: string, message: string) =>
    context.json({ message, __type: type }, status as 403);
  const stranger = (context: Context) =>
    refuse(context, 403, "UnrecognizedClientException", "The security token included in the request is invalid.");

  app.get("/v2/email/account", async (context) =>
    (await signedIn(context, desk))
      ? context.json({ SendingEnabled: true, ProductionAccessEnabled: true })
      : stranger(context),
  );
  app.get("/v2/email/identities/:identity", async (context) => {
    const account = await signedIn(context, desk);
    if (!account) return stranger(context);
    const isOwn = account.address.endsWith(context.req.param("identity"));
    return isOwn
      ? context.json({ VerifiedForSendingStatus: true })
      : refuse(context, 404, "NotFoundException", "Email identity does not exist.");
  });
  app.post("/v2/email/outbound-emails", async (context) => {
    const account = await signedIn(context, desk);
    if (!account) return stranger(context);
    const refusal = desk.refusal();
    if (refusal !== null) return refuse(context, 400, refusal, "The mail was refused.");
    const body = objectOf(await context.req.json<Json>());
    const raw = firstText(objectOf(objectOf(body?.Content)?.Raw), "Data") ?? "";
    const mail = await readTakenMail(Buffer.from(raw, "base64"));
    const vendorId = `0102${newId().replaceAll("-", "")}-000000`;
    const tags = listOf(body?.EmailTags).map(objectOf);
    const taken = {
      ...mail,
      // SES puts an id of its own in place of the mail's.
      messageId: `<${vendorId}@${account.credentials.region}.amazonses.com>`,
      vendorId,
      to: receivers(objectOf(body?.Destination)),
      carried: Object.fromEntries(tags.map((tag) => [firstText(tag, "Name") ?? "", firstText(tag, "Value") ?? ""])),
    };
    return desk.take(context, account, taken, () => context.json({ MessageId: vendorId }));
  });
}

function receivers(destination: JsonObject | null): string[] {
  return ["ToAddresses", "CcAddresses"].flatMap((name) =>
    listOf(destination?.[name]).flatMap((one) => textOf(one) ?? []),
  );
}

/** The account whose key signed the request, its signature computed anew. */
async function signedIn(context: Context, desk: MailDesk): Promise<MailAccount | null> {
  const given = context.req.header("authorization") ?? "";
  const account = desk.accountWith("access_key_id", /Credential=([^/]+)\//.exec(given)?.[1]);
  if (!account) return null;
  const { access_key_id: accessKeyId = "", secret_access_key: secretAccessKey = "", region = "" } = account.credentials;
  const { method, url } = context.req;
  const body = method === "POST" ? await context.req.text() : null;
  const signer = new AwsV4Signer({
    accessKeyId,
    secretAccessKey,
    region,
    service: "ses",
    method,
    url,
    datetime: context.req.header("x-amz-date") ?? "",
    ...(body === null ? {} : { body }),
  });
  return sameText(await signer.authHeader(), given) ? account : null;
}
