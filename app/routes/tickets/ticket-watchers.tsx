import { Eye, EyeOff } from "lucide-react";
import { useFetcher } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useCan, useShell } from "#app/shell/shell-data.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button } from "#app/ui/button.tsx";

import type { TicketAnswer } from "./act-on-ticket.ts";
import type { TicketDetail } from "./ticket-aside.tsx";

/** Who follows the ticket, and whether one does oneself. */
export function TicketWatchers({ detail: { ticket, watchers } }: { detail: TicketDetail }) {
  const t = useT("ticketWork");
  const { member } = useShell();
  const { Form, state } = useFetcher<TicketAnswer>();
  const allowed = useCan("tickets.write");
  const watches = watchers.some(({ userId }) => userId === member.userId);
  return (
    <section aria-label={t("watchers")} className="flex flex-col gap-2 border-t border-line pt-4">
      <div className="flex items-center justify-between gap-2">
        <h2 className="text-xs font-semibold text-faint">{t("watchers")}</h2>
        {allowed ? (
          <Form method="post">
            <input type="hidden" name="ticketId" value={ticket.id} />
            <Button
              type="submit"
              name="intent"
              value={watches ? "unwatch" : "watch"}
              size="sm"
              shortcut="W"
              busy={state !== "idle"}
              icon={watches ? <EyeOff size={13} aria-hidden /> : <Eye size={13} aria-hidden />}
            >
              {t(watches ? "unwatch" : "watch")}
            </Button>
          </Form>
        ) : null}
      </div>
      {watchers.length === 0 ? (
        <p className="text-xs text-faint">{t("noWatchers")}</p>
      ) : (
        <ul className="flex flex-wrap gap-x-3 gap-y-1">
          {watchers.map(({ userId, name }) => (
            <li key={userId} className="flex items-center gap-1.5">
              <Avatar name={name} /> {name}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
