import type { inferRouterOutputs } from "@trpc/server";

import type { ChannelKind } from "#app/ui/channel-icon.tsx";
import type { AppRouter } from "#server/trpc/root.ts";

type Outputs = inferRouterOutputs<AppRouter>["conversations"];

export type ListRow = Outputs["list"]["rows"][number];
export type Counts = Outputs["list"]["counts"];
export type Opened = Outputs["open"];
export type Detail = Opened["conversation"];
export type Person = Outputs["openPerson"];
export type Panel = Detail["customer"];
export type PanelTicket = Panel["tickets"][number];
export type ThreadMessage = Opened["thread"]["messages"][number];
export type QuickReply = Opened["quickReplies"][number];
export type Scheduled = Opened["scheduled"][number];
export type Template = Opened["templates"][number];
export type Colleague = Opened["colleagues"][number];

export const views = ["mine", "unassigned", "open", "snoozed", "resolved", "archived", "spam"] as const;
export type View = (typeof views)[number];

export function readView(text: string | null): View {
  return views.find((view) => view === text) ?? "open";
}

const kinds: readonly string[] = ["whatsapp", "sms", "phone", "email", "instagram"];

/** The channel's kind as its icon and its name know it. */
export function channelKind(type: string): ChannelKind {
  return kinds.includes(type) ? (type as ChannelKind) : "sms";
}
