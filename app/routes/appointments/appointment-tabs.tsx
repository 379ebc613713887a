import { useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Tabs } from "#app/ui/tabs.tsx";

import { calendarViews, type CalendarView } from "./calendar-address.ts";

interface AppointmentTabsProps {
  on: CalendarView | "list" | "waitlist";
  /** Where each view of the calendar is. */
  address: (view: CalendarView) => string;
}

/** The ways to look at appointments. */
export function AppointmentTabs({ on, address }: AppointmentTabsProps) {
  const t = useT("appointments");
  const to = useTenantPath();
  return (
    <Tabs
      label={t("views")}
      tabs={[
        ...calendarViews.map((view) => ({ to: address(view), label: t(`view.${view}`), on: view === on })),
        { to: to("appointments/list"), label: t("view.list"), on: on === "list" },
        { to: to("appointments/waitlist"), label: t("view.waitlist"), on: on === "waitlist" },
      ]}
    />
  );
}
