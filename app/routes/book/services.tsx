import { CalendarX2, ChevronRight } from "lucide-react";
import { Link } from "react-router";

import { apiContext } from "#app/context.ts";
import { useLocale, useT } from "#app/i18n/react.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";

import type { Route } from "./+types/services";
import type { Service } from "./data.ts";
import { Frame } from "./frame.tsx";
import { useWords } from "./use-words.ts";

export async function loader({ context, params }: Route.LoaderArgs) {
  const { business, services } = await context.get(apiContext).booking.open({ slug: params.tenant });
  return { business, services };
}

/** What a business offers to whoever comes by: the first step of a booking. */
export default function BookableServices({ loaderData: { business, services }, params }: Route.ComponentProps) {
  const t = useT("booking");
  const intro = useLocale() === "fr" ? business.introFr : business.introEn;
  if (services.length === 0) {
    return (
      <Frame business={business} title={t("title")}>
        <EmptyState icon={<CalendarX2 size={18} aria-hidden />} title={t("nothing")}>
          {t("nothingBody", { business: business.name })}
        </EmptyState>
      </Frame>
    );
  }
  return (
    <Frame business={business} title={t("chooseService")} step="service">
      {intro ? <p className="text-base whitespace-pre-line text-dim">{intro}</p> : null}
      <ul aria-label={t("step.service")} className="divide-y divide-line border-y border-line">
        {services.map((service) => (
          <li key={service.id}>
            <ServiceLine service={service} to={`/book/${params.tenant}/${service.id}`} />
          </li>
        ))}
      </ul>
    </Frame>
  );
}

function ServiceLine({ service, to }: { service: Service; to: string }) {
  const t = useT("booking");
  const words = useWords();
  const { name, description, durationMinutes, location, minimumNoticeMinutes } = service;
  const price = words.price(service);
  const notice = words.notice(minimumNoticeMinutes);
  return (
    <div className="row -mx-3 flex items-center gap-4 rounded-lg px-3 py-4 hover:bg-hover" data-row="">
      <div className="min-w-0 flex-1">
        <h2 className="text-base font-semibold">
          <Link to={to} aria-label={t("book", { name })} className="row-link">
            {name}
          </Link>
        </h2>
        {description ? <p className="mt-0.5 text-dim">{description}</p> : null}
        <p className="mt-1 text-dim">{[words.length(durationMinutes), location].filter(Boolean).join(" · ")}</p>
        {notice ? <p className="mt-1 text-xs text-faint">{notice}</p> : null}
      </div>
      {price ? <p className="font-medium tabular-nums">{price}</p> : null}
      <ChevronRight size={16} aria-hidden className="text-faint" />
    </div>
  );
}
