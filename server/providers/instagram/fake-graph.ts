import { Hono, type Context } from "hono";
import { limitBodies } from "#server/core/limit-bodies.ts";
import { z } from "zod";
import type { StandInTokens } from "../stand-in-tokens.ts";
import type { StandInAccount, StandInBehaviour, StandInCustomer } from "../stand-in.ts";
import { cutLine } from "../stand-in-line.ts";
import { refusalBody } from "./fake-errors.ts";
import type { Owner } from "./fake-oauth.ts";

export interface FakeAccount extends StandInAccount {
  credentials: Readonly<Record<string, string>>;
}

/** A message of the business, as it was asked for. */
export interface SentMessage {
  to: { customerId: string } | { commentId: string };
  text: string;
  file: { type: string; url: string } | null;
  humanAgent: boolean;
}

interface GraphParts {
  accounts(): FakeAccount[];
  tokens: StandInTokens<Owner>;
  /** Accounts whose events are posted to nobody any more. */
  unsubscribed: Set<string>;
  /** Every token of the account was taken back in its settings. */
  withdrawn(account: FakeAccount): boolean;
  media: ReadonlyMap<string, { mimeType: string; bytes: Uint8Array }>;
  behaviour(): StandInBehaviour;
  customer(account: FakeAccount, id: string): StandInCustomer | null;
  /** Accepts a message and answers its id, or the code of why not. */
  take(account: FakeAccount, sent: SentMessage): { messageId: string; customerId: string } | { refused: number };
  react(account: FakeAccount, messageId: string, emoji: string | null): void;
  seenByBusiness(account: FakeAccount, customerId: string): void;
}

const recipient = z.union([z.strictObject({ id: z.string() }), z.strictObject({ comment_id: z.string() })]);
const messageRequest = z.strictObject({
  recipient,
  message: z.union([
    z.strictObject({ text: z.string().min(1) }),
    z.strictObject({
      attachment: z.strictObject({
        type: z.enum(["image", "video", "audio", "file"]),
        payload: z.strictObject({ url: z.url() }),
      }),
    }),
  ]),
  messaging_type: z.literal("MESSAGE_TAG").optional(),
  tag: z.literal("HUMAN_AGENT").optional(),
});
const actionRequest = z.strictObject({
  recipient: z.strictObject({ id: z.string() }),
  sender_action: z.enum(["react", "unreact", "mark_seen", "typing_on", "typing_off"]),
  payload: z.strictObject({ message_id: z.string(), reaction: z.literal("love").optional() }).optional(),
});
const mostBytes = 1000;

/** The part of the Instagram API that we use: messages, the account, people, files. */
export function createFakeGraph(graph: GraphParts): Hono {
  const app = new Hono();
  app.use(limitBodies(1024 * 1024));
  app.get("/media/:id", (context) => {
    const file = graph.media.get(context.req.param("id"));
    return file
      ? context.body(Uint8Array.from(file.bytes), 200, { "content-type": file.mimeType })
      : context.notFound();
  });
  app.post("/:version{v\\d+\\.\\d}/me/messages", (context) => answerMessage(context, graph));
  app.get("/:version{v\\d+\\.\\d}/me/subscribed_apps", (context) => {
    const caller = callerOf(context, graph);
    if (!caller) return refuse(context, 190);
    const app = { name: "Guichet", id: "990000000000001", subscribed_fields: ["messages", "comments"] };
    return context.json({ data: graph.unsubscribed.has(caller.id) ? [] : [app] });
  });
  app.post("/:version{v\\d+\\.\\d}/me/subscribed_apps", (context) => subscribe(context, graph, true));
  app.delete("/:version{v\\d+\\.\\d}/me/subscribed_apps", (context) => subscribe(context, graph, false));
  app.get("/:version{v\\d+\\.\\d}/me", (context) => {
    const caller = callerOf(context, graph);
    if (!caller) return refuse(context, 190);
    const { id, username } = caller;
    return context.json({
      id: `9${id.slice(1)}`,
      user_id: id,
      username,
      name: "Démonstration",
      account_type: "BUSINESS",
    });
  });
  app.get("/:version{v\\d+\\.\\d}/:person", (context) => {
    const account = callerOf(context, graph)?.account;
    if (!account) return refuse(context, 190);
    const person = graph.customer(account, context.req.param("person"));
    if (!person) return refuse(context, 100);
    return context.json({ id: person.address, name: person.name ?? undefined, username: usernameOf(person) });
  });
  return app;
}

