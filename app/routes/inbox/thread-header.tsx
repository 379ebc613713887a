import {
  Archive,
  ArchiveRestore,
  ArrowLeft,
  Ban,
  CalendarPlus,
  Check,
  ChevronDown,
  Ellipsis,
  MailCheck,
  MailX,
  Merge,
  MessagesSquare,
  RotateCcw,
  Target,
  TicketPlus,
  UserRound,
  UserRoundCheck,
} from "lucide-react";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { PresenceDot } from "#app/shell/presence-dot.tsx";
import { useCan, useShell, useTenantPath } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { ChannelIcon } from "#app/ui/channel-icon.tsx";
import { cx } from "#app/ui/classes.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { Menu, type MenuEntry } from "#app/ui/menu.tsx";
import { useNow } from "#app/ui/now.tsx";

import type { Colleague, Detail } from "./data.ts";
import { channelKind } from "./data.ts";
import { MergeDialog } from "./merge-dialog.tsx";
import { TicketDialog } from "./ticket-dialog.tsx";
import { LabelMenu } from "./thread-labels.tsx";
import { SnoozeMenu } from "./thread-snooze.tsx";
import { useAct } from "./use-act.ts";

/** Who, on what channel, how long a reply is possible, and what to do with the conversation. */
export function ThreadHeader({ conversation, colleagues }: { conversation: Detail; colleagues: Colleague[] }) {
  const t = useT("inbox");
  const to = useTenantPath();
  const [search] = useSearchParams();
  const replies = useCan("conversations.reply");
  const list = new URLSearchParams(search);
  list.delete("customer");
  const panel = new URLSearchParams(search);
  panel.set("customer", "1");
  const { customer, channel } = conversation;
  return (
    <div className="@container flex min-h-13 flex-none items-center gap-2 border-b border-line px-5 py-2 max-sm:px-2">
      {/* Where the page's own title gives way. */}
      <h1 className="sr-only md:hidden">{customer.name}</h1>
      <LinkButton
        to={`${to("inbox")}?${list}`}
        variant="quiet"
        className="btn-icon tap lg:hidden"
        aria-label={t("back")}
        icon={<ArrowLeft size={16} aria-hidden />}
      />
      <div className="min-w-20 flex-1">
        <h2 className="truncate font-semibold">
          <Link to={to(`customers/${customer.id}`)} className="inline-block min-w-6 leading-6">
            {customer.name}
          </Link>
        </h2>
        <p className="flex min-w-0 items-center gap-1.5 text-xs text-dim">
          <ChannelIcon kind={channelKind(channel.type)} />
          <span className="truncate">{channel.name}</span>
          {conversation.team ? <span className="truncate max-sm:hidden">· {conversation.team.name}</span> : null}
          <TimeLeft endsAt={conversation.reply.windowEndsAt} from={conversation.lastMessageAt} />
        </p>
      </div>
      {replies ? <Actions conversation={conversation} colleagues={colleagues} /> : null}
      <LinkButton
        to={to(`customers/${customer.id}/messages?via=${conversation.id}`)}
        variant="quiet"
        size="sm"
        shortcut="P"
        className="btn-icon tap max-sm:hidden"
        aria-label={t("person.open")}
        data-tip={t("person.open")}
        data-tip-side="end"
        icon={<MessagesSquare size={16} aria-hidden />}
      />
      <LinkButton
        to={`?${panel}`}
        variant="quiet"
        className="btn-icon tap xl:hidden"
        aria-label={t("showCustomer")}
        data-tip={t("showCustomer")}
        data-tip-side="end"
        icon={<UserRound size={16} aria-hidden />}
      />
    </div>
  );
}

/** `from`: the page's clock ticks slowly, and may lie before the message that opened the window. */
function TimeLeft({ endsAt, from }: { endsAt: Date | null; from: Date }) {
  const t = useT("inbox");
  const format = useFormat();
  const now = Math.max(useNow(), from.getTime());
  if (!endsAt) return null;
  const left = endsAt.getTime() - now;
  if (left <= 0) return <span className="flex-none text-bad">· {t("noTimeLeft")}</span>;
  const soon = left < 2 * 3_600_000;
  const tone = soon ? "text-warn" : "text-faint";
  return (
    <>
      <span className={cx("flex-none max-2xl:hidden", tone)}>
        · {t("timeLeft", { age: format.duration(Math.ceil(left / 60_000) * 60_000) })}
      </span>
      <span className={cx("flex-none 2xl:hidden", tone)}>
        · {t("windowLeft", { age: format.age(now + left, now) })}
      </span>
    </>
  );
}

