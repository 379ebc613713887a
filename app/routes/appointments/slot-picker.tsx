import { ChevronLeft, ChevronRight } from "lucide-react";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import { slotValue } from "./booking-address.ts";
import { stepped } from "./calendar-address.ts";
import { useCalendarFormat } from "./use-calendar-format.ts";

interface Slot {
  startsAt: Date;
  userIds: string[];
  /** Of the zone of the business. */
  day: string;
}
type Members = readonly { userId: string; name: string }[];

interface SlotPickerProps {
  slots: readonly Slot[];
  members: Members;
  /** The first of the seven days. */
  day: string;
  today: string;
  /** Where the free times from another day on are. */
  address: (day: string) => string;
}

/** The free times of a week, each a button of the form around it: `slot`, its instant and the member. */
export function SlotPicker({ slots, members, day, today, address }: SlotPickerProps) {
  const t = useT("appointments");
  const calendar = useCalendarFormat();
  const days = [...new Set(slots.map((slot) => slot.day))];
  const before = stepped({ view: "week", day }, -1);
  const last = Array.from({ length: 6 }).reduce<string>((one) => stepped({ view: "day", day: one }, 1), day);
  return (
    <section aria-labelledby="free-times" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 id="free-times" className="font-semibold">
          {t("freeTimes", { span: calendar.span(day, last) })}
        </h2>
        <p className="text-xs text-faint">
          {t("zone", { zone: calendar.zone(slots[0]?.startsAt ?? Date.parse(day)) })}
        </p>
        <span className="ml-auto flex gap-1">
          {day > today ? (
            <LinkButton
              to={address(before < today ? today : before)}
              size="sm"
              shortcut="H"
              preventScrollReset
              icon={<ChevronLeft size={14} aria-hidden />}
            >
              {t("weekBefore")}
            </LinkButton>
          ) : null}
          <LinkButton to={address(stepped({ view: "week", day }, 1))} size="sm" shortcut="L" preventScrollReset>
            {t("weekAfter")}
            <ChevronRight size={14} aria-hidden />
          </LinkButton>
        </span>
      </div>
      {days.length === 0 ? <p className="py-4 text-dim">{t("noFreeTime")}</p> : null}
      {days.map((one) => (
        <div
          key={one}
          role="group"
          aria-label={calendar.longDay(one)}
          className="grid gap-x-4 gap-y-1 sm:grid-cols-[9rem_minmax(0,1fr)]"
        >
          <h3 className="pt-1 text-dim first-letter:uppercase">
            {calendar.dayOf(slots.find((slot) => slot.day === one)!.startsAt)}
          </h3>
          <div className="flex flex-wrap gap-1.5">
            <SlotButtons
              slots={slots
                .filter((slot) => slot.day === one)
                .map(({ startsAt, userIds }) => ({ startsAt, userId: userIds[0]! }))}
              members={members}
            />
          </div>
        </div>
      ))}
    </section>
  );
}

interface SlotButtonsProps {
  slots: readonly { startsAt: Date; userId: string }[];
  members: Members;
  /** Each names its day too. */
  withDay?: boolean;
}

export function SlotButtons({ slots, members, withDay = false }: SlotButtonsProps) {
  const t = useT("appointments");
  const format = useFormat();
  const { dayOf } = useCalendarFormat();
  return slots.map(({ startsAt, userId }) => {
    const name = members.find((member) => member.userId === userId)?.name;
    const time = withDay ? `${dayOf(startsAt)} ${format.time(startsAt)}` : format.time(startsAt);
    return (
      <Button
        key={slotValue(startsAt, userId)}
        type="submit"
        name="slot"
        value={slotValue(startsAt, userId)}
        size="sm"
        className="tabular-nums max-sm:min-h-10 max-sm:min-w-15"
        title={name}
        aria-label={name ? t("slotWith", { time, name }) : time}
      >
        {time}
      </Button>
    );
  });
}
