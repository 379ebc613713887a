import { Link } from "react-router";

import { formatFor } from "#app/i18n/format.ts";
import { useFormat, useLocale, useT } from "#app/i18n/react.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { useNow } from "#app/ui/now.tsx";

import { calendarFormat } from "../appointments/time-words.ts";
import type { Service } from "./data.ts";
import type { KeptTime } from "./details-address.ts";
import { useOwnZone } from "./own-zone.ts";
import { useDays, useWords } from "./use-words.ts";

interface KeptBannerProps {
  service: Service;
  kept: KeptTime;
  /** Where other times are. */
  times: string;
}

/** What is about to be booked, and until when its time is kept. */
export function KeptBanner({ service, kept: { startsAt, userId, heldUntil }, times }: KeptBannerProps) {
  const t = useT("booking");
  const format = useFormat();
  const days = useDays();
  const words = useWords();
  const over = heldUntil.getTime() <= useNow();
  const endsAt = startsAt.getTime() + service.durationMinutes * 60_000;
  const member = service.members.find((one) => one.userId === userId)?.name;
  return (
    <Banner
      tone={over ? "warn" : "ok"}
      action={
        <Link to={times} className="link shrink-0 text-sm">
          {t("otherTime")}
        </Link>
      }
    >
      <p className="text-base font-semibold">
        <span className="inline-block first-letter:uppercase">{days.dayOf(startsAt)}</span>, {format.time(startsAt)}–
        {format.time(endsAt)}
      </p>
      <p>
        {[service.name, member && t("with", { name: member }), words.price(service), service.location]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <p className="mt-1 text-xs text-dim">
        {t("zone", { zone: days.zone(startsAt) })}{" "}
        {over ? t("keptOver") : t("keptUntil", { time: format.time(heldUntil) })}
      </p>
      <OwnTimeLine at={startsAt} />
    </Banner>
  );
}

/** The time it is where the visitor is, where that is another. */
export function OwnTimeLine({ at }: { at: Date }) {
  const t = useT("booking");
  const locale = useLocale();
  const zone = useOwnZone(at);
  if (!zone) return null;
  const [day, time] = [calendarFormat(locale, zone).dayOf(at), formatFor(locale, zone).time(at)];
  return <p className="text-xs text-dim">{t("ownTime", { day, time, zone: zone.replaceAll("_", " ") })}</p>;
}
