import { useFormat, useT } from "#app/i18n/react.tsx";
import { History, HistoryLine } from "#app/ui/history.tsx";

import type { ProspectDetail } from "./data.ts";
import { statuses } from "./prospect-words.ts";

type Event = ProspectDetail["history"][number];

/** How it came to be as it is, newest first: what was done, by whom and why. */
export function ProspectHistory({ detail }: { detail: ProspectDetail }) {
  const t = useT("prospects");
  return (
    <History id="prospect-history" title={t("history")}>
      {detail.history.toReversed().map((event) => (
        <EventLine key={event.id} event={event} />
      ))}
    </History>
  );
}

function EventLine({ event }: { event: Event }) {
  const t = useT("prospects");
  const { type, at, reason, by, actorType } = event;
  const what = useWhat(event);
  return (
    <HistoryLine
      what={t(`event.${type}`)}
      change={what ? <span className="text-dim">{what}</span> : null}
      reason={reason}
      by={by ?? t(actorType === "webhook" ? "byAgent" : "byProgram")}
      at={at}
    />
  );
}

const fields = [
  "interest",
  "propertyType",
  "place",
  "budgetMinCents",
  "budgetMaxCents",
  "givenScore",
  "notes",
  "qualificationNotes",
  "nextFollowUpAt",
  "status",
] as const;

/** From what to what, or which facts. */
function useWhat({ type, data }: Event): string {
  const t = useT("prospects");
  const format = useFormat();
  const told = data["fields"];
  if (Array.isArray(told)) {
    const names = fields.filter((field) => told.includes(field)).map((field) => t(`field.${field}`));
    return format.list([...new Set(names)]);
  }
  const word = (value: unknown): string => {
    if (type === "assigned") return typeof value === "string" ? value : t("nobody");
    if (type === "follow_up") return typeof value === "string" ? format.dateTime(new Date(value)) : t("noFollowUp");
    const status = statuses.find((known) => known === value);
    return status ? t(`status.${status}`) : "";
  };
  if (type === "created") return word(data["to"]);
  const [from, to] = [word(data["from"]), word(data["to"])];
  return from && to ? `${from} → ${to}` : to;
}
