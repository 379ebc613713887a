import { Form, Link, redirect } from "react-router";

import { apiContext, refusalOf } from "#app/context.ts";
import { useErrorText, useFormat, useT } from "#app/i18n/react.tsx";
import { Banner } from "#app/ui/banner.tsx";

import { dayIn } from "../appointments/calendar-address.ts";
import { whyRefused } from "../appointments/refused-slots.ts";
import type { Route } from "./+types/move";
import { Frame } from "./frame.tsx";
import { managedAddress, managedHeaders, orNowhere } from "./managed-address.ts";
import { Nowhere } from "./nowhere.tsx";
import { shownWeek } from "./shown-week.ts";
import { useDays } from "./use-words.ts";
import { WeekTimes } from "./week-times.tsx";

export async function loader({ request, context, params }: Route.LoaderArgs) {
  const { managed } = context.get(apiContext).booking;
  const link = { slug: params.tenant, token: params.token };
  const from = dayIn(new URL(request.url).searchParams.get("from")) ?? undefined;
  return orNowhere(
    managed.open(link).then(async (opened) => {
      if (!opened.movable) throw redirect(managedAddress(params));
      return { managed: opened, week: shownWeek(await managed.times({ ...link, from })) };
    }),
  );
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const form = await request.formData();
  const startsAt = new Date(String(form.get("slot") ?? ""));
  if (Number.isNaN(startsAt.getTime())) throw new Response(null, { status: 400 });
  const link = { slug: params.tenant, token: params.token };
  try {
    const moved = await context.get(apiContext).booking.managed.move({ ...link, startsAt });
    return redirect(`${managedAddress({ ...params, ...moved })}?changed`);
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal || refusal.code === "not_found") throw thrown;
    return { reason: whyRefused(refusal) };
  }
}

export const headers = () => managedHeaders;

/** Another time for an appointment; its own stays until one is pressed. */
export default function MoveAppointment({ loaderData: { found }, actionData, params }: Route.ComponentProps) {
  const t = useT("booking");
  if (!found) return <Nowhere />;
  return (
    <Frame business={found.managed.business} title={t("moveTitle")}>
      <Move found={found} reason={actionData?.reason} here={managedAddress(params)} />
    </Frame>
  );
}

type Found = NonNullable<Route.ComponentProps["loaderData"]["found"]>;

function Move({ found, reason, here }: { found: Found; reason: string | undefined; here: string }) {
  const t = useT("booking");
  const errorText = useErrorText();
  const format = useFormat();
  const days = useDays();
  const { managed, week } = found;
  const { startsAt } = managed;
  return (
    <>
      <p className="text-dim">{t("moveIntro", { day: days.dayOf(startsAt), time: format.time(startsAt) })}</p>
      {reason ? (
        <Banner tone="bad" role="alert">
          {reason === "slot_taken" ? t("taken") : errorText(reason)}
        </Banner>
      ) : null}
      <Form method="post">
        <WeekTimes week={week} address={(day) => `?from=${day}`} valueOf={(slot) => slot.startsAt.toISOString()} />
      </Form>
      <p>
        <Link to={here} className="link">
          {t("keep")}
        </Link>
      </p>
    </>
  );
}
