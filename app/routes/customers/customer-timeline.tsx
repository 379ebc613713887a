import {
  CalendarClock,
  CircleDot,
  Mail,
  MessageSquare,
  Phone,
  Send,
  ShoppingBag,
  StickyNote,
  Store,
  Ticket,
  type LucideIcon,
} from "lucide-react";
import { Link } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { ChipLink } from "#app/ui/chip.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import type { Activities } from "./customer.tsx";
import { channels, filterNames, type activities as types, type Filter } from "./customer-words.ts";
import { LogForm } from "./log-form.tsx";

const icons: Record<(typeof types)[number], LucideIcon> = {
  message_received: MessageSquare,
  message_sent: Send,
  email: Mail,
  call: Phone,
  visit: Store,
  order: ShoppingBag,
  note: StickyNote,
  ticket: Ticket,
  appointment: CalendarClock,
  other: CircleDot,
};

interface CustomerTimelineProps {
  currency: string;
  activities: Activities;
  filter: Filter | null;
  /** This is not the first page. */
  older: boolean;
  /** Nothing is written down of an erased customer any more. */
  closed: boolean;
}

/** What happened with the customer, newest first. */
export function CustomerTimeline({ currency, activities, filter, older, closed }: CustomerTimelineProps) {
  const t = useT("customers");
  const show: Record<string, string> = filter ? { show: filter } : {};
  return (
    <section aria-labelledby="timeline" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h2 id="timeline" className="mr-2 font-semibold">
          {t("timeline")}
        </h2>
        <nav aria-label={t("timelineFilter")} className="flex flex-wrap gap-1.5">
          <ChipLink to="?" on={filter === null}>
            {t("filter.all")}
          </ChipLink>
          {filterNames.map((name) => (
            <ChipLink key={name} to={`?show=${name}`} on={filter === name}>
              {t(`filter.${name}`)}
            </ChipLink>
          ))}
        </nav>
      </div>
      {closed ? null : <LogForm currency={currency} />}
      {activities.rows.length === 0 ? (
        <p className="py-6 text-dim">
          {t("noActivity")} <span className="text-faint">{t("noActivityBody")}</span>
        </p>
      ) : (
        <ol aria-label={t("timeline")}>
          {activities.rows.map((activity) => (
            <ActivityLine key={activity.id} activity={activity} />
          ))}
        </ol>
      )}
      <p className="flex gap-4 text-xs">
        {older ? (
          <Link to={`?${new URLSearchParams(show)}`} className="link">
            {t("newest")}
          </Link>
        ) : null}
        {activities.next ? (
          <Link to={`?${new URLSearchParams({ ...show, after: activities.next })}`} className="link" preventScrollReset>
            {t("older")}
          </Link>
        ) : null}
      </p>
    </section>
  );
}

function ActivityLine({ activity }: { activity: Activities["rows"][number] }) {
  const t = useT("customers");
  const format = useFormat();
  const to = useTenantPath();
  const Icon = icons[activity.type];
  const channel = channels.find((known) => known === activity.channel);
  const number = activity.metadata["number"];
  const link =
    activity.type === "ticket" && number
      ? to(`tickets/${String(number)}`)
      : activity.conversationId
        ? to(`inbox/${activity.conversationId}`)
        : null;
  const title =
    activity.type === "ticket" && number
      ? t("ticketOpened", { number: String(number) })
      : t(`activity.${activity.type}`);
  return (
    <li className="relative flex gap-3 pb-3 not-last:before:absolute not-last:before:top-7 not-last:before:bottom-0 not-last:before:left-3 not-last:before:w-px not-last:before:bg-line">
      <span
        className={`grid size-6 flex-none place-items-center rounded-full ${activity.type === "note" ? "bg-note text-warn" : "bg-neutral-soft text-dim"}`}
      >
        <Icon size={13} aria-hidden />
      </span>
      <div className="min-w-0 flex-1 pt-0.5">
        <p className="flex flex-wrap items-baseline gap-x-1.5">
          {link ? (
            <Link to={link} className="font-medium hover:underline">
              {title}
              {/* One person may write in several conversations. */}
              <span className="sr-only">
                ,{" "}
                {[channel ? t(`channel.${channel}`) : null, format.dateTime(activity.occurredAt)]
                  .filter(Boolean)
                  .join(", ")}
              </span>
            </Link>
          ) : (
            <span className="font-medium">{title}</span>
          )}
          {activity.amountCents !== null ? (
            <b>{format.money(activity.amountCents, activity.currency ?? "EUR")}</b>
          ) : null}
          <span className="text-xs text-faint">
            {[activity.by, channel ? t(`channel.${channel}`) : null].filter(Boolean).join(" · ")}
            {activity.by || channel ? " · " : ""}
            <RelativeTime at={activity.occurredAt} />
          </span>
        </p>
        {activity.description ? (
          <p className="line-clamp-3 whitespace-pre-wrap text-dim">{activity.description}</p>
        ) : null}
      </div>
    </li>
  );
}
