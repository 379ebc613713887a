import { useSearchParams } from "react-router";

import { apiContext, pageContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { refusedIn } from "#app/shell/answer-form.ts";
import { Page } from "#app/shell/page.tsx";
import { useCan, useShell, useTenantPath } from "#app/shell/shell-data.ts";
import { Banner } from "#app/ui/banner.tsx";
import { ChipLink } from "#app/ui/chip.tsx";
import { FormErrors } from "#app/ui/form-errors.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { Section } from "#app/ui/section.tsx";

import { BusinessTime } from "../../appointments/business-time.tsx";
import { zoneOfBusiness } from "../../appointments/zone.ts";
import type { Route } from "./+types/page";
import { actOnAvailability } from "./act-on-availability.ts";
import { BusyCalendar } from "./busy-calendar.tsx";
import { DayList } from "./day-list.tsx";
import { HoursOfMember } from "./hours-of-member.tsx";
import { OwnFeed } from "./own-feed.tsx";
import { TimeOffList } from "./time-off-list.tsx";

export async function loader({ request, context }: Route.LoaderArgs) {
  const { scheduling, calendarFeeds } = context.get(apiContext);
  const list = await scheduling.hours.list();
  const chosen = list.find(({ userId }) => userId === whose(request, context)) ?? list[0];
  if (!chosen) throw new Response(null, { status: 404 });
  const isOwn = chosen.userId === context.get(pageContext).viewer?.userId;
  return {
    calendars: isOwn ? await calendarFeeds.own() : null,
    people: list.map(({ userId, name }) => ({ userId, name })),
    member: await scheduling.hours.get({ userId: chosen.userId }),
    timezones: Intl.supportedValuesOf("timeZone"),
  };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const userId = whose(request, context);
  return actOnAvailability({
    form: await request.formData(),
    api: context.get(apiContext),
    userId,
    here: `/t/${params.tenant}/settings/availability?member=${userId}`,
    timeZone: zoneOfBusiness(context.get(pageContext)),
  });
}

/** Whose hours are shown: one's own, unless the address says another's. */
function whose(request: Request, context: Route.LoaderArgs["context"]): string {
  return new URL(request.url).searchParams.get("member") ?? context.get(pageContext).viewer?.userId ?? "";
}

/** When each member takes appointments: the week, special days, time off. Everybody changes their own. */
export default function Availability({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT("appointments");
  const to = useTenantPath();
  const [search] = useSearchParams();
  const { member: me } = useShell();
  const managesAll = useCan("appointments.configure");
  const { people, member, timezones, calendars } = loaderData;
  const mayChange = managesAll || member.userId === me.userId;
  const refused = refusedIn(actionData);
  const errors = [
    ...new Set(
      Object.entries(refused?.error ?? {}).flatMap(([field, reasons]) => (field === "address" ? [] : (reasons ?? []))),
    ),
  ];
  const inside = Number(search.get("inside")) || 0;
  const those = new URLSearchParams({
    member: member.userId,
    status: "confirmed",
    from: search.get("from") ?? "",
    until: search.get("until") ?? "",
  });
  return (
    <BusinessTime>
      <Page title={t("availability")}>
        <div className="flex max-w-3xl flex-col gap-6 px-5 pb-16 max-sm:px-4">
          <p className="text-dim">{t("availabilityIntro")}</p>
          <nav aria-label={t("whose")} className="flex flex-wrap gap-1.5">
            {people.map(({ userId, name }) => (
              <ChipLink key={userId} to={`?member=${userId}`} on={userId === member.userId}>
                {userId === me.userId ? `${name} (${t("yourHours")})` : name}
              </ChipLink>
            ))}
          </nav>
          {search.has("saved") && !refused ? (
            <Banner
              tone={inside > 0 ? "warn" : "ok"}
              role="status"
              action={
                inside > 0 ? (
                  <LinkButton to={to(`appointments/list?${those}`)} size="sm">
                    {t("seeThem")}
                  </LinkButton>
                ) : null
              }
            >
              {inside > 0 ? `${t("timeOffAdded")} ${t("timeOffInside", { count: inside })}` : t("saved")}
            </Banner>
          ) : null}
          <FormErrors errors={errors} />
          <fieldset disabled={!mayChange} key={member.userId} className="flex min-w-0 flex-col gap-8">
            <legend className="sr-only">{member.name}</legend>
            <HoursOfMember member={member} timezones={timezones} mayChange={mayChange} />
            <Section title={t("timeOff")} hint={t("timeOffHint")}>
              <TimeOffList timeOff={member.timeOff} mayChange={mayChange} />
            </Section>
            <Section title={t("exceptions")} hint={t("exceptionsHint")}>
              <DayList days={member.exceptions} mayChange={mayChange} />
            </Section>
          </fieldset>
          {calendars ? (
            <>
              <OwnFeed feed={calendars.feed} />
              <BusyCalendar busy={calendars.busy} errors={refused?.error?.["address"] ?? undefined} />
            </>
          ) : null}
        </div>
      </Page>
    </BusinessTime>
  );
}
