import { Link } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";

import type { Overview } from "./page.tsx";

const cap = 1000;

/** What waits, in numbers that lead to it. */
export function Figures({ counts }: { counts: Overview["counts"] }) {
  const t = useT("overview");
  const format = useFormat();
  const to = useTenantPath();
  const figures = [
    { count: counts.unread, label: t("unread"), path: "inbox" },
    { count: counts.conversations.mine, label: t("mineConversations"), path: "inbox?view=mine" },
    { count: counts.conversations.unassigned, label: t("unassignedConversations"), path: "inbox?view=unassigned" },
    { count: counts.tickets.mine, label: t("mineTickets"), path: "tickets" },
    { count: counts.tickets.unassigned, label: t("unassignedTickets"), path: "tickets?view=unassigned" },
    { count: counts.tickets.urgent, label: t("urgentTickets"), path: "tickets?view=urgent", urgent: true },
  ];
  return (
    <ul className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-line sm:grid-cols-3">
      {figures.map(({ count, label, path, urgent }) => (
        <li key={path} className="bg-surface">
          <Link to={to(path)} className="flex h-full flex-col px-4 py-3 hover:bg-hover" prefetch="intent">
            <b
              className={`text-2xl font-semibold tracking-[-0.02em] ${count === 0 ? "text-faint" : urgent ? "text-bad" : ""}`}
            >
              {count > cap ? `${format.number(cap)}+` : format.number(count)}
            </b>
            <span className="text-xs text-dim">{label}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
