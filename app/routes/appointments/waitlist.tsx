import { ListPlus, UserPlus } from "lucide-react";
import { Form } from "react-router";

import { apiContext, pageContext } from "#app/context.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { refusedIn } from "#app/shell/answer-form.ts";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { RefusedBanner } from "#app/shell/refused-banner.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { Banner } from "#app/ui/banner.tsx";
import { ChipLink } from "#app/ui/chip.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Button } from "#app/ui/button.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import type { Route } from "./+types/waitlist";
import { actOnWaitlist } from "./act-on-waitlist.ts";
import { AddToWaitlist } from "./add-to-waitlist.tsx";
import { AppointmentTabs } from "./appointment-tabs.tsx";
import { BusinessTime } from "./business-time.tsx";
import { dayAt } from "./calendar-address.ts";
import { OfferForm } from "./offer-form.tsx";
import { offeringOf } from "./offering-of.ts";
import { useCalendarFormat } from "./use-calendar-format.ts";
import { WaitlistTable } from "./waitlist-table.tsx";
import { zoneOfBusiness } from "./zone.ts";

export async function loader({ request, context }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const { searchParams } = new URL(request.url);
  const status = searchParams.get("show") === "done" ? ("done" as const) : ("waiting" as const);
  const after = searchParams.get("after") ?? undefined;
  const offering = searchParams.get("offer");
  const adding = searchParams.has("add");
  const [page, services] = await Promise.all([
    api.waitlist.list({ status, after }),
    offering || adding ? api.scheduling.services.list() : [],
  ]);
  const timeZone = zoneOfBusiness(context.get(pageContext));
  const today = dayAt(Date.now(), timeZone);
  const entry = page.rows.find(({ id }) => id === offering);
  const service = services.find(({ id }) => id === entry?.serviceId);
  const offered = Number(searchParams.get("offered"));
  return {
    status,
    page,
    after,
    adding,
    added: searchParams.has("added"),
    removed: searchParams.get("removed"),
    offeredUntil: offered > 0 ? new Date(offered) : null,
    offering:
      entry && service
        ? await offeringOf({ api, entry, service, day: searchParams.get("day"), today, timeZone })
        : null,
    services: adding ? services.map(({ id, name, members }) => ({ id, name, members })) : [],
    today,
  };
}

export const action = async ({ request, context, params }: Route.ActionArgs) =>
  actOnWaitlist({
    form: await request.formData(),
    api: context.get(apiContext),
    timeZone: zoneOfBusiness(context.get(pageContext)),
    path: `/t/${params.tenant}/appointments/waitlist`,
  });

export type WaitlistData = Route.ComponentProps["loaderData"];

/** Who would come if a time became free, in the order in which they are asked. */
export default function Waitlist({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT("appointmentMessages");
  const to = useTenantPath();
  const format = useFormat();
  const { dayOf } = useCalendarFormat();
  const mayWrite = useCan("appointments.write");
  useLive(["appointments"]);
  const { status, page, after, offering, adding, added, removed, offeredUntil } = loaderData;
  const refused = refusedIn(actionData);
  return (
    <BusinessTime>
      <Page
        title={t("waitlist")}
        actions={
          mayWrite ? (
            <LinkButton to="?add" icon={<UserPlus size={14} aria-hidden />}>
              <span className="max-sm:sr-only">{t("add")}</span>
            </LinkButton>
          ) : null
        }
        header={<AppointmentTabs on="waitlist" address={(view) => to(`appointments?view=${view}`)} />}
      >
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-2.5 max-sm:px-4">
          <nav aria-label={t("waitlistStates")} className="flex flex-wrap gap-1.5">
            {(["waiting", "done"] as const).map((one) => (
              <ChipLink key={one} to={one === "waiting" ? "?" : "?show=done"} on={one === status}>
                {t(`waitlist.${one}`)}
              </ChipLink>
            ))}
          </nav>
          <p className="text-xs text-faint">{t("waitlistIntro")}</p>
        </div>
        <div className="flex flex-col gap-4 px-5 pb-3 empty:hidden max-sm:px-4">
          {added ? (
            <Banner tone="ok" role="status">
              {t("added")}
            </Banner>
          ) : null}
          {removed && mayWrite ? <Removed entryId={removed} /> : null}
          {adding || offering ? null : <RefusedBanner refused={refused} />}
          {offeredUntil ? (
            <Banner tone="ok" role="status">
              {t("offered", { time: `${dayOf(offeredUntil)}, ${format.time(offeredUntil)}` })}
            </Banner>
          ) : null}
          {adding ? <AddToWaitlist data={loaderData} refused={refused} /> : null}
          {offering ? <OfferForm offering={offering} after={after} refused={refused} /> : null}
        </div>
        {page.rows.length > 0 ? <WaitlistTable rows={page.rows} after={after} /> : <Nobody status={status} />}
        {page.next ? (
          <p className="px-5 py-3 max-sm:px-4">
            <LinkButton
              rel="next"
              to={`?${status === "done" ? "show=done&" : ""}after=${encodeURIComponent(page.next)}`}
            >
              {t("more")}
            </LinkButton>
          </p>
        ) : null}
      </Page>
    </BusinessTime>
  );
}

/** Until one goes on, whoever was removed can be put back. */
function Removed({ entryId }: { entryId: string }) {
  const t = useT("appointmentMessages");
  return (
    <Banner
      tone="ok"
      role="status"
      action={
        <Form method="post" action="?">
          <input type="hidden" name="entryId" value={entryId} />
          <Button type="submit" name="intent" value="undo" size="sm">
            {t("undoRemove")}
          </Button>
        </Form>
      }
    >
      {t("removed")}
    </Banner>
  );
}

function Nobody({ status }: { status: WaitlistData["status"] }) {
  const t = useT("appointmentMessages");
  const mayWrite = useCan("appointments.write");
  return status === "waiting" ? (
    <EmptyState
      icon={<ListPlus size={18} aria-hidden />}
      title={t("emptyWaiting")}
      action={mayWrite ? <LinkButton to="?add">{t("add")}</LinkButton> : null}
    >
      {t("emptyWaitingBody")}
    </EmptyState>
  ) : (
    <EmptyState icon={<ListPlus size={18} aria-hidden />} title={t("emptyDone")}>
      {t("emptyDoneBody")}
    </EmptyState>
  );
}
