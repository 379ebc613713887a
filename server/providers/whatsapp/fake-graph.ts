import { createHash, createHmac } from "node:crypto";
import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { internationalPhone } from "#server/core/phones.ts";
import type { StandInAccount, StandInBehaviour } from "../stand-in.ts";
import { cutLine } from "../stand-in-line.ts";
import { graphError, refusalOf } from "./fake-errors.ts";

export interface FakeAccount extends StandInAccount {
  credentials: Readonly<Record<string, string>>;
}

/** A text of the business, as it was asked for. */
export interface SentText {
  to: string;
  text: string;
  replyToId: string | null;
  tracker: string | null;
}

interface GraphParts {
  accountOfNumber(id: string): FakeAccount | null;
  accounts(): FakeAccount[];
  media: ReadonlyMap<string, { mimeType: string; bytes: Uint8Array }>;
  behaviour(): StandInBehaviour;
  /** Accepts a message and answers its id. */
  take(account: FakeAccount, sent: SentText): string;
  readByBusiness(messageId: string): void;
}

const textRequest = z.object({
  messaging_product: z.literal("whatsapp"),
  recipient_type: z.literal("individual").optional(),
  to: z.string().optional(),
  recipient: z.string().optional(),
  context: z.object({ message_id: z.string() }).optional(),
  type: z.literal("text").optional(),
  text: z.object({ body: z.string().min(1).max(4096), preview_url: z.boolean().optional() }),
  biz_opaque_callback_data: z.string().max(512).optional(),
});
const readRequest = z.object({
  messaging_product: z.literal("whatsapp"),
  status: z.literal("read"),
  message_id: z.string(),
});

/** The Graph API's part that we use: messages, numbers, accounts, media. */
export function createFakeGraph(graph: GraphParts): Hono {
  const app = new Hono();
  app.use(bodyLimit({ maxSize: 1024 * 1024 }));
  app.post("/:version/:id/messages", (context) => answerMessage(context, graph));
  app.get("/:version/:id/phone_numbers", (context) => {
    const accounts = accountsOf(context, graph);
    if (!accounts) return refuse(context, 100);
    return context.json({ data: accounts.map(numberInfo) });
  });
  app.get("/:version/:id/subscribed_apps", (context) => {
    if (!accountsOf(context, graph)) return refuse(context, 100);
    return context.json({ data: [{ whatsapp_business_api_data: { id: "2610001", name: "Guichet" } }] });
  });
  app.get("/media/:id", (context) => {
    const file = graph.media.get(context.req.param("id"));
    if (!file || !hasToken(context, graph.accounts())) return refuse(context, file ? 190 : 100);
    return context.body(Uint8Array.from(file.bytes), 200, { "content-type": file.mimeType });
  });
  app.get("/:version/:id", (context) => answerNode(context, graph));
  return app;
}

async function answerMessage(context: Context, graph: GraphParts): Promise<Response> {
  const account = graph.accountOfNumber(context.req.param("id") ?? "");
  if (!account) return refuse(context, hasToken(context, graph.accounts()) ? 100 : 190);
  if (!hasToken(context, [account])) return refuse(context, 190);
  const { failSends } = graph.behaviour();
  if (failSends !== null && failSends !== "lost") return refuse(context, Number(failSends));
  const body: unknown = await context.req.json().catch(() => null);
  const read = readRequest.safeParse(body);
  if (read.success) {
    graph.readByBusiness(read.data.message_id);
    return context.json({ success: true });
  }
  const request = textRequest.safeParse(body);
  if (!request.success) return refuse(context, 131009);
  const { to, recipient, text, context: reply, biz_opaque_callback_data: tracker } = request.data;
  const input = to ?? recipient;
  if (input === undefined) return refuse(context, 131008);
  const phone = to === undefined ? null : internationalPhone(to);
  if (to !== undefined && phone === null) return refuse(context, 131009);
  const id = graph.take(account, {
    to: phone ?? input,
    text: text.body,
    replyToId: reply?.message_id ?? null,
    tracker: tracker ?? null,
  });
  if (failSends === "lost") return cutLine(context);
  const contact = phone === null ? { input, user_id: input } : { input, wa_id: phone.slice(1) };
  return context.json({ messaging_product: "whatsapp", contacts: [contact], messages: [{ id }] });
}

function answerNode(context: Context, graph: GraphParts): Response {
  const id = context.req.param("id") ?? "";
  const accounts = graph.accounts();
  if (!hasToken(context, accounts)) return refuse(context, 190);
  const file = graph.media.get(id);
  if (file) {
    const url = new URL(context.req.url);
    url.pathname = url.pathname.replace(/[^/]+\/[^/]+$/, `media/${id}`);
    return context.json({
      messaging_product: "whatsapp",
      id,
      url: url.toString(),
      mime_type: file.mimeType,
      sha256: createHash("sha256").update(file.bytes).digest("hex"),
      file_size: String(file.bytes.length),
    });
  }
  const account = graph.accountOfNumber(id);
  if (!account || !hasToken(context, [account])) return refuse(context, 100);
  const proof = context.req.query("appsecret_proof");
  const { app_secret: secret = "", access_token: token = "" } = account.credentials;
  if (proof !== undefined && proof !== createHmac("sha256", secret).update(token).digest("hex")) {
    return context.json(graphError(100, "Invalid appsecret_proof provided in the API argument"), 400);
  }
  return context.json({
    ...numberInfo(account),
    webhook_configuration: { application: account.webhookUrl },
  });
}

function numberInfo(account: FakeAccount) {
  return {
    id: account.id,
    display_phone_number: account.credentials.display_phone_number ?? account.address,
    verified_name: "Démonstration",
    quality_rating: "GREEN",
  };
}

function accountsOf(context: Context, graph: GraphParts): FakeAccount[] | null {
  const id = context.req.param("id");
  const accounts = graph.accounts().filter(({ credentials }) => credentials.business_account_id === id);
  return accounts.length > 0 && hasToken(context, accounts) ? accounts : null;
}

function hasToken(context: Context, accounts: FakeAccount[]): boolean {
  const given = context.req.header("authorization");
  return accounts.some(({ credentials }) => given === `Bearer ${credentials.access_token}`);
}

function refuse(context: Context, code: number): Response {
  const { status, message } = refusalOf(code);
  return context.json(graphError(code, message), status);
}
