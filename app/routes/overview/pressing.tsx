import { useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Badge } from "#app/ui/badge.tsx";
import { useNow } from "#app/ui/now.tsx";
import { PriorityBars } from "#app/ui/priority-bars.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import { dueOf, statusTones } from "../tickets/ticket-words.ts";
import type { Overview } from "./page.tsx";

/** The most pressing tickets that are the member's or nobody's. */
export function Pressing({ tickets }: { tickets: Overview["pressing"] }) {
  const t = useT("overview");
  const words = useT("tickets");
  const format = useFormat();
  const now = useNow();
  const to = useTenantPath();
  if (tickets.length === 0) return <p className="text-dim">{t("nothingPressing")}</p>;
  return (
    <ul className="border-t border-line">
      {tickets.map((ticket) => {
        const due = dueOf({ ...ticket, resolvedAt: null }, now, format, words);
        return (
          <li
            key={ticket.number}
            data-row=""
            className="row flex items-center gap-3 border-b border-line py-2 hover:bg-hover"
          >
            <PriorityBars priority={ticket.priority} bare />
            <span className="min-w-0 flex-1 truncate">
              <span className="text-faint">#{ticket.number}</span>{" "}
              <a href={to(`tickets/${ticket.number}`)} className="row-link">
                {ticket.subject}
                {/* Several may be about the same. */}
                <span className="sr-only">, #{ticket.number}</span>
              </a>
              <span className="ml-2 text-dim max-sm:hidden">{ticket.customerName}</span>
            </span>
            {ticket.mine ? null : <span className="text-xs text-faint max-sm:hidden">{t("nobody")}</span>}
            {due ? <span className={`text-xs whitespace-nowrap ${due.tone || "text-dim"}`}>{due.text}</span> : null}
            <Badge tone={statusTones[ticket.status]}>{words(`status.${ticket.status}`)}</Badge>
            <span className="w-14 text-right text-xs whitespace-nowrap text-faint max-sm:hidden">
              <RelativeTime at={ticket.updatedAt} style="age" />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
