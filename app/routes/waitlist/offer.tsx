import { data, Form, redirect, useNavigation } from "react-router";

import { apiContext, refusalOf } from "#app/context.ts";
import { LanguageProvider, useFormat, useT } from "#app/i18n/react.tsx";
import { Letter } from "#app/shell/letter.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";

import { calendarFormat } from "../appointments/time-words.ts";
import type { Route } from "./+types/offer";

/** What a link offers. Opening it takes nothing: that is for whoever presses. */
export async function loader({ params, context }: Route.LoaderArgs) {
  try {
    return { offer: await context.get(apiContext).waitlist.open({ token: params.token }) };
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (refusal?.reason === "link_expired" || refusal?.code === "invalid")
      return data({ offer: null }, { status: 404 });
    throw thrown;
  }
}

/** The page says itself how the offer stands, also where it was too late. */
export async function action({ request, params, context }: Route.ActionArgs) {
  const { waitlist } = context.get(apiContext);
  const form = await request.formData();
  const { token } = params;
  try {
    await (form.get("intent") === "accept" ? waitlist.accept({ token }) : waitlist.decline({ token }));
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (refusal?.reason !== "offer_over") throw thrown;
  }
  return redirect(`/offer/${token}`);
}

export function headers() {
  return { "cache-control": "no-store", "referrer-policy": "no-referrer", "x-robots-tag": "noindex" };
}

type Offer = NonNullable<Route.ComponentProps["loaderData"]["offer"]>;

/** A time that became free, for one person, in their language. Works without JavaScript. */
export default function OfferPage({ loaderData: { offer } }: Route.ComponentProps) {
  if (!offer) return <Unknown />;
  return (
    <LanguageProvider locale={offer.language} timeZone={offer.timezone}>
      <Offered offer={offer} />
    </LanguageProvider>
  );
}

function Offered({ offer }: { offer: Offer }) {
  const t = useT("appointmentMessages");
  const format = useFormat();
  const { state } = useNavigation();
  const { status, business, language, service, member, location, startsAt, timezone, expiresAt, manageLink } = offer;
  const frame = { business, language };
  const { dayOf } = calendarFormat(language, timezone);
  const what = (
    <div className="flex flex-col gap-0.5 rounded-xl bg-sunken px-4 py-3">
      <p className="font-semibold">{service}</p>
      <p className="first-letter:uppercase">{t("offerWhen", { day: dayOf(startsAt), time: format.time(startsAt) })}</p>
      <p className="text-dim">{[t("withMember", { name: member }), location].filter(Boolean).join(" · ")}</p>
      <p className="text-xs text-faint">{t("offerZone", { zone: timezone.replaceAll("_", " ") })}</p>
    </div>
  );
  if (status === "accepted") {
    return (
      <Letter {...frame} title={t("acceptedTitle")}>
        <Banner tone="ok" role="status" className="mb-4">
          {t("acceptedBody")}
        </Banner>
        {what}
        {manageLink ? (
          <p className="mt-4">
            <a href={manageLink} className="link">
              {t("manage")}
            </a>
          </p>
        ) : null}
      </Letter>
    );
  }
  if (status === "open") {
    return (
      <Letter {...frame} title={t("offerTitle")}>
        {what}
        <p className="mt-4 mb-3 text-dim">
          {t("offerKept", { time: `${dayOf(expiresAt)}, ${format.time(expiresAt)}` })}
        </p>
        <Form method="post" className="flex flex-wrap gap-3">
          <Button
            type="submit"
            name="intent"
            value="accept"
            variant="primary"
            busy={state !== "idle"}
            className="max-sm:w-full"
          >
            {t("accept")}
          </Button>
          <Button type="submit" name="intent" value="decline" variant="quiet" className="max-sm:w-full">
            {t("decline")}
          </Button>
        </Form>
      </Letter>
    );
  }
  const declined = status === "declined";
  return (
    <Letter {...frame} title={t(declined ? "declinedTitle" : "overTitle")}>
      <p className="text-dim">{t(declined ? "declinedBody" : "overBody")}</p>
    </Letter>
  );
}

function Unknown() {
  const t = useT("appointmentMessages");
  return (
    <Letter business="" language={undefined} title={t("unknownTitle")}>
      <p className="text-dim">{t("unknownBody")}</p>
    </Letter>
  );
}
