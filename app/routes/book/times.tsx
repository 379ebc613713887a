import { Form, Link, redirect, useNavigation, useSubmit } from "react-router";

import { apiContext, refusalOf } from "#app/context.ts";
import { useErrorText, useT } from "#app/i18n/react.tsx";
import { AddressSelect } from "#app/ui/address-field.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";

import { dayIn } from "../appointments/calendar-address.ts";
import { whyRefused } from "../appointments/refused-slots.ts";
import type { Route } from "./+types/times";
import { detailsAddress } from "./details-address.ts";
import { Frame } from "./frame.tsx";
import { ServiceSummary } from "./service-summary.tsx";
import { MemberOptions } from "./member-options.tsx";
import { serviceIn } from "./service-in.ts";
import { shownWeek } from "./shown-week.ts";
import { useWords } from "./use-words.ts";
import { visitCookie, visitIn } from "./visit-cookie.ts";
import { WeekTimes } from "./week-times.tsx";

export async function loader({ request, context, params }: Route.LoaderArgs) {
  const { booking } = context.get(apiContext);
  const query = new URL(request.url).searchParams;
  const { business, services } = await booking.open({ slug: params.tenant });
  const service = serviceIn(services, params.service);
  const member = service.members.find(({ userId }) => userId === query.get("with"));
  const from = dayIn(query.get("from")) ?? undefined;
  const week = await booking.times({ slug: params.tenant, serviceId: service.id, userId: member?.userId, from });
  return { business, service, week: shownWeek(week), member: member?.userId };
}

/** Keeps the time that was pressed, and goes on to whom it is for. */
export async function action({ request, context, params }: Route.ActionArgs) {
  const form = await request.formData();
  const startsAt = new Date(String(form.get("slot") ?? ""));
  const userId = String(form.get("with") ?? "") || undefined;
  if (Number.isNaN(startsAt.getTime())) throw new Response(null, { status: 400 });
  const wanted = { slug: params.tenant, serviceId: params.service, userId, startsAt, visit: visitIn(request) };
  try {
    const held = await context.get(apiContext).booking.hold(wanted);
    const headers = { "set-cookie": visitCookie(held.visit) };
    return redirect(detailsAddress(params, { ...held, startsAt }), { headers });
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal || refusal.code === "not_found") throw thrown;
    return { reason: whyRefused(refusal) };
  }
}

/** The second step: when, and with whom. */
export default function BookableTimes({ loaderData, actionData, params }: Route.ComponentProps) {
  const t = useT("booking");
  const errorText = useErrorText();
  const words = useWords();
  const { state } = useNavigation();
  const submit = useSubmit();
  const { business, service, week, member } = loaderData;
  const home = `/book/${params.tenant}`;
  const chosen = member ? `&with=${member}` : "";
  return (
    <Frame business={business} home={home} title={t("chooseTime")} step="time">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <ServiceSummary service={service} />
        <Link to={home} className="link text-sm">
          {t("otherService")}
        </Link>
      </div>
      {actionData ? (
        <Banner tone="bad" role="alert">
          {actionData.reason === "slot_taken" ? t("taken") : errorText(actionData.reason)}
        </Banner>
      ) : null}
      {service.members.length > 1 ? (
        <Form
          method="get"
          className="flex flex-wrap items-end gap-2"
          onChange={(event) => void submit(event.currentTarget)}
        >
          <label className="flex flex-col gap-1 font-medium">
            {t("withWhom")}
            <AddressSelect name="with" value={member ?? ""} className="font-normal">
              <MemberOptions service={service} />
            </AddressSelect>
          </label>
          <noscript>
            <Button type="submit">{t("show")}</Button>
          </noscript>
        </Form>
      ) : null}
      <Form method="post" aria-busy={state === "submitting" || undefined}>
        <input type="hidden" name="with" value={member ?? ""} />
        <WeekTimes
          week={week}
          address={(day) => `?from=${day}${chosen}`}
          valueOf={({ startsAt }) => startsAt.toISOString()}
        />
      </Form>
      <p className="text-dim">
        <Link to={`${home}/${service.id}/wait${member ? `?with=${member}` : ""}`} className="link">
          {t("waitInstead")}
        </Link>
      </p>
      <ul className="text-xs text-faint">
        {[words.notice(service.minimumNoticeMinutes), words.changes(business.changeNoticeMinutes)].map((rule) =>
          rule ? <li key={rule}>{rule}</li> : null,
        )}
      </ul>
    </Frame>
  );
}
