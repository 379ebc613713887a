import { useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";

import type { PanelTicket, ThreadMessage } from "./data.ts";
import { Line } from "./line.tsx";

/** Something that happened between the messages: assigned, resolved, snoozed, blocked … */
export function EventLine({ message }: { message: ThreadMessage }) {
  const t = useT("inbox");
  const format = useFormat();
  const event = String(message.data?.["event"] ?? "");
  const by = message.author?.name || t("guichet");
  const name = String(message.data?.["toName"] ?? "");
  const took = event === "assigned" && message.data?.["toId"] === message.author?.id;
  const byCustomer = event === "reopened" && message.author === null;
  const key = took ? "took" : byCustomer ? "answered" : events.find((known) => known === event);
  if (!key) return null;
  const until = typeof message.data?.["until"] === "string" ? format.dateTime(new Date(message.data["until"])) : "";
  return (
    <Line>
      {t(`event.${key}`, { by, name, until })} · {format.time(message.occurredAt)}
    </Line>
  );
}

const events = [
  "assigned",
  "unassigned",
  "team",
  "no_team",
  "resolved",
  "reopened",
  "archived",
  "unarchived",
  "snoozed",
  "woken",
  "spam",
  "not_spam",
  "undone",
  "blocked",
  "unblocked",
] as const;

export function TicketLine({ ticket }: { ticket: PanelTicket }) {
  const t = useT("inbox");
  const to = useTenantPath();
  const { number, subject, source } = ticket;
  const words = { number: String(number), subject };
  return (
    <Line>
      <a href={to(`tickets/${number}`)} className="row-inline link text-faint">
        {source === "rule" ? t("event.ticketRule", words) : t("event.ticket", words)}
      </a>
    </Line>
  );
}
