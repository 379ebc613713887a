import type { ReactNode } from "react";
import { Link } from "react-router";

import { phoneInGroups } from "#app/i18n/format.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { MarkedText } from "#app/shell/marked-text.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { ChannelIcon } from "#app/ui/channel-icon.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import { atMessage } from "../inbox/message-address.ts";
import { channels, statusTones } from "../tickets/ticket-words.ts";
import type { Conversations, Customers, Tickets } from "./find-everything.ts";

export function ConversationResults({ hits, base }: { hits: Conversations["hits"]; base: string }) {
  const t = useT("search");
  const format = useFormat();
  const tickets = useT("tickets");
  return (
    <Results>
      {hits.map((hit) => {
        const channel = channels.find((known) => known === hit.channelType);
        const by = hit.direction === "in" ? hit.customerName : (hit.authorName ?? t("us"));
        return (
          <Result
            key={hit.id}
            to={base + hit.id + atMessage(hit.messageId)}
            title={hit.customerName}
            beside={channel ? <ChannelIcon kind={channel} label={tickets(`channel.${channel}`)} /> : null}
            at={hit.occurredAt}
            told={format.dateTime(hit.occurredAt)}
          >
            <span className="text-faint">{hit.direction === "internal" ? t("noteBy", { name: by }) : by} : </span>
            <MarkedText text={hit.text} />
          </Result>
        );
      })}
    </Results>
  );
}

export function TicketResults({ hits, base }: { hits: Tickets["hits"]; base: string }) {
  const t = useT("search");
  const tickets = useT("tickets");
  return (
    <Results>
      {hits.map((hit) => (
        <Result
          key={hit.id}
          to={base + hit.number}
          title={
            <>
              <span className="text-faint">#{hit.number}</span> <MarkedText text={hit.subject} />
            </>
          }
          beside={<Badge tone={statusTones[hit.status]}>{tickets(`status.${hit.status}`)}</Badge>}
          at={hit.occurredAt}
        >
          {hit.customerName ? (
            <span className="text-faint">
              {hit.customerName}
              {hit.text.length > 0 ? " · " : ""}
            </span>
          ) : null}
          {hit.isNote ? (
            <span className="text-faint">{t("noteBy", { name: hit.authorName ?? t("us") })} : </span>
          ) : null}
          <MarkedText text={hit.text} />
        </Result>
      ))}
    </Results>
  );
}

export function CustomerResults({ rows, base }: { rows: Customers["rows"]; base: string }) {
  return (
    <Results>
      {rows.map(({ id, name, phone, email, city }) => (
        <Result key={id} to={base + id} title={name} told={phone ? phoneInGroups(phone) : (email ?? city)}>
          {[phone ? phoneInGroups(phone) : null, email, city].filter(Boolean).join(" · ")}
        </Result>
      ))}
    </Results>
  );
}

const Results = ({ children }: { children: ReactNode }) => {
  const t = useT("search");
  return (
    <ol aria-label={t("results")} className="divide-y divide-line">
      {children}
    </ol>
  );
};

interface ResultProps {
  to: string;
  title: ReactNode;
  beside?: ReactNode;
  at?: Date;
  /** What tells it from another of the same title, for who listens. */
  told?: string | null;
  children: ReactNode;
}

/** A row that J and K step through; all of it opens what it speaks of. */
function Result({ to, title, beside, at, told, children }: ResultProps) {
  return (
    <li data-row="" className="relative py-2.5 focus-within:bg-hover hover:bg-hover">
      <div className="flex items-center gap-2">
        <Link to={to} prefetch="intent" className="min-w-0 truncate font-medium after:absolute after:inset-0">
          {title}
          {told ? <span className="sr-only">, {told}</span> : null}
        </Link>
        {beside}
        {at ? (
          <span className="ml-auto flex-none text-xs text-faint">
            <RelativeTime at={at} style="day" />
          </span>
        ) : null}
      </div>
      <p className="line-clamp-2 text-dim [overflow-wrap:anywhere]">{children}</p>
    </li>
  );
}
