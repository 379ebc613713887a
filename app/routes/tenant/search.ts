import { apiContext } from "#app/context.ts";
import { phoneInGroups } from "#app/i18n/format.ts";
import type { Hit } from "#app/shell/hit.ts";
import type { Caller } from "#server/trpc/root.ts";

import type { Route } from "./+types/search";

const most = 5;

/** The palette's answers: a few customers, tickets and conversations. What a member may not see is left out. */
export async function loader({ request, context }: Route.LoaderArgs): Promise<{ hits: Hit[] }> {
  const query = new URL(request.url).searchParams.get("q")?.trim().slice(0, 200) ?? "";
  if (query === "") return { hits: [] };
  const api = context.get(apiContext);
  const found = await Promise.allSettled([
    findCustomers(api, query),
    findTickets(api, query),
    findConversations(api, query),
  ]);
  return { hits: found.flatMap((part) => (part.status === "fulfilled" ? part.value : [])) };
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

async function findTickets(api: Caller, search: string): Promise<Hit[]> {
  const { rows } = await api.tickets.list({ view: "all", search });
  return rows.slice(0, most).map(({ id, number, subject, customerName }) => ({
    kind: "ticket",
    id,
    title: `#${number} ${subject}`,
    detail: customerName ?? "",
    path: `tickets/${number}`,
  }));
}

async function findConversations(api: Caller, query: string): Promise<Hit[]> {
  const { rows } = await api.conversations.list({ query, limit: most });
  return rows.map(({ id, customer, channel, preview }) => ({
    kind: "conversation",
    id,
    title: customer.name,
    detail: [channel.name, preview].filter(Boolean).join(" · "),
    path: `inbox/${id}`,
  }));
}