function Actions({ conversation, colleagues }: { conversation: Detail; colleagues: Colleague[] }) {
  const t = useT("inbox");
  const together = useT("together");
  const { member } = useShell();
  const shell = useT("shell");
  const to = useTenantPath();
  const writesTickets = useCan("tickets.write");
  const [books, sells] = [useCan("appointments.write"), useCan("prospects.write")];
  const [ticket, setTicket] = useState(false);
  const [merging, setMerging] = useState(false);
  const { act, busy } = useAct(conversation.id);
  const open = conversation.status === "open" && !conversation.archived;
  const assignee = conversation.assignee;
  const assign = (assigneeId: string) => act({ intent: "assign", assigneeId });
  const { team, teams } = conversation;
  const toTeam = (teamId: string) => act({ intent: "team", teamId });
  // A business without teams is not asked about them.
  const teamEntries: MenuEntry[] =
    teams.length === 0
      ? []
      : [
          { kind: "line" },
          { kind: "label", label: together("toTeam") },
          ...teams.map(({ id, name }) => ({ label: name, checked: id === team?.id, onSelect: () => toTeam(id) })),
          { label: together("noTeam"), checked: !team, onSelect: () => toTeam("") },
        ];
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button size="sm" shortcut="A" aria-label={assignee ? t("assignee", { name: assignee.name }) : t("assign")}>
            <UserRoundCheck size={14} aria-hidden className="@xl:hidden" />
            <span className="max-w-28 truncate @max-xl:hidden">{assignee?.name ?? team?.name ?? t("assign")}</span>
            <ChevronDown size={12} aria-hidden className="@max-xl:hidden" />
          </Button>
        }
        entries={[
          { kind: "label", label: t("assignTo") },
          ...colleagues.map((colleague) => ({
            label: (
              <span className="flex items-center gap-3">
                <span className="flex-1">
                  {colleague.id === member.userId ? `${colleague.name} (${t("assignMe")})` : colleague.name}
                </span>
                <span className="text-2xs text-faint">
                  <PresenceDot presence={colleague.presence} absentUntil={colleague.absentUntil} />
                </span>
              </span>
            ),
            checked: colleague.id === assignee?.id,
            onSelect: () => assign(colleague.id),
          })),
          { kind: "line" },
          { label: t("assignNobody"), checked: !assignee, onSelect: () => assign("") },
          ...teamEntries,
        ]}
      />
      {conversation.status === "open" || conversation.status === "snoozed" ? <SnoozeMenu act={act} /> : null}
      <LabelMenu labels={conversation.labels} act={act} />
      <Menu
        align="end"
        trigger={
          <IconButton size="sm" label={t("moreActions")} icon={<Ellipsis size={16} aria-hidden />} tipSide="bottom" />
        }
        entries={[
          ...(writesTickets
            ? [{ label: t("makeTicket"), icon: <TicketPlus size={14} aria-hidden />, onSelect: () => setTicket(true) }]
            : []),
          ...(books
            ? [
                {
                  label: shell("bookAppointment"),
                  icon: <CalendarPlus size={14} aria-hidden />,
                  to: to(`appointments/new?customer=${conversation.customer.id}&conversation=${conversation.id}`),
                },
              ]
            : []),
          ...(sells
            ? [
                {
                  label: shell("noteProspect"),
                  icon: <Target size={14} aria-hidden />,
                  to: to(`prospects/new?customer=${conversation.customer.id}&conversation=${conversation.id}`),
                },
              ]
            : []),
          ...(conversation.status === "spam"
            ? []
            : [{ label: t("merge.open"), icon: <Merge size={14} aria-hidden />, onSelect: () => setMerging(true) }]),
          conversation.archived
            ? {
                label: t("unarchive"),
                icon: <ArchiveRestore size={14} aria-hidden />,
                onSelect: () => act({ intent: "archive", archived: "no" }),
              }
            : {
                label: t("archive"),
                icon: <Archive size={14} aria-hidden />,
                onSelect: () => act({ intent: "archive", archived: "yes" }),
              },
          { kind: "line" },
          conversation.status === "spam"
            ? {
                label: t("notSpam"),
                icon: <MailCheck size={14} aria-hidden />,
                onSelect: () => act({ intent: "reopen" }),
              }
            : {
                label: t("markSpam"),
                icon: <MailX size={14} aria-hidden />,
                onSelect: () => act({ intent: "spam" }),
              },
          conversation.blocked
            ? {
                label: t("unblock"),
                icon: <UserRoundCheck size={14} aria-hidden />,
                onSelect: () => act({ intent: "unblock" }),
              }
            : {
                label: t("block"),
                icon: <Ban size={14} aria-hidden />,
                danger: true,
                onSelect: () => act({ intent: "block" }),
              },
        ]}
      />
      {open ? (
        <Button
          size="sm"
          variant="primary"
          shortcut="E"
          busy={busy === "resolve"}
          icon={<Check size={14} aria-hidden />}
          onClick={() => act({ intent: "resolve" })}
        >
          <span className="@max-xl:sr-only">{t("resolve")}</span>
        </Button>
      ) : (
        <Button
          size="sm"
          shortcut="E"
          busy={busy === "reopen"}
          icon={<RotateCcw size={14} aria-hidden />}
          onClick={() => act({ intent: "reopen" })}
        >
          <span className="@max-xl:sr-only">{t("reopen")}</span>
        </Button>
      )}
      {merging ? <MergeDialog conversation={conversation} onClose={() => setMerging(false)} /> : null}
      {ticket ? <TicketDialog conversation={conversation} onClose={() => setTicket(false)} /> : null}
    </>
  );
}
