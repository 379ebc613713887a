import { redirect } from "react-router";

import { answerForm } from "#app/shell/answer-form.ts";
import type { Caller } from "#server/trpc/root.ts";

import { actOnCalendars } from "./act-on-calendars.ts";
import { absenceOf } from "../absence/absence-days.ts";
import { readHours, readSpans } from "../channels/hours-text.ts";

interface Asked {
  form: FormData;
  api: Pick<Caller, "scheduling" | "calendarFeeds">;
  /** Whose hours. */
  userId: string;
  /** The page of this member's hours. */
  here: string;
  /** Days of time off are those of the business. */
  timeZone: string;
}

/** Every change of a member's hours; `intent` names it. */
export async function actOnAvailability({ form, api, userId, here, timeZone }: Asked) {
  const { scheduling, calendarFeeds } = api;
  return answerForm(form, async (values) => {
    const { day = "", note = "", reason = "", timezone = "", timeOffId = "" } = values;
    switch (form.get("intent")) {
      case "hours":
        await scheduling.hours.save({ userId, timezone: timezone || null, days: readHours(values)?.days ?? null });
        return redirect(`${here}&saved`);
      case "day":
        await scheduling.days.save({ userId, day, spans: readSpans(values["spans"] ?? ""), note });
        return redirect(`${here}&saved`);
      case "remove-day":
        await scheduling.days.remove({ userId, day });
        return redirect(`${here}&saved`);
      case "time-off": {
        const { from, until } = absenceOf(values, timeZone);
        const { appointments } = await scheduling.timeOff.add({ userId, startsAt: from, endsAt: until, reason });
        return redirect(`${here}&saved${appointments > 0 ? `&inside=${appointments}&${daysIn(values)}` : ""}`);
      }
      case "remove-time-off":
        await scheduling.timeOff.remove({ timeOffId });
        return redirect(`${here}&saved`);
      default:
        await actOnCalendars(String(form.get("intent")), values, calendarFeeds);
        return redirect(`${here}&saved`);
    }
  });
}

const daysIn = ({ from = "", until = "" }: Record<string, string>) => String(new URLSearchParams({ from, until }));
