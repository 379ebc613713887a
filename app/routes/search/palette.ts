import type { ShouldRevalidateFunctionArgs } from "react-router";

import { apiContext } from "#app/context.ts";
import { phoneInGroups } from "#app/i18n/format.ts";
import type { Hit, Hits } from "#app/shell/hit.ts";
import type { Caller } from "#server/trpc/root.ts";

import { atMessage } from "../inbox/message-address.ts";
import type { Route } from "./+types/palette";

const most = 5;

/**
 * The palette's answers: a few customers, tickets and conversations; of an empty question, what the member works on. What
 * they may not see is left out.
 */
export async function loader({ request, context }: Route.LoaderArgs): Promise<Hits> {
  const query = new URL(request.url).searchParams.get("q")?.trim().slice(0, 200) ?? "";
  const api = context.get(apiContext);
  const asked =
    query === ""
      ? [ownTickets(api), ownConversations(api)]
      : [findCustomers(api, query), findTickets(api, query), findConversations(api, query)];
  const found = await Promise.allSettled(asked);
  return { query, hits: found.flatMap((part) => (part.status === "fulfilled" ? part.value : [])) };
}

/** Asked anew whenever the palette wants something else, and never because of it. */
export function shouldRevalidate({ currentUrl, nextUrl }: ShouldRevalidateFunctionArgs) {
  return currentUrl.href !== nextUrl.href;
}

async function findCustomers(api: Caller, search: string): Promise<Hit[]> {
  const { rows } = await api.customers.list({ search });
  return rows.slice(0, most).map(({ id, name, phone, email, city }) => ({
    kind: "customer",
    id,
    title: name,
    detail: [phone ? phoneInGroups(phone) : email, city].filter(Boolean).join(" · "),
    path: `customers/${id}`,
  }));
}

async function findTickets(api: Caller, query: string): Promise<Hit[]> {
  const { hits } = await api.search.tickets({ query, limit: most });
  return hits.map(({ id, number, subject, customerName, text, isNote }) => ({
    kind: "ticket",
    id,
    title: `#${number} ${subject.map((part) => part.text).join("")}`,
    detail: customerName ?? "",
    ...(isNote || !subject.some(({ hit }) => hit) ? { text } : {}),
    path: `tickets/${number}`,
  }));
}

/** By words of theirs; where those are of few, by whom they are with too. */
async function findConversations(api: Caller, query: string): Promise<Hit[]> {
  const said = await api.search.conversations({ query, limit: most });
  const byWords: Hit[] = said.hits.map(({ id, messageId, customerName, text }) => ({
    kind: "conversation",
    id,
    title: customerName,
    detail: "",
    text,
    path: `inbox/${id}${atMessage(messageId)}`,
  }));
  if (byWords.length >= most) return byWords;
  const held = await api.conversations.list({ query, limit: most });
  const known = new Set(byWords.map(({ id }) => id));
  const byPerson = held.rows.filter(({ id }) => !known.has(id)).map(shapeConversation);
  return [...byWords, ...byPerson].slice(0, most);
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
