import {
  Bell,
  BellRing,
  Inbox,
  Link2,
  LayoutDashboard,
  ListChecks,
  MessageSquareQuote,
  Plug,
  Smartphone,
  Tag,
  Ticket,
  Timer,
  UserRound,
  UserRoundCog,
  Users,
  UsersRound,
  Webhook,
  type LucideIcon,
} from "lucide-react";

import type { ShellData } from "./shell-data.ts";

export interface NavItem {
  key:
    | "overview"
    | "inbox"
    | "tickets"
    | "customers"
    | "alerts"
    | "logs"
    | "channels"
    | "connections"
    | "sla"
    | "ticketSettings"
    | "members"
    | "teams"
    | "labels"
    | "quickReplies"
    | "notifications"
    | "profile"
    | "simulator";
  /** Below `/t/:tenant`, or absolute. */
  path: string;
  icon: LucideIcon;
  permission?: ShellData["member"]["permissions"][number];
  count?: keyof ShellData["counts"];
}

export const work: readonly NavItem[] = [
  { key: "overview", path: "", icon: LayoutDashboard, permission: "overview.read" },
  { key: "inbox", path: "inbox", icon: Inbox, permission: "conversations.read", count: "inbox" },
  { key: "tickets", path: "tickets", icon: Ticket, permission: "tickets.read", count: "tickets" },
  { key: "customers", path: "customers", icon: Users, permission: "customers.read" },
];

/** What one is told of: counted like work, and looked at between it. */
export const told: NavItem = {
  key: "notifications",
  path: "notifications",
  icon: BellRing,
  permission: "profile.write",
  count: "notifications",
};

export const administration: readonly NavItem[] = [
  { key: "alerts", path: "alerts", icon: Bell, permission: "channels.write", count: "alerts" },
  { key: "logs", path: "logs", icon: Webhook, permission: "logs.read", count: "logsFailed" },
  { key: "channels", path: "settings/channels", icon: Plug, permission: "channels.read" },
  { key: "connections", path: "settings/connections", icon: Link2, permission: "channels.write" },
  { key: "sla", path: "settings/sla", icon: Timer, permission: "sla.write" },
  { key: "ticketSettings", path: "settings/tickets", icon: ListChecks, permission: "tickets.configure" },
  { key: "members", path: "settings/members", icon: UserRoundCog, permission: "members.read" },
  { key: "teams", path: "settings/teams", icon: UsersRound, permission: "members.read" },
  { key: "quickReplies", path: "settings/quick-replies", icon: MessageSquareQuote, permission: "conversations.reply" },
  { key: "labels", path: "settings/labels", icon: Tag, permission: "labels.write" },
];

export const profile: NavItem = { key: "profile", path: "settings/profile", icon: UserRound };
export const simulator: NavItem = { key: "simulator", path: "/simulator", icon: Smartphone };

/** The items a member may open. */
export function allowed(items: readonly NavItem[], { member }: ShellData): NavItem[] {
  return items.filter(({ permission }) => !permission || member.permissions.includes(permission));
}
