import { X } from "lucide-react";

import { useErrorText, useFormat, useT } from "#app/i18n/react.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";

import type { Calendar } from "./data.ts";
import { useCalendarFormat } from "./use-calendar-format.ts";
import type { CalendarMoves } from "./use-calendar-moves.ts";

/** Why an appointment went back to where it was, and the next times that are free for it. */
export function RefusedBanner({ moves, members }: { moves: CalendarMoves; members: Calendar["members"] }) {
  const t = useT("appointments");
  const ui = useT("ui");
  const errorText = useErrorText();
  const format = useFormat();
  const calendar = useCalendarFormat();
  if (!moves.refused) return null;
  const { appointment, reason, slots } = moves.refused;
  const length = appointment.endsAt.getTime() - appointment.startsAt.getTime();
  const words = {
    name: appointment.customerName,
    day: calendar.dayOf(appointment.startsAt),
    time: format.time(appointment.startsAt),
    why: errorText(reason),
  };
  return (
    <Banner
      tone="bad"
      role="alert"
      className="mx-5 my-2 max-sm:mx-4"
      action={
        <IconButton
          size="sm"
          label={ui("close")}
          tipSide="end"
          icon={<X size={14} aria-hidden />}
          onClick={moves.forgetRefused}
        />
      }
    >
      <p>{t("moveRefused", words)}</p>
      {slots.length > 0 ? (
        <p className="mt-1 flex flex-wrap items-center gap-1.5">
          {t("freeInstead")}
          {slots.slice(0, 5).map((slot) => {
            const { startsAt, userId } = slot;
            const name = members.find((member) => member.userId === userId)?.name;
            return (
              <Button
                key={`${startsAt.getTime()}${userId}`}
                size="sm"
                onClick={() =>
                  moves.drop(appointment, { startsAt, endsAt: new Date(startsAt.getTime() + length), userId })
                }
              >
                {calendar.dayOf(startsAt)} {format.time(startsAt)}
                {name && userId !== appointment.userId ? ` · ${name}` : ""}
              </Button>
            );
          })}
        </p>
      ) : null}
    </Banner>
  );
}
