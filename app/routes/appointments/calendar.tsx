import { CalendarClock } from "lucide-react";

import { apiContext, pageContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Banner } from "#app/ui/banner.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import type { Route } from "./+types/calendar";
import { AppointmentTabs } from "./appointment-tabs.tsx";
import { BusinessTime } from "./business-time.tsx";
import { boundsOf, calendarAddress, dayAt, daysShown, readCalendar } from "./calendar-address.ts";
import "./calendar.css";
import { CalendarHead } from "./calendar-head.tsx";
import { axisOf, hoursAround } from "./day-axis.ts";
import { MonthGrid } from "./month-grid.tsx";
import { NewAppointment } from "./new-appointment.tsx";
import { RefusedBanner } from "./refused-banner.tsx";
import { TimeGrid } from "./time-grid.tsx";
import { useCalendarMoves } from "./use-calendar-moves.ts";
import { zoneOfBusiness } from "./zone.ts";

export async function loader({ request, context }: Route.LoaderArgs) {
  const timeZone = zoneOfBusiness(context.get(pageContext));
  const today = dayAt(Date.now(), timeZone);
  const page = readCalendar(new URL(request.url).searchParams, today);
  const days = daysShown(page);
  const calendar = await context
    .get(apiContext)
    .appointments.calendar({ ...boundsOf(days, timeZone), userId: page.member });
  const hours = page.wholeDay
    ? { from: 0, to: 24 }
    : hoursAround([...calendar.appointments, ...calendar.open], timeZone);
  return {
    page,
    today,
    days,
    calendar,
    axis: page.view === "month" ? null : axisOf(days, timeZone, hours),
    dayOf: calendar.appointments.map(({ startsAt }) => dayAt(startsAt.getTime(), timeZone)),
  };
}

/** Appointments by day, week or month, of everybody or of one member, by the clock of the business. */
export default function CalendarPage({ loaderData }: Route.ComponentProps) {
  const t = useT("appointments");
  const to = useTenantPath();
  const { page, today, days, calendar, axis } = loaderData;
  useLive(["appointments"]);
  return (
    <BusinessTime>
      <Page
        fill
        title={t("title")}
        actions={<NewAppointment />}
        header={
          <>
            <AppointmentTabs on={page.view} address={(view) => to(`appointments${calendarAddress(page, { view })}`)} />
            <CalendarHead page={page} days={days} today={today} members={calendar.members} />
            {calendar.open.length === 0 && calendar.appointments.length === 0 ? <NoHours /> : null}
          </>
        }
      >
        {/* Another page of the calendar begins without the moves of this one. */}
        <Shown key={calendarAddress(page)} loaderData={loaderData} axis={axis} />
      </Page>
    </BusinessTime>
  );
}

function Shown({
  loaderData,
  axis,
}: {
  loaderData: Route.ComponentProps["loaderData"];
  axis: ReturnType<typeof axisOf> | null;
}) {
  const { page, today, days, calendar, dayOf } = loaderData;
  const moves = useCalendarMoves(calendar.appointments);
  if (!axis) {
    const byDay = new Map<string, (typeof calendar.appointments)[number][]>();
    for (const [at, appointment] of calendar.appointments.entries())
      byDay.set(dayOf[at]!, [...(byDay.get(dayOf[at]!) ?? []), appointment]);
    return <MonthGrid days={days} day={page.day} today={today} byDay={byDay} />;
  }
  const members =
    page.view === "day" ? calendar.members.filter(({ userId }) => !page.member || userId === page.member) : [];
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <p role="status" className="sr-only">
        {moves.said}
      </p>
      <RefusedBanner moves={moves} members={calendar.members} />
      <TimeGrid axis={axis} calendar={calendar} members={members} today={today} moves={moves} />
    </div>
  );
}

/** Nobody works in what is shown, and nothing is booked: where that is set. */
function NoHours() {
  const t = useT("appointments");
  const to = useTenantPath();
  return (
    <Banner
      className="mx-5 mb-2 items-center max-sm:mx-4"
      action={
        <LinkButton to={to("settings/availability")} size="sm" icon={<CalendarClock size={14} aria-hidden />}>
          {t("setHours")}
        </LinkButton>
      }
    >
      {t("noHours")}
    </Banner>
  );
}
