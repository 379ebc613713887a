import type { Context, Hono } from "hono";
import { newId, newToken } from "#server/core/ids.ts";
import type { MailStandIn, StandInOptions } from "../stand-in.ts";
import { createMailStandIn, type MailDesk, type MailStep } from "../stand-in-mails.ts";
import { readTakenMail } from "../stand-in-mail-text.ts";
import { signedPost } from "./test-post.ts";
import { signatureOf } from "./verify.ts";

/** Mailgun: a route that forwards whole mails, signed events, and the parts of its API that we call. */
export function createMailgunFake(options: StandInOptions): MailStandIn {
  return createMailStandIn(options, {
    provider: "mailgun",
    key: "api_key",
    secret: "signing_key",
    arrival: ({ credentials }, { from, to, subject, bytes, at }) => {
      const [timestamp, token] = [String(Math.floor(at.getTime() / 1000)), newToken(25)];
      const form = new URLSearchParams({
        recipient: to,
        sender: from.address,
        from: from.name ? `${from.name} <${from.address}>` : from.address,
        subject,
        "body-mime": Buffer.from(bytes).toString("utf8"),
        timestamp,
        token,
        signature: signatureOf(credentials.signing_key ?? "", timestamp, token),
      });
      return { headers: { "content-type": "application/x-www-form-urlencoded" }, body: form.toString() };
    },
    step: ({ credentials }, step) => {
      const { headers, body } = signedPost("", credentials.signing_key ?? "", eventOf(step));
      return { headers: { ...headers }, body: Uint8Array.from(body) };
    },
    routes,
  });
}

function eventOf({ kind, mail, to, code, at }: MailStep): object {
  const common = {
    id: newToken(16),
    timestamp: at.getTime() / 1000,
    recipient: to,
    message: { headers: { "message-id": mail.messageId.replaceAll(/[<>]/g, "") } },
    "user-variables": mail.carried,
  };
  switch (kind) {
    case "delivered":
      return { ...common, event: "delivered", "delivery-status": { code: 250, message: "OK" } };
    case "read":
      return { ...common, event: "opened" };
    case "complaint":
      return { ...common, event: "complained" };
    case "failed":
      return {
        ...common,
        event: "failed",
        severity: "permanent",
        "delivery-status": { code: 550, "enhanced-code": code, message: `${code} no such mailbox` },
      };
  }
}

function routes(app: Hono, desk: MailDesk): void {
  const signedIn = (context: Context) => {
    const pair = Buffer.from((context.req.header("authorization") ?? "").replace(/^Basic /, ""), "base64").toString();
    return pair.startsWith("api:") ? desk.accountWith("api_key", pair.slice(4)) : null;
  };
  const refuse = (context: Context) => context.text("Forbidden", 401);
  const foreign = (context: Context) => context.json({ message: "Domain not found" }, 404);

  app.get("/v3/domains/:domain", (context) => {
    const account = signedIn(context);
    if (!account) return refuse(context);
    const name = context.req.param("domain");
    return account.credentials.domain === name ? context.json({ domain: { name, state: "active" } }) : foreign(context);
  });
  app.get("/v5/accounts/http_signing_key", (context) => {
    const account = signedIn(context);
    if (!account) return refuse(context);
    return context.json({ message: "success", http_signing_key: account.credentials.signing_key ?? "" });
  });
  app.get("/v3/routes", (context) => {
    const account = signedIn(context);
    if (!account) return refuse(context);
    const actions = [`forward("${account.webhookUrl}?mime")`, "stop()"];
    const items = [{ id: "1", expression: `match_recipient("${account.inbound}")`, actions, priority: 0 }];
    return context.json({ total_count: 1, items });
  });
  app.post("/v3/:domain/messages.mime", async (context) => {
    const account = signedIn(context);
    if (!account) return refuse(context);
    if (account.credentials.domain !== context.req.param("domain")) return foreign(context);
    const refusal = desk.refusal();
    if (refusal !== null) return context.json({ message: "The mail was refused" }, (Number(refusal) || 400) as 400);
    const form = await context.req.formData();
    const message = form.get("message");
    if (!(message instanceof Blob)) return context.json({ message: "message parameter is missing" }, 400);
    const mail = await readTakenMail(new Uint8Array(await message.arrayBuffer()));
    const to = form.getAll("to").filter((address) => typeof address === "string");
    const carried = Object.fromEntries(
      [...form].flatMap(([name, value]) =>
        name.startsWith("v:") && typeof value === "string" ? [[name.slice(2), value]] : [],
      ),
    );
    const id = `<${newId()}@mailgun.example>`;
    return desk.take(context, account, { ...mail, to, carried, vendorId: id }, () =>
      context.json({ id: mail.messageId, message: "Queued. Thank you." }),
    );
  });
}
