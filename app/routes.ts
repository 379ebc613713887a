import { existsSync } from "node:fs";

import { index, route, type RouteConfig, type RouteConfigEntry } from "@react-router/dev/routes";

/** Every address of the interface. `.ts` files answer without a page of their own. */
const everything: RouteConfig = [
  index("routes/start.ts"),
  route("preferences", "routes/preferences.ts"),
  route("sign-in", "routes/auth/sign-in.tsx"),
  route("sign-out", "routes/auth/sign-out.ts"),
  route("setup", "routes/auth/setup.tsx"),
  route("invitations/:token", "routes/auth/invitation.tsx"),
  route("reset/:token", "routes/auth/reset.tsx"),
  route("connections/:platform/callback", "routes/settings/connections/callback.ts"),
  route("simulator", "routes/simulator/page.tsx"),
  route("t/:tenant", "routes/tenant/layout.tsx", [
    index("routes/overview/page.tsx"),
    route("search", "routes/search/page.tsx"),
    route("search/palette", "routes/search/palette.ts"),
    route("presence", "routes/tenant/presence.ts"),
    route("inbox/choices", "routes/inbox/choices.ts"),
    route("inbox", "routes/inbox/page.tsx", [route(":conversation", "routes/inbox/conversation.tsx")]),
    route("inbox/:conversation/outgoing", "routes/inbox/outgoing-action.ts"),
    route("inbox/:conversation/draft", "routes/inbox/draft.ts"),
    route("tickets", "routes/tickets/list.tsx"),
    route("tickets/new", "routes/tickets/new.tsx"),
    route("tickets/deadlines", "routes/tickets/deadline-notices.ts"),
    route("tickets/board", "routes/tickets/board.tsx"),
    route("tickets/cards", "routes/tickets/cards.ts"),
    route("tickets/move", "routes/tickets/move.ts"),
    route("tickets/columns", "routes/tickets/columns.ts"),
    route("tickets/export", "routes/tickets/export.ts"),
    route("tickets/assignees", "routes/tickets/assignees.ts"),
    route("tickets/:number", "routes/tickets/ticket.tsx"),
    route("tickets/:number/print", "routes/tickets/print.tsx"),
    route("calls/:id", "routes/calls/call.tsx"),
    route("flights/:subject/:id", "routes/flights/flight.tsx"),
    route("inbox/mails/:message", "routes/inbox/mail.ts"),
    route("customers", "routes/customers/list.tsx"),
    route("customers/new", "routes/customers/new.tsx"),
    route("customers/:id", "routes/customers/customer.tsx"),
    route("customers/:id/erase", "routes/customers/erase.tsx"),
    route("alerts", "routes/alerts/page.tsx"),
    route("notifications", "routes/notifications/page.tsx"),
    route("views/:area", "routes/views/page.tsx"),
    route("logs/export", "routes/logs/export.ts"),
    route("logs/ledger", "routes/logs/ledger.tsx"),
    route("logs/accounts", "routes/logs/accounts.tsx"),
    route("logs/retention", "routes/logs/retention.tsx"),
    route("logs", "routes/logs/page.tsx", [
      route("replay", "routes/logs/replay.tsx"),
      route(":id", "routes/logs/event.tsx"),
    ]),
    route("settings/channels", "routes/settings/channels/list.tsx"),
    route("settings/channels/new", "routes/settings/channels/new.tsx"),
    route("settings/channels/:id", "routes/settings/channels/channel.tsx"),
    route("settings/connections", "routes/settings/connections/list.tsx"),
    route("settings/connections/finish", "routes/settings/connections/finish.ts"),
    route("settings/quick-replies", "routes/settings/quick-replies/page.tsx"),
    route("settings/labels", "routes/settings/labels.tsx"),
    route("settings/sla", "routes/settings/sla/page.tsx"),
    route("settings/tickets", "routes/settings/tickets/start.ts"),
    route("settings/tickets/categories", "routes/settings/tickets/categories.tsx"),
    route("settings/tickets/fields", "routes/settings/tickets/fields.tsx"),
    route("settings/tickets/templates", "routes/settings/tickets/templates.tsx"),
    route("settings/tickets/macros", "routes/settings/tickets/macros.tsx"),
    route("settings/members", "routes/settings/members.tsx"),
    route("settings/teams", "routes/settings/teams/page.tsx"),
    route("settings/notifications", "routes/settings/notifications/page.tsx"),
    route("settings/profile", "routes/settings/profile.tsx"),
    route("*", "routes/tenant/missing.tsx"),
  ]),
  route("*", "routes/missing.tsx"),
];

export default (await everything).flatMap(present);

function present(entry: RouteConfigEntry): RouteConfigEntry[] {
  if (!existsSync(new URL(entry.file, import.meta.url))) return [];
  return [{ ...entry, ...(entry.children ? { children: entry.children.flatMap(present) } : {}) }];
}
