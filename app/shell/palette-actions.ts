import {
  CalendarPlus,
  Keyboard,
  LogOut,
  Moon,
  Plus,
  Sun,
  Target,
  UserCheck,
  UserPlus,
  Zap,
  type LucideIcon,
} from "lucide-react";
import { useState } from "react";
import { useFetcher, useMatches } from "react-router";

import { useT } from "#app/i18n/react.tsx";

import { keysOfPage } from "./page-keys.ts";
import { useCan, useShell, useTenantPath } from "./shell-data.ts";
import { useAccount } from "./use-account.ts";

export interface PaletteAction {
  label: string;
  icon: LucideIcon;
  /** The key that does the same. */
  shortcut?: string;
  run: () => void;
}

const nothing = () => undefined;

const keysOfControls = () => keysOfPage({ palette: nothing, help: nothing }).filter(({ ofPage }) => ofPage);

/**
 * What the page can do, by the controls that a key presses: what a member may not do has none. `again` looks at the page
 * anew: it may still have been coming when the palette opened.
 */
export function usePageActions(): { actions: PaletteAction[]; again: () => void } {
  const [keys, setKeys] = useState(keysOfControls);
  const assign = useAssignToMe();
  const pressed = keys.map(({ key, name, press }) => ({
    label: name,
    icon: Zap,
    shortcut: key.toUpperCase(),
    // Once the window is gone and the focus is back where it was.
    run: () => requestAnimationFrame(() => setTimeout(press)),
  }));
  const actions = [...assign, ...pressed.filter(({ label }) => label !== "")];
  return { actions, again: () => setKeys(keysOfControls()) };
}

/** What can be done from any page. */
export function useActions(onHelp: () => void, go: (path: string) => void): PaletteAction[] {
  const t = useT("shell");
  const { paint, leave } = useAccount();
  const [opensTickets, opensCustomers] = [useCan("tickets.write"), useCan("customers.write")];
  const [books, sells] = [useCan("appointments.write"), useCan("prospects.write")];
  return [
    ...(opensTickets ? [{ label: t("newTicket"), icon: Plus, run: () => go("tickets/new") }] : []),
    ...(opensCustomers ? [{ label: t("newCustomer"), icon: UserPlus, run: () => go("customers/new") }] : []),
    ...(books ? [{ label: t("newAppointment"), icon: CalendarPlus, run: () => go("appointments/new") }] : []),
    ...(sells ? [{ label: t("newProspect"), icon: Target, run: () => go("prospects/new") }] : []),
    { label: t("shortcuts"), icon: Keyboard, run: onHelp },
    { label: `${t("theme")} · ${t("themeLight")}`, icon: Sun, run: () => paint("light") },
    { label: `${t("theme")} · ${t("themeDark")}`, icon: Moon, run: () => paint("dark") },
    { label: t("signOut"), icon: LogOut, run: () => leave(false) },
  ];
}

interface OpenWork {
  conversation?: { id: string; assignee: { id: string } | null } | null;
  ticket?: { id: string; assigneeId: string | null };
  detail?: { ticket: { id: string; assigneeId: string | null } };
}

/** Of the conversation or ticket that is open, unless it is the member's already. */
function useAssignToMe(): PaletteAction[] {
  const t = useT("shell");
  const { userId } = useShell().member;
  const to = useTenantPath();
  const { submit } = useFetcher();
  const [answers, changesTickets] = [useCan("conversations.reply"), useCan("tickets.write")];
  const open = useMatches().at(-1);
  const data = open?.loaderData as OpenWork | undefined;
  const send = (body: Record<string, string>) => void submit(body, { method: "post", action: open?.pathname ?? "" });
  const action = (body: Record<string, string>) => [{ label: t("assignToMe"), icon: UserCheck, run: () => send(body) }];
  const ticket = data?.ticket ?? data?.detail?.ticket;
  if (ticket && open?.pathname.startsWith(to("tickets/")) && changesTickets && ticket.assigneeId !== userId)
    return action({ intent: "assignee", ticketId: ticket.id, value: userId });
  const conversation = data?.conversation;
  if (conversation && open?.pathname.startsWith(to("inbox/")) && answers && conversation.assignee?.id !== userId)
    return action({ intent: "assign", assigneeId: userId });
  return [];
}