async function answerMessage(context: Context, graph: GraphParts): Promise<Response> {
  const account = callerOf(context, graph)?.account;
  if (!account) return refuse(context, 190);
  const { failSends } = graph.behaviour();
  if (failSends !== null && failSends !== "lost") return refuse(context, Number(failSends));
  const body: unknown = await context.req.json().catch(() => null);
  const action = actionRequest.safeParse(body);
  if (action.success) return answerAction(context, graph, account, action.data);
  const request = messageRequest.safeParse(body);
  if (!request.success) return refuse(context, 100);
  const { recipient: to, message, tag } = request.data;
  const text = "text" in message ? message.text : "";
  if (new TextEncoder().encode(text).length > mostBytes) return refuse(context, 100);
  const taken = graph.take(account, {
    to: "id" in to ? { customerId: to.id } : { commentId: to.comment_id },
    text,
    file: "attachment" in message ? { type: message.attachment.type, url: message.attachment.payload.url } : null,
    humanAgent: tag === "HUMAN_AGENT",
  });
  if ("refused" in taken) return refuse(context, taken.refused);
  if (failSends === "lost") return cutLine(context);
  return context.json({ recipient_id: taken.customerId, message_id: taken.messageId });
}

function answerAction(
  context: Context,
  graph: GraphParts,
  account: FakeAccount,
  { recipient: to, sender_action: action, payload }: z.infer<typeof actionRequest>,
): Response {
  if (action === "mark_seen") graph.seenByBusiness(account, to.id);
  if (action === "react" || action === "unreact") {
    if (!payload) return refuse(context, 100);
    graph.react(account, payload.message_id, action === "react" ? "❤️" : null);
  }
  return context.json({ recipient_id: to.id });
}

function subscribe(context: Context, graph: GraphParts, on: boolean): Response {
  const caller = callerOf(context, graph);
  if (!caller) return refuse(context, 190);
  if (on) graph.unsubscribed.delete(caller.id);
  else graph.unsubscribed.add(caller.id);
  return context.json({ success: true });
}

/** Whose token it is. One that was copied by hand is known by its channel; others were issued by the sign-in. */
function callerOf(
  context: Context,
  { accounts, tokens, withdrawn }: GraphParts,
): { id: string; username: string; account: FakeAccount | null } | null {
  const given = context.req.header("authorization")?.replace(/^Bearer /, "") ?? "";
  const issued = tokens.issued(given);
  const account = accounts().find((one) =>
    issued ? one.id === issued.accountId : one.credentials.access_token === given,
  );
  if (issued) {
    if (tokens.stateOf(given) !== "good" || (account && withdrawn(account))) return null;
    return { id: issued.accountId, username: issued.username, account: account ?? null };
  }
  if (!account || tokens.isRevoked(account.id)) return null;
  return { id: account.id, username: account.credentials.username ?? "", account };
}

/** Everybody has a user name; that of a customer is made of their name. */
export function usernameOf({ name, address }: StandInCustomer): string {
  const word = (name ?? "")
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ".")
    .replace(/^\.+|\.+$/g, "");
  return (word || `user.${address}`).slice(0, 30);
}

function refuse(context: Context, code: number): Response {
  const { status, body } = refusalBody(code);
  return context.json(body, status);
}
