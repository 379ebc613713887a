import { ChevronLeft, ChevronRight } from "lucide-react";
import { Link } from "react-router";

import { formatFor } from "#app/i18n/format.ts";
import { useFormat, useLocale, useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { cx } from "#app/ui/classes.ts";
import { LinkButton } from "#app/ui/link-button.tsx";

import { calendarFormat } from "../appointments/time-words.ts";
import { useOwnZone } from "./own-zone.ts";
import type { ShownWeek } from "./shown-week.ts";
import { useDays } from "./use-words.ts";

interface WeekTimesProps {
  week: ShownWeek;
  /** Where the free times from another day on are. */
  address: (day: string) => string;
  /** What a press of a time says, as `slot` of the form around it. */
  valueOf: (slot: ShownWeek["slots"][number]) => string;
}

/** The free times of a week, day by day, each a button of the form around it; and where to look where there are none. */
export function WeekTimes({ week, address, valueOf }: WeekTimesProps) {
  const t = useT("booking");
  const days = useDays();
  const { slots, from, until } = week;
  const span = days.span(from, until);
  const byDay = Map.groupBy(slots, ({ day }) => day);
  const ownZone = useOwnZone(slots[0]?.startsAt);
  return (
    <section aria-labelledby="free-times" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 id="free-times" className="font-semibold">
          {t("times", { span })}
        </h2>
        <WeekLinks week={week} address={address} />
        <p className="w-full text-xs text-faint">
          {t("zone", { zone: days.zone(slots[0]?.startsAt ?? Date.parse(from)) })}{" "}
          {ownZone ? t("ownZone", { zone: ownZone.replaceAll("_", " ") }) : null}
        </p>
      </div>
      {slots.length === 0 ? <NoTimes week={week} span={span} address={address} /> : null}
      {[...byDay].map(([day, free]) => (
        <div
          key={day}
          role="group"
          aria-label={days.longDay(day)}
          className="grid gap-x-4 gap-y-2 border-t border-line pt-3 sm:grid-cols-[9rem_minmax(0,1fr)]"
        >
          <h3 className="pt-2 font-medium first-letter:uppercase">{days.dayOf(free[0]!.startsAt)}</h3>
          <div
            className={cx(
              "grid gap-2",
              ownZone
                ? "grid-cols-[repeat(auto-fill,minmax(6.5rem,1fr))]"
                : "grid-cols-[repeat(auto-fill,minmax(4.5rem,1fr))]",
            )}
          >
            {free.map((slot) => (
              <TimeButton key={slot.startsAt.getTime()} at={slot.startsAt} value={valueOf(slot)} ownZone={ownZone} />
            ))}
          </div>
        </div>
      ))}
    </section>
  );
}

function WeekLinks({ week: { before, after }, address }: Pick<WeekTimesProps, "week" | "address">) {
  const t = useT("booking");
  return (
    <nav aria-label={t("step.time")} className="ml-auto flex gap-1">
      {before ? (
        <LinkButton to={address(before)} size="sm" preventScrollReset icon={<ChevronLeft size={14} aria-hidden />}>
          {t("weekBefore")}
        </LinkButton>
      ) : null}
      {after ? (
        <LinkButton to={address(after)} size="sm" preventScrollReset>
          {t("weekAfter")}
          <ChevronRight size={14} aria-hidden />
        </LinkButton>
      ) : null}
    </nav>
  );
}

function NoTimes({ week: { next }, span, address }: Pick<WeekTimesProps, "week" | "address"> & { span: string }) {
  const t = useT("booking");
  const days = useDays();
  return (
    <div className="rounded-lg bg-sunken px-4 py-5">
      <p>{next ? t("noTimes", { span }) : t("noneAtAll")}</p>
      {next ? (
        <p className="mt-1">
          <Link to={address(next)} className="link" preventScrollReset>
            {t("nextFree", { day: days.longDay(next) })}
          </Link>
        </p>
      ) : null}
    </div>
  );
}

interface TimeButtonProps {
  at: Date;
  value: string;
  ownZone: string | null;
  /** It names its day too. */
  withDay?: boolean;
}

export function TimeButton({ at, value, ownZone, withDay = false }: TimeButtonProps) {
  const format = useFormat();
  const locale = useLocale();
  const days = useDays();
  const day = days.dayOf(at);
  const time = format.time(at);
  return (
    <Button
      type="submit"
      name="slot"
      value={value}
      className="h-auto min-h-10 flex-col justify-center gap-0 py-1 leading-tight tabular-nums"
      aria-label={`${day}, ${time}`}
    >
      <span className="first-letter:uppercase">{withDay ? `${day}, ${time}` : time}</span>
      {ownZone ? <OwnTime at={at} locale={locale} zone={ownZone} businessDay={day} /> : null}
    </Button>
  );
}

/** The time it is where the visitor is, with its day where that is another. */
function OwnTime(props: { at: Date; locale: "fr" | "en"; zone: string; businessDay: string }) {
  const { at, locale, zone, businessDay } = props;
  const day = calendarFormat(locale, zone).dayOf(at);
  const time = formatFor(locale, zone).time(at);
  return <span className="text-xs font-normal text-faint">{day === businessDay ? time : `${day}, ${time}`}</span>;
}
