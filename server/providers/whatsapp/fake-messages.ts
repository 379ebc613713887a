import type { Context } from "hono";
import { internationalPhone } from "#server/core/phones.ts";
import { cutLine } from "../stand-in-line.ts";
import { hasToken, refuse, type FakeAccount, type GraphParts, type SentMessage } from "./fake-account.ts";
import { messageRequest, readRequest, type MessageRequest } from "./fake-requests.ts";
import { findTemplate, showTemplate } from "./fake-templates.ts";

type Taken = Pick<SentMessage, "text" | "file" | "template">;

const windowMs = 24 * 60 * 60 * 1000;

/** `POST /{number}/messages`: a message, a reaction, or that one was read. */
export async function answerMessage(context: Context, graph: GraphParts): Promise<Response> {
  const account = graph.accountOfNumber(context.req.param("id") ?? "");
  if (!account) return refuse(context, hasToken(context, graph.accounts()) ? 100 : 190);
  if (!hasToken(context, [account])) return refuse(context, 190);
  const { failSends } = graph.behaviour();
  if (failSends !== null && failSends !== "lost") return refuse(context, Number(failSends));
  const body: unknown = await context.req.json().catch(() => null);
  const read = readRequest.safeParse(body);
  if (read.success) {
    return graph.readByBusiness(read.data.message_id) ? context.json({ success: true }) : refuse(context, 131009);
  }
  const request = messageRequest.safeParse(body);
  if (!request.success) return refuse(context, 131009);
  const { to, recipient, context: reply, biz_opaque_callback_data: tracker } = request.data;
  const input = to ?? recipient;
  if (input === undefined) return refuse(context, 131008);
  const phone = to === undefined ? null : internationalPhone(to);
  if (to !== undefined && phone === null) return refuse(context, 131009);
  const address = phone ?? input;
  if (request.data.type !== "template" && isClosed(graph.lastWrote(account, address))) return refuse(context, 131047);
  const id = takeRequest(graph, account, request.data, {
    to: address,
    replyToId: reply?.message_id ?? null,
    tracker: tracker ?? null,
  });
  if (typeof id === "number") return refuse(context, id);
  if (failSends === "lost") return cutLine(context);
  const contact = phone === null ? { input, user_id: input } : { input, wa_id: phone.slice(1) };
  return context.json({ messaging_product: "whatsapp", contacts: [contact], messages: [{ id }] });
}

/** A customer whom the stand-in never heard of may have written before it was started. */
function isClosed(lastWrote: Date | null): boolean {
  return lastWrote !== null && Date.now() - lastWrote.getTime() > windowMs;
}

/** The message's id, or the code that Meta refuses it with. */
function takeRequest(
  graph: GraphParts,
  account: FakeAccount,
  request: MessageRequest,
  sent: Pick<SentMessage, "to" | "replyToId" | "tracker">,
): string | number {
  if (request.type === "reaction") {
    const { message_id: target, emoji } = request.reaction;
    return graph.react(target, emoji === "" ? null : emoji) ? `wamid.reaction.${target.slice(-12)}` : 131009;
  }
  const taken = contentOf(graph, account, request);
  return typeof taken === "number" ? taken : graph.take(account, { ...sent, ...taken });
}

function contentOf(
  graph: GraphParts,
  account: FakeAccount,
  request: Exclude<MessageRequest, { type: "reaction" }>,
): Taken | number {
  switch (request.type) {
    case "text":
      return { text: request.text.body };
    case "template": {
      const templates = graph.templatesOf(account.credentials.business_account_id ?? "");
      const definition = findTemplate(templates, request.template);
      if (typeof definition === "number") return definition;
      const { text, buttons } = showTemplate(definition, request.template);
      return { text, template: { name: request.template.name, buttons } };
    }
    case "image":
      return fileOf(graph, "image", request.image.id, request.image.caption);
    case "video":
      return fileOf(graph, "video", request.video.id, request.video.caption);
    case "audio":
      return fileOf(graph, "audio", request.audio.id);
    case "sticker":
      return fileOf(graph, "sticker", request.sticker.id);
    case "document":
      return fileOf(graph, "document", request.document.id, request.document.caption, request.document.filename);
  }
}

function fileOf(graph: GraphParts, kind: string, mediaId: string, caption = "", name?: string): Taken | number {
  const file = graph.media.find(mediaId);
  if (!file) return 131009;
  return {
    text: caption,
    file: { kind, name: name ?? file.name, mimeType: file.mimeType, bytes: file.bytes.byteLength },
  };
}
