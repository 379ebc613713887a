import { createHmac } from "node:crypto";
import { Hono, type Context } from "hono";
import { limitBodies } from "#server/core/limit-bodies.ts";
import { hasToken, refuse, type FakeAccount, type GraphParts } from "./fake-account.ts";
import { graphError } from "./fake-errors.ts";
import { sha256Of } from "./fake-media.ts";
import { answerMessage } from "./fake-messages.ts";

/** The Graph API's part that we use: messages, numbers, accounts, media, templates. */
export function createFakeGraph(graph: GraphParts): Hono {
  const app = new Hono();
  app.post("/:version/:id/messages", limitBodies(1024 * 1024), (context) => answerMessage(context, graph));
  app.post("/:version/:id/media", limitBodies(101 * 1024 * 1024), (context) => takeUpload(context, graph));
  app.get("/:version/:id/phone_numbers", (context) => {
    const accounts = accountsOf(context, graph);
    return accounts ? context.json({ data: accounts.map(numberInfo) }) : refuse(context, 100);
  });
  app.get("/:version/:id/subscribed_apps", (context) => {
    if (!accountsOf(context, graph)) return refuse(context, 100);
    return context.json({ data: [{ whatsapp_business_api_data: { id: "2610001", name: "Guichet" } }] });
  });
  app.get("/:version/:id/message_templates", (context) => listTemplates(context, graph));
  app.get("/media/:key", (context) => {
    const file = graph.media.open(context.req.param("key"));
    if (!hasToken(context, graph.accounts())) return refuse(context, 190);
    if (!file) return context.text("URL signature expired", 404);
    return context.body(Uint8Array.from(file.bytes), 200, { "content-type": file.mimeType });
  });
  app.get("/:version/:id", (context) => answerNode(context, graph));
  return app;
}

async function takeUpload(context: Context, graph: GraphParts): Promise<Response> {
  const account = graph.accountOfNumber(context.req.param("id") ?? "");
  if (!account || !hasToken(context, [account])) return refuse(context, account ? 190 : 100);
  const form = await context.req.parseBody();
  const { file } = form;
  if (form["messaging_product"] !== "whatsapp" || !(file instanceof File)) return refuse(context, 131009);
  const bytes = new Uint8Array(await file.arrayBuffer());
  return context.json({ id: graph.media.keep({ mimeType: file.type, name: file.name, bytes }) });
}

const pageSize = 4;

/** Pages are small, so that whoever reads only the first one is found out. */
function listTemplates(context: Context, graph: GraphParts): Response {
  if (!accountsOf(context, graph)) return refuse(context, hasToken(context, graph.accounts()) ? 100 : 190);
  const all = graph.templatesOf(context.req.param("id") ?? "");
  const from = Number(context.req.query("after") ?? 0);
  const next = from + pageSize;
  return context.json({
    data: all.slice(from, next),
    paging: {
      cursors: { before: String(from), after: String(next) },
      ...(next < all.length ? { next: `${context.req.url.split("?")[0]}?after=${next}` } : {}),
    },
  });
}

function answerNode(context: Context, graph: GraphParts): Response {
  const id = context.req.param("id") ?? "";
  if (!hasToken(context, graph.accounts())) return refuse(context, 190);
  const file = graph.media.find(id);
  if (file) {
    const url = new URL(context.req.url);
    url.search = "";
    url.pathname = url.pathname.replace(/[^/]+\/[^/]+$/, `media/${graph.media.addressOf(id)}`);
    return context.json({
      messaging_product: "whatsapp",
      id,
      url: url.toString(),
      mime_type: file.mimeType,
      sha256: sha256Of(file),
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
  return context.json({ ...numberInfo(account), webhook_configuration: { application: account.webhookUrl } });
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
