import type { ReactNode } from "react";
import { Link } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { StatusDot } from "#app/ui/status-dot.tsx";

import { AppointmentsBeside } from "../appointments/appointments-beside.tsx";
import { ProspectsBeside } from "../prospects/prospects-beside.tsx";
import { statusTones } from "../tickets/ticket-words.ts";
import type { CustomerDetail, Satisfaction } from "./customer.tsx";
import { CustomerSatisfaction } from "./customer-satisfaction.tsx";
import { Consents } from "./consents.tsx";
import { Identities } from "./identities.tsx";
import { Notes } from "./notes.tsx";
import { Tags } from "./tags.tsx";

/** Who the customer is, what the team knows, what is under way. */
export function CustomerAside({
  detail,
  knownTags,
  satisfaction,
}: {
  detail: CustomerDetail;
  knownTags: string[];
  satisfaction: Satisfaction;
}) {
  const t = useT("customers");
  const prospects = useT("prospects");
  const to = useTenantPath();
  return (
    <aside
      aria-label={t("details")}
      className="flex flex-col gap-6 border-line px-5 py-4 max-lg:border-t max-sm:px-4 lg:min-h-[calc(100dvh-6rem)] lg:border-l"
    >
      <Part title={t("identities")}>
        <Identities identities={detail.identities} />
      </Part>
      <Part title={t("tags")}>
        <Tags tags={detail.tags} known={knownTags} />
      </Part>
      <Part title={t("notes")}>
        <Notes notes={detail.notes} />
      </Part>
      <Part title={t("conversations")}>
        <Conversations conversations={detail.conversations} />
      </Part>
      <Part title={t("tickets")}>
        <Tickets tickets={detail.tickets} />
      </Part>
      <Part title={t("appointments")}>
        <AppointmentsBeside appointments={detail.appointments} booking={`customer=${detail.customer.id}`} />
      </Part>
      <Part title={prospects("ofThisCustomer")}>
        <ProspectsBeside prospects={detail.prospects} about={`customer=${detail.customer.id}`} />
      </Part>
      <Part title={t("calls")}>
        <Link to={to(`calls?customer=${detail.customer.id}&days=all`)} className="link self-start text-xs">
          {t("seeCalls")}
        </Link>
      </Part>
      <Part title={t("satisfaction")}>
        <CustomerSatisfaction satisfaction={satisfaction} />
      </Part>
      <Part title={t("preferences")}>
        <Consents preferences={detail.preferences} />
      </Part>
    </aside>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <h2 className="text-xs font-semibold text-faint">{title}</h2>
      {children}
    </section>
  );
}

function Conversations({ conversations }: { conversations: CustomerDetail["conversations"] }) {
  const t = useT("customers");
  const to = useTenantPath();
  if (conversations.length === 0) return <p className="text-faint">{t("noConversations")}</p>;
  return (
    <ul className="flex flex-col gap-2">
      {conversations.map((conversation) => (
        <li key={conversation.id} className="min-w-0">
          <Link to={to(`inbox/${conversation.id}`)} className="group flex flex-col">
            <span className="flex items-baseline gap-1.5">
              <i className={`ico ico-${conversation.channelType}`} aria-hidden />
              <span className="truncate font-medium group-hover:underline">{conversation.channelName}</span>
              {conversation.unreadCount > 0 ? (
                <span className="badge tone-accent">{conversation.unreadCount}</span>
              ) : null}
              <span className="ml-auto text-xs whitespace-nowrap text-faint">
                <RelativeTime at={conversation.lastMessageAt} style="day" />
              </span>
            </span>
            <span className="truncate text-xs text-dim">{conversation.preview}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Tickets({ tickets }: { tickets: CustomerDetail["tickets"] }) {
  const t = useT("customers");
  const words = useT("tickets");
  const to = useTenantPath();
  if (tickets.length === 0) return <p className="text-faint">{t("noTickets")}</p>;
  return (
    <ul className="flex flex-col gap-2">
      {tickets.map((ticket) => (
        <li key={ticket.id} className="min-w-0">
          <Link to={to(`tickets/${ticket.number}`)} className="group flex flex-col">
            <span className="truncate">
              <span className="text-faint">#{ticket.number}</span>{" "}
              <span className="font-medium group-hover:underline">{ticket.subject}</span>
            </span>
            <span className="flex justify-between gap-2 text-xs text-dim">
              <StatusDot tone={statusTones[ticket.status]}>{words(`status.${ticket.status}`)}</StatusDot>
              <RelativeTime at={ticket.updatedAt} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
