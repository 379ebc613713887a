import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { Link, useSearchParams } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { cx } from "#app/ui/classes.ts";
import { KeyValues } from "#app/ui/key-values.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { useNow } from "#app/ui/now.tsx";
import type { Tone } from "#app/ui/tone.ts";

import { AppointmentsBeside } from "../appointments/appointments-beside.tsx";
import { activities } from "../customers/customer-words.ts";
import type { Detail, Panel } from "./data.ts";

/** Who is being spoken with: a column beside the thread where there is room, a page of its own where there is not. */
export function CustomerPanel({ conversation, shown }: { conversation: Detail; shown: boolean }) {
  const t = useT("inbox");
  const to = useTenantPath();
  const [search] = useSearchParams();
  const back = new URLSearchParams(search);
  back.delete("customer");
  const { customer } = conversation;
  const about = [segmentOf(customer.segment, t), customer.city].filter(Boolean).join(" · ");
  return (
    <aside
      aria-label={t("customer")}
      className={cx(
        "w-75 flex-none overflow-y-auto border-t border-l border-line p-4 max-xl:w-auto max-xl:flex-1",
        shown ? "" : "max-xl:hidden",
      )}
    >
      <LinkButton
        to={`?${back}`}
        size="sm"
        variant="quiet"
        className="mb-3 xl:hidden"
        icon={<ArrowLeft size={14} aria-hidden />}
      >
        {t("hideCustomer")}
      </LinkButton>
      <div className="mb-4 flex items-center gap-3">
        <Avatar name={customer.name} size="lg" />
        <div className="min-w-0">
          <h2 className="truncate font-semibold">
            <Link to={to(`customers/${customer.id}`)} title={t("openCustomer")}>
              {customer.name}
            </Link>
          </h2>
          <p className="truncate text-dim">{about}</p>
        </div>
      </div>
      <Facts customer={customer} />
      <Tickets customer={customer} />
      <Part title={t("appointments")}>
        <div className="flex flex-col gap-2">
          <AppointmentsBeside
            appointments={customer.appointments}
            booking={`customer=${customer.id}&conversation=${conversation.id}`}
          />
        </div>
      </Part>
      <Timeline customer={customer} />
      <p className="mt-5 flex flex-col items-start gap-2">
        <Link to={to(`customers/${customer.id}/messages?via=${conversation.id}`)} className="link">
          {t("person.open")}
        </Link>
        <Link to={to(`customers/${customer.id}`)} className="link">
          {t("openCustomer")}
        </Link>
      </p>
    </aside>
  );
}

const segments = ["prospect", "client", "vip", "inactive"] as const;
const segmentOf = (segment: string, t: ReturnType<typeof useT<"inbox">>) => {
  const known = segments.find((name) => name === segment);
  return known ? t(`segment.${known}`) : segment;
};

const identityKinds = ["phone", "email", "whatsapp_id", "whatsapp_user_id", "instagram_id", "handle"] as const;

function Facts({ customer }: { customer: Panel }) {
  const t = useT("inbox");
  const format = useFormat();
  const phones = customer.identities.filter(({ kind }) => kind === "phone");
  const rows = customer.identities
    // WhatsApp's ids say nothing more to a person who has the phone number.
    .filter(({ kind }) => phones.length === 0 || (kind !== "whatsapp_id" && kind !== "whatsapp_user_id"))
    .map(({ kind, value }) => {
      const known = identityKinds.find((name) => name === kind);
      return [known ? t(`identity.${known}`) : kind, kind === "phone" ? format.phone(value) : value] as const;
    });
  const language =
    customer.language === "fr" || customer.language === "en" ? t(`language.${customer.language}`) : customer.language;
  const orders =
    customer.totalOrders > 0
      ? `${format.number(customer.totalOrders)} · ${format.money(customer.totalRevenueCents, customer.currency)}`
      : null;
  return (
    <KeyValues
      rows={[
        ...rows,
        [t("language"), language],
        [t("orders"), orders],
        [t("conversations"), customer.totalConversations > 1 ? format.number(customer.totalConversations) : null],
        [t("tags"), customer.tags.join(", ")],
      ]}
    />
  );
}

const tones: Record<string, Tone> = {
  open: "info",
  in_progress: "warn",
  waiting_customer: "wait",
  resolved: "ok",
  closed: "neutral",
};
const statuses = ["open", "in_progress", "waiting_customer", "resolved", "closed"] as const;

function Tickets({ customer }: { customer: Panel }) {
  const t = useT("inbox");
  const to = useTenantPath();
  return (
    <Part title={t("tickets")}>
      {customer.tickets.length === 0 ? <p className="text-faint">{t("noTickets")}</p> : null}
      <ul className="flex flex-col gap-1">
        {customer.tickets.map((ticket) => {
          const status = statuses.find((name) => name === ticket.status) ?? "open";
          return (
            <li key={ticket.number}>
              <Link to={to(`tickets/${ticket.number}`)} className="flex items-baseline gap-1.5 hover:underline">
                <Badge tone={tones[status] ?? "neutral"}>{t(`ticket.${status}`)}</Badge>
                <span className="min-w-0 truncate">
                  #{ticket.number} {ticket.subject}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </Part>
  );
}

function Timeline({ customer }: { customer: Panel }) {
  const t = useT("inbox");
  const format = useFormat();
  const now = useNow();
  if (customer.timeline.length === 0) return null;
  return (
    <Part title={t("timeline")}>
      <ul className="text-dim">
        {customer.timeline.map((entry, index) => {
          const type = activities.find((name) => name === entry.type) ?? "other";
          return (
            <li key={index} className="flex gap-2 truncate">
              <time
                dateTime={entry.at.toISOString()}
                title={format.full(entry.at)}
                className="w-13 flex-none text-faint"
              >
                {format.day(entry.at, now)}
              </time>
              <span className="truncate">
                {t(`activity.${type}`)}
                {entry.by ? ` · ${entry.by}` : ""}
                {type === "message_received" || !entry.description ? "" : ` · ${entry.description}`}
              </span>
            </li>
          );
        })}
      </ul>
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="mt-5">
      <h3 className="mb-1.5 text-xs font-semibold">{title}</h3>
      {children}
    </section>
  );
}
