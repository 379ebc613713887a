import { Link } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Badge } from "#app/ui/badge.tsx";

import { callState } from "../calls/data.ts";
import type { TicketDetail } from "./ticket-aside.tsx";

/** The phone calls that a ticket is about; nothing where there are none. */
export function TicketCalls({ calls }: Pick<TicketDetail, "calls">) {
  const t = useT("calls");
  const to = useTenantPath();
  const format = useFormat();
  if (calls.length === 0) return null;
  return (
    <section aria-label={t("list")} className="flex flex-col gap-2 border-t border-line pt-4">
      <h2 className="text-xs font-semibold text-faint">{t("list")}</h2>
      <ul className="flex flex-col gap-2">
        {calls.map((call) => {
          const { word, tone } = callState(call);
          return (
            <li key={call.id} className="flex min-w-0 items-start justify-between gap-2">
              <span className="min-w-0">
                <Link to={to(`calls/${call.id}`)} className="block font-medium hover:underline">
                  <time dateTime={call.startedAt.toISOString()}>{format.dateTime(call.startedAt)}</time>
                </Link>
                {call.summary ? <span className="line-clamp-2 text-xs text-dim">{call.summary}</span> : null}
              </span>
              <Badge tone={tone}>{t(word)}</Badge>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
