import { CalendarPlus, CalendarX2, MoveRight } from "lucide-react";
import { useSearchParams } from "react-router";

import { apiContext, pageContext } from "#app/context.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { cx } from "#app/ui/classes.ts";
import { CopyButton } from "#app/ui/copy-button.tsx";
import { Input } from "#app/ui/inputs.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { useNow } from "#app/ui/now.tsx";

import type { Route } from "./+types/managed";
import type { Managed } from "./data.ts";
import { Frame } from "./frame.tsx";
import { OwnTimeLine } from "./kept-banner.tsx";
import { managedAddress, managedHeaders, orNowhere } from "./managed-address.ts";
import { Nowhere } from "./nowhere.tsx";
import { useDays, useWords } from "./use-words.ts";

/** What a link shows. Programs that scan mails open it: looking changes nothing. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const { origin } = context.get(pageContext);
  const { booking } = context.get(apiContext);
  const opened = booking.managed.open({ slug: params.tenant, token: params.token });
  return orNowhere(opened.then((managed) => ({ managed, link: origin + managedAddress(params) })));
}

export const headers = () => managedHeaders;

/** A customer's appointment: the end of a booking, and where its link leads ever after. */
export default function ManagedAppointment({ loaderData: { found }, params }: Route.ComponentProps) {
  const t = useT("booking");
  const [query] = useSearchParams();
  if (!found) return <Nowhere />;
  const { managed, link } = found;
  const confirmed = managed.status === "confirmed";
  const title =
    confirmed && query.has("booked") ? "booked" : confirmed && query.has("changed") ? "movedTitle" : "yours";
  return (
    <Frame
      business={managed.business}
      home={managed.bookable ? `/book/${params.tenant}` : undefined}
      title={managed.status === "cancelled" ? t("cancelled") : t(title)}
    >
      {managed.moved ? <Banner role="status">{t("movedNotice")}</Banner> : null}
      <Facts managed={managed} />
      {title === "yours" ? null : <KeepLink link={link} />}
      <Changes managed={managed} here={managedAddress(params)} />
      {managed.bookable && !managed.changeableUntil ? (
        <LinkButton to={`/book/${params.tenant}/${managed.serviceId}`} className="self-start">
          {t("bookAgain")}
        </LinkButton>
      ) : null}
    </Frame>
  );
}

function Facts({ managed }: { managed: Managed }) {
  const t = useT("booking");
  const format = useFormat();
  const days = useDays();
  const words = useWords();
  const { startsAt, endsAt, status } = managed;
  const minutes = (endsAt.getTime() - startsAt.getTime()) / 60_000;
  return (
    <section aria-label={t("yours")} className="flex flex-col gap-3 rounded-xl bg-sunken px-5 py-4 max-sm:px-4">
      <div>
        <p
          className={cx(
            "text-lg font-semibold first-letter:uppercase",
            status === "cancelled" && "text-dim line-through",
          )}
        >
          {days.dayOf(startsAt)},{" "}
          <span className="tabular-nums">
            {format.time(startsAt)}–{format.time(endsAt)}
          </span>
        </p>
        <p className="text-xs text-dim">{t("zone", { zone: days.zone(startsAt) })}</p>
        <OwnTimeLine at={startsAt} />
      </div>
      <KeyValues
        rows={[
          [t("service"), managed.service],
          [t("member"), managed.member],
          [t("duration"), words.length(minutes)],
          [t("place"), managed.location],
          [t("price"), words.price(managed)],
          [t("yourNotes"), managed.notes],
        ]}
      />
    </section>
  );
}

function KeepLink({ link }: { link: string }) {
  const t = useT("booking");
  return (
    <Banner tone="ok" role="status">
      <p>{t("keepLink")}</p>
      <div className="mt-2 flex items-center gap-2">
        <Input readOnly size="sm" value={link} aria-label={t("theLink")} className="min-w-0 flex-1 font-mono text-xs" />
        <CopyButton text={link} name={t("theLink")} small />
      </div>
    </Banner>
  );
}

/** What may still be done, until when, or why nothing; and the file for a calendar until it begins. */
function Changes({ managed, here }: { managed: Managed; here: string }) {
  const t = useT("booking");
  const format = useFormat();
  const days = useDays();
  const now = useNow();
  const { status, changeableUntil, movable, business, startsAt } = managed;
  if (status === "cancelled") return null;
  if (status !== "confirmed" || startsAt.getTime() <= now) return <p className="text-dim">{t("over")}</p>;
  const last = changeableUntil && { day: days.dayOf(changeableUntil), time: format.time(changeableUntil) };
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2 max-sm:grid max-sm:grid-cols-2">
        <a href={`${here}/calendar.ics`} className="btn max-sm:col-span-2">
          <CalendarPlus size={15} aria-hidden />
          {t("addToCalendar")}
        </a>
        {movable ? (
          <LinkButton to={`${here}/move`} icon={<MoveRight size={15} aria-hidden />}>
            {t("move")}
          </LinkButton>
        ) : null}
        {changeableUntil ? (
          <LinkButton to={`${here}/cancel`} icon={<CalendarX2 size={15} aria-hidden />}>
            {t("cancel")}
          </LinkButton>
        ) : null}
      </div>
      <p className="text-xs text-faint">
        {last ? t("changeableUntil", last) : t("tooLate", { business: business.name })}
      </p>
    </div>
  );
}
