import { useEffect, useRef, useState } from "react";
import { useRevalidator } from "react-router";

import { useErrorText, useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { notify } from "#app/ui/notices.ts";

import { isStill, withMoves, type Move, type Placed } from "./calendar-moves.ts";
import type { CalendarAppointment, FreeSlot } from "./data.ts";
import { moveAppointment } from "./move-appointment.ts";
import { useCalendarFormat } from "./use-calendar-format.ts";

/** A move that the server refused, and what is free instead. */
export interface RefusedMove {
  appointment: CalendarAppointment;
  to: Placed;
  reason: string;
  slots: readonly FreeSlot[];
}

export interface CalendarMoves {
  appointments: CalendarAppointment[];
  /** What happened last, for those who do not see it. */
  said: string;
  refused: RefusedMove | null;
  say(words: string): void;
  drop(appointment: CalendarAppointment, to: Placed): void;
  forgetRefused(): void;
}

/**
 * Moves show at once. One that is refused goes back, in words and with what is free instead; the truth of the server takes
 * the place of those that are done, and each can be taken back.
 */
export function useCalendarMoves(known: readonly CalendarAppointment[]): CalendarMoves {
  const t = useT("appointments");
  const errorText = useErrorText();
  const format = useFormat();
  const calendar = useCalendarFormat();
  const to = useTenantPath();
  const { revalidate } = useRevalidator();
  const [moves, setMoves] = useState<readonly Move[]>([]);
  const [said, setSaid] = useState("");
  const [refused, setRefused] = useState<RefusedMove | null>(null);
  const focus = useRef<string | null>(null);

  // What moved is drawn anew elsewhere: the focus goes with it.
  useEffect(() => {
    const block = focus.current && document.getElementById(`appointment-${focus.current}`);
    if (!block) return;
    block.focus();
    focus.current = null;
  });

  const forget = (move: Move) => setMoves((all) => all.filter((one) => one !== move));
  const words = (appointment: CalendarAppointment, { startsAt }: Placed) => ({
    name: appointment.customerName,
    day: calendar.dayOf(startsAt),
    time: format.time(startsAt),
  });

  const drop = async (appointment: CalendarAppointment, place: Placed, takesBack = false) => {
    setRefused(null);
    if (isStill(appointment, place)) return setSaid(t("moveLeft", words(appointment, place)));
    const move: Move = { id: appointment.id, ...place };
    setMoves((all) => [...all.filter(({ id }) => id !== move.id), move]);
    focus.current = appointment.id;
    setSaid(t("moveDropped", words(appointment, place)));
    const answer = await moveAppointment(to("appointments/move"), appointment.id, place);
    if (answer.refused === null) {
      const before: Placed = { startsAt: appointment.startsAt, endsAt: appointment.endsAt, userId: appointment.userId };
      const moved = { ...appointment, ...place, id: answer.appointmentId };
      if (!takesBack)
        notify({
          tone: "ok",
          text: t("moveDropped", words(appointment, place)),
          action: { label: t("takeBack"), run: () => void drop(moved, before, true) },
        });
      await revalidate();
      focus.current = answer.appointmentId;
      return forget(move);
    }
    forget(move);
    focus.current = appointment.id;
    setRefused({ appointment, to: place, reason: answer.refused, slots: answer.slots });
    setSaid(t("moveRefused", { ...words(appointment, appointment), why: errorText(answer.refused) }));
  };

  return {
    appointments: withMoves(known, moves),
    said,
    refused,
    say: setSaid,
    drop: (appointment, place) => void drop(appointment, place),
    forgetRefused: () => setRefused(null),
  };
}
