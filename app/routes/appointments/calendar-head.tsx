import { ChevronLeft, ChevronRight } from "lucide-react";
import { Form, Link, useSubmit } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { AddressSelect } from "#app/ui/address-field.tsx";
import { buttonClass } from "#app/ui/button.tsx";
import { cx } from "#app/ui/classes.ts";
import { LinkButton } from "#app/ui/link-button.tsx";

import { calendarAddress, stepped, type CalendarPage } from "./calendar-address.ts";
import type { Calendar } from "./data.ts";
import { useCalendarFormat } from "./use-calendar-format.ts";

interface CalendarHeadProps {
  page: CalendarPage;
  days: readonly string[];
  today: string;
  members: Calendar["members"];
}

/** What is shown, how to go on and back, whose it is, and by which clock. */
export function CalendarHead({ page, days, today, members }: CalendarHeadProps) {
  const t = useT("appointments");
  const calendar = useCalendarFormat();
  const submit = useSubmit();
  const noon = Date.parse(`${page.day}T12:00:00Z`);
  const shown = {
    day: calendar.longDay(page.day),
    week: calendar.span(days[0]!, days.at(-1)!),
    month: calendar.month(page.day),
  }[page.view];
  const step = (by: 1 | -1, shortcut: string, label: string) => (
    <Link
      to={calendarAddress(page, { day: stepped(page, by) })}
      className={cx(buttonClass({ variant: "quiet", size: "sm" }), "btn-icon tap")}
      aria-label={label}
      aria-keyshortcuts={shortcut}
      data-tip={label}
      data-tip-side="bottom"
      prefetch="intent"
    >
      {by === 1 ? <ChevronRight size={16} aria-hidden /> : <ChevronLeft size={16} aria-hidden />}
    </Link>
  );
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-5 py-2 max-sm:px-4">
      <div className="flex items-center gap-1">
        {step(-1, "H", t("previous"))}
        <LinkButton to={calendarAddress(page, { day: today })} size="sm" shortcut="T">
          {t("today")}
        </LinkButton>
        {step(1, "L", t("next"))}
      </div>
      <h2 className="font-semibold first-letter:uppercase">{shown}</h2>
      <div className="ml-auto flex flex-wrap items-center gap-x-3 gap-y-2 max-sm:ml-0 max-sm:w-full">
        <p className="text-xs text-faint">{t("zone", { zone: calendar.zone(noon) })}</p>
        {page.view === "month" ? null : (
          <Link to={calendarAddress(page, { wholeDay: !page.wholeDay })} className="link text-xs" preventScrollReset>
            {page.wholeDay ? t("usualHours") : t("wholeDay")}
          </Link>
        )}
        <Form method="get" className="flex gap-1" onChange={(event) => void submit(event.currentTarget)}>
          {[...new URLSearchParams(calendarAddress(page, { member: undefined }))].map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <AddressSelect name="member" size="sm" value={page.member ?? ""} aria-label={t("whose")} className="w-44!">
            <option value="">{t("everybody")}</option>
            {members.map(({ userId, name }) => (
              <option key={userId} value={userId}>
                {name}
              </option>
            ))}
          </AddressSelect>
          <noscript>
            <button type="submit" className={buttonClass({ size: "sm" })}>
              {t("show")}
            </button>
          </noscript>
        </Form>
      </div>
    </div>
  );
}
