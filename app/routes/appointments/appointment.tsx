import { useSearchParams } from "react-router";

import { apiContext, pageContext } from "#app/context.ts";
import { useErrorText, useT } from "#app/i18n/react.tsx";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { Banner } from "#app/ui/banner.tsx";

import type { Route } from "./+types/appointment";
import { actOnAppointment, type AppointmentAnswer } from "./act-on-appointment.ts";
import { AppointmentActions } from "./appointment-actions.tsx";
import { AppointmentFacts } from "./appointment-facts.tsx";
import { AppointmentHistory } from "./appointment-history.tsx";
import { AppointmentMessages } from "./appointment-messages.tsx";
import { AppointmentNotes } from "./appointment-notes.tsx";
import { BusinessTime } from "./business-time.tsx";
import { dayAt, dayIn } from "./calendar-address.ts";
import { CancelForm } from "./cancel-form.tsx";
import { MoveForm } from "./move-form.tsx";
import { AnswerBadge } from "./answer-badge.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { WhenLine } from "./when-line.tsx";
import { zoneOfBusiness } from "./zone.ts";

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function loader({ params, request, context }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  if (!id.test(params.id)) throw new Response(null, { status: 404 });
  const { searchParams } = new URL(request.url);
  const timeZone = zoneOfBusiness(context.get(pageContext));
  const today = dayAt(Date.now(), timeZone);
  const ref = { appointmentId: params.id };
  const [detail, messages] = await Promise.all([api.appointments.get(ref), api.appointmentMessages.ofAppointment(ref)]);
  const ownDay = dayAt(detail.startsAt.getTime(), timeZone);
  const day = dayIn(searchParams.get("day")) ?? (ownDay < today ? today : ownDay);
  const moving = searchParams.has("move") && detail.status === "confirmed";
  const [services, free] = moving
    ? await Promise.all([
        api.scheduling.services.list(),
        api.scheduling.slots({ serviceId: detail.serviceId, from: day, days: 7 }),
      ])
    : [[], null];
  return {
    detail,
    messages,
    today,
    ownDay,
    day,
    moving,
    members: services.find((service) => service.id === detail.serviceId)?.members ?? [],
    slots: (free?.slots ?? []).map((slot) => ({ ...slot, day: dayAt(slot.startsAt.getTime(), timeZone) })),
  };
}

export async function action({ params, request, context }: Route.ActionArgs) {
  return actOnAppointment({
    api: context.get(apiContext),
    appointmentId: params.id,
    form: await request.formData(),
    timeZone: zoneOfBusiness(context.get(pageContext)),
    appointments: `/t/${params.tenant}/appointments`,
  });
}

export type AppointmentData = Route.ComponentProps["loaderData"];

/** One appointment: who, what, when by both clocks, what was said, and how it came to be as it is. */
export default function AppointmentPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT("appointments");
  const [search] = useSearchParams();
  const { detail, moving } = loaderData;
  useLive(["appointments"]);
  const cancelling = search.has("cancel") && detail.status === "confirmed";
  return (
    <BusinessTime>
      <Page
        title={t("titleOf", { service: detail.serviceName, name: detail.customerName })}
        beside={
          <>
            <StatusBadge status={detail.status} />
            <AnswerBadge detail={detail} />
          </>
        }
        actions={<AppointmentActions detail={detail} />}
        header={<WhenLine detail={detail} ownDay={loaderData.ownDay} />}
      >
        <div className="grid lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="flex min-w-0 flex-col gap-6 px-5 py-4 max-sm:px-4">
            {search.has("booked") && detail.status === "confirmed" ? (
              <Banner tone="ok">{t("bookedBanner")}</Banner>
            ) : null}
            <Refused answer={actionData} moving={moving} />
            {cancelling ? <CancelForm /> : null}
            {moving ? <MoveForm data={loaderData} answer={actionData} /> : null}
            <AppointmentMessages messages={loaderData.messages} status={detail.status} />
            <AppointmentNotes detail={detail} />
            <AppointmentHistory detail={detail} />
          </div>
          <AppointmentFacts detail={detail} />
        </div>
      </Page>
    </BusinessTime>
  );
}

/** Why what was just asked for was not done; a time that was refused while it is moved stands with those that are free. */
function Refused({ answer, moving }: { answer: AppointmentAnswer | undefined; moving: boolean }) {
  const errorText = useErrorText();
  const why = answer && whyOf(answer, moving);
  return why ? (
    <Banner tone="bad" role="alert">
      {errorText(why.reason, why.code)}
    </Banner>
  ) : null;
}

function whyOf(answer: AppointmentAnswer, moving: boolean): { reason: string; code?: string } | null {
  if ("refused" in answer) return moving ? null : { reason: answer.refused.reason };
  return answer.ok ? null : answer;
}
