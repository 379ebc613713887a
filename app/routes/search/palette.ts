import type { ShouldRevalidateFunctionArgs } from "react-router";

import { apiContext } from "#app/context.ts";
import { phoneInGroups } from "#app/i18n/format.ts";
import type { Hit, Hits } from "#app/shell/hit.ts";
import type { Caller } from "#server/trpc/root.ts";

import { atMessage } from "../inbox/message-address.ts";
import type { Route } from "./+types/palette";

const most = 5;

/** The palette's answers: a few customers, tickets and conversations; of an empty question, what the member works on. */
export async function loader({ request, context }: Route.LoaderArgs): Promise<Hits> {
  const query = new URL(request.url).searchParams.get("q")?.trim().slice(0, 200) ?? "";
  const api = context.get(apiContext);
  const hits =
    query === "" ? (await Promise.all([ownTickets(api), ownConversations(api)])).flat() : await findHits(api, query);
  return { query, hits };
}

/** Asked anew whenever the palette wants something else, and never because of it. */
export function shouldRevalidate({ currentUrl, nextUrl }: ShouldRevalidateFunctionArgs) {
  return currentUrl.href !== nextUrl.href;
}

async function findHits(api: Caller, query: string): Promise<Hit[]> {
  const { customers, tickets, conversations, held } = await api.search.atOnce({ query, limit: most });
  return [
    ...customers.map(({ id, name, phone, email, city }): Hit => ({
      kind: "customer",
      id,
      title: name,
      detail: [phone ? phoneInGroups(phone) : email, city].filter(Boolean).join(" · "),
      path: `customers/${id}`,
    })),
    ...tickets.map(({ id, number, subject, customerName, text, isNote }): Hit => ({
      kind: "ticket",
      id,
      title: `#${number} ${subject.map((part) => part.text).join("")}`,
      detail: customerName ?? "",
      ...(isNote || !subject.some(({ hit }) => hit) ? { text } : {}),
      path: `tickets/${number}`,
    })),
    ...conversations.map(({ id, messageId, customerName, text }): Hit => ({
      kind: "conversation",
      id,
      title: customerName,
      detail: "",
      text,
      path: `inbox/${id}${atMessage(messageId)}`,
    })),
    ...held.map(shapeConversation),
  ];
}

async function ownTickets(api: Caller): Promise<Hit[]> {
  const { rows } = await api.tickets.list({ view: "mine" });
  return rows.slice(0, 3).map(({ id, number, subject, customerName }) => ({
    kind: "ticket",
    id,
    title: `#${number} ${subject}`,
    detail: customerName ?? "",
    path: `tickets/${number}`,
  }));
}

async function ownConversations(api: Caller): Promise<Hit[]> {
  const { rows } = await api.conversations.list({ view: "mine", limit: 3 });
  return rows.map(shapeConversation);
}

type Conversation = Awaited<ReturnType<Caller["conversations"]["list"]>>["rows"][number];

const shapeConversation = ({ id, customer, channel, preview }: Conversation): Hit => ({
  kind: "conversation",
  id,
  title: customer.name,
  detail: [channel.name, preview].filter(Boolean).join(" · "),
  path: `inbox/${id}`,
});
