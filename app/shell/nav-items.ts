import {
  Bell,
  BellRing,
  CalendarClock,
  CalendarDays,
  ClipboardList,
  Globe,
  HandHelping,
  Inbox,
  Link2,
  LayoutDashboard,
  ListChecks,
  MessageSquareQuote,
  MessageSquareText,
  Phone,
  Plug,
  Smartphone,
  SlidersHorizontal,
  Smile,
  Target,
  Tag,
  Ticket,
  Timer,
  UserRound,
  UserRoundCog,
  Users,
  UsersRound,
  Workflow,
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
    | "appointments"
    | "prospects"
    | "calls"
    | "alerts"
    | "logs"
    | "channels"
    | "connections"
    | "sla"
    | "surveys"
    | "surveySettings"
    | "ticketSettings"
    | "automation"
    | "services"
    | "booking"
    | "appointmentMessages"
    | "availability"
    | "members"
    | "teams"
    | "labels"
    | "quickReplies"
    | "notifications"
    | "notificationSettings"
    | "profile"
    | "simulator";
  /** Below `/t/:tenant`, or absolute. */
  path: string;
  icon: LucideIcon;
  permission?: ShellData["member"]["permissions"][number];
  count?: keyof ShellData["counts"];
  /** Is there only where the program plays customers. */
  only?: "simulator";
}

export const work: readonly NavItem[] = [
  { key: "overview", path: "", icon: LayoutDashboard, permission: "overview.read" },
  { key: "inbox", path: "inbox", icon: Inbox, permission: "conversations.read", count: "inbox" },
  { key: "tickets", path: "tickets", icon: Ticket, permission: "tickets.read", count: "tickets" },
  { key: "customers", path: "customers", icon: Users, permission: "customers.read" },
  { key: "appointments", path: "appointments", icon: CalendarDays, permission: "appointments.read" },
  { key: "calls", path: "calls", icon: Phone, permission: "conversations.read" },
  { key: "prospects", path: "prospects", icon: Target, permission: "prospects.read" },
  {
    key: "notifications",
    path: "notifications",
    icon: BellRing,
    permission: "profile.write",
    count: "notifications",
  },
];

/** What those who run the business look at between the work. */
export const watching: readonly NavItem[] = [
  { key: "surveys", path: "surveys", icon: Smile, permission: "analytics.read" },
  { key: "alerts", path: "alerts", icon: Bell, permission: "channels.write", count: "alerts" },
  { key: "logs", path: "logs", icon: Webhook, permission: "logs.read", count: "logsFailed" },
  { key: "simulator", path: "/simulator", icon: Smartphone, only: "simulator" },
];

/** What is set once and seldom changed, under its headings: the navigation of every page below `settings`. */
const settings = {
  channels: [
    { key: "channels", path: "settings/channels", icon: Plug, permission: "channels.read" },
    { key: "connections", path: "settings/connections", icon: Link2, permission: "channels.write" },
    {
      key: "quickReplies",
      path: "settings/quick-replies",
      icon: MessageSquareQuote,
      permission: "conversations.reply",
    },
    { key: "labels", path: "settings/labels", icon: Tag, permission: "labels.write" },
  ],
  tickets: [
    { key: "ticketSettings", path: "settings/tickets", icon: ListChecks, permission: "tickets.configure" },
    { key: "sla", path: "settings/sla", icon: Timer, permission: "sla.write" },
    { key: "automation", path: "settings/automation", icon: Workflow, permission: "automation.write" },
    { key: "surveySettings", path: "settings/surveys", icon: ClipboardList, permission: "surveys.write" },
  ],
  appointments: [
    { key: "services", path: "settings/services", icon: HandHelping, permission: "appointments.configure" },
    { key: "availability", path: "settings/availability", icon: CalendarClock, permission: "appointments.write" },
    { key: "booking", path: "settings/booking", icon: Globe, permission: "booking.configure" },
    {
      key: "appointmentMessages",
      path: "settings/appointment-messages",
      icon: MessageSquareText,
      permission: "appointments.configure",
    },
  ],
  team: [
    { key: "members", path: "settings/members", icon: UserRoundCog, permission: "members.read" },
    { key: "teams", path: "settings/teams", icon: UsersRound, permission: "members.read" },
  ],
  own: [
    { key: "profile", path: "settings/profile", icon: UserRound },
    {
      key: "notificationSettings",
      path: "settings/notifications",
      icon: SlidersHorizontal,
      permission: "profile.write",
    },
  ],
} as const satisfies Record<string, readonly NavItem[]>;
type SettingsGroup = keyof typeof settings;

/** The items a member may open. */
export function allowed(items: readonly NavItem[], shell: ShellData): NavItem[] {
  return items.filter(
    ({ permission, only }) => (!permission || shell.member.permissions.includes(permission)) && (!only || shell[only]),
  );
}

/** The settings a member may open, under their headings; those with nothing to open are left out. */
export function allowedSettings(shell: ShellData): { group: SettingsGroup; items: NavItem[] }[] {
  return (Object.keys(settings) as SettingsGroup[])
    .map((group) => ({ group, items: allowed(settings[group], shell) }))
    .filter(({ items }) => items.length > 0);
}
