import { useFormat, useT } from "#app/i18n/react.tsx";
import { History, HistoryLine } from "#app/ui/history.tsx";

import type { AppointmentDetail } from "./data.ts";
import { useCalendarFormat } from "./use-calendar-format.ts";

type Event = AppointmentDetail["history"][number];

/** How it came to be as it is, newest first: booked, moved from here to there, cancelled, and by whom and why. */
export function AppointmentHistory({ detail }: { detail: AppointmentDetail }) {
  const t = useT("appointments");
  return (
    <History id="appointment-history" title={t("history")}>
      {detail.history.toReversed().map((event) => (
        <EventLine key={event.id} event={event} />
      ))}
    </History>
  );
}

function EventLine({ event }: { event: Event }) {
  const t = useT("appointments");
  const { type, at, by, reason, data } = event;
  const { source } = data;
  const who = by ?? (source === "web" || source === "voice_agent" ? t(`source.${source}`) : null);
  return <HistoryLine what={t(`event.${type}`)} change={<Times data={data} />} reason={reason} by={who} at={at} />;
}

/** From when to when it was moved. */
function Times({ data }: { data: Event["data"] }) {
  const format = useFormat();
  const { dayOf } = useCalendarFormat();
  const [from, to] = [timesIn(data["from"]), timesIn(data["to"])];
  if (!from || !to) return null;
  const words = ({ startsAt, endsAt }: Times) => `${dayOf(startsAt)}, ${format.time(startsAt)}–${format.time(endsAt)}`;
  return (
    <span className="text-dim tabular-nums">
      {words(from)} → {words(to)}
    </span>
  );
}

interface Times {
  startsAt: Date;
  endsAt: Date;
}

/** Two instants of an event's data, which is JSON; null where they are not there. */
function timesIn(value: unknown): Times | null {
  if (typeof value !== "object" || value === null || !("startsAt" in value) || !("endsAt" in value)) return null;
  const [startsAt, endsAt] = [new Date(String(value.startsAt)), new Date(String(value.endsAt))];
  return Number.isNaN(startsAt.getTime()) || Number.isNaN(endsAt.getTime()) ? null : { startsAt, endsAt };
}
