import { AlarmClockOff, CircleCheck, CircleMinus, Clock, Pause, TriangleAlert, type LucideIcon } from "lucide-react";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useShell } from "#app/shell/shell-data.ts";
import { cx } from "#app/ui/classes.ts";
import { useNow } from "#app/ui/now.tsx";

import type { TicketDetail } from "./ticket-aside.tsx";

const targets = ["first_response", "next_response", "resolution"] as const;
type Target = (typeof targets)[number];
type Ticket = TicketDetail["ticket"];
type Clock = NonNullable<NonNullable<Ticket["slaClocks"]>[Target]>;

/** What is promised of the ticket: each promise due, kept, missed or resting, by words and a drawing. */
export function Deadlines({ ticket, policy }: { ticket: Ticket; policy: string | null }) {
  const t = useT("tickets");
  const { tenant } = useShell();
  const shown = targets.flatMap((target) => {
    const clock = ticket.slaClocks?.[target];
    return clock && clock.target !== null ? [{ target, clock }] : [];
  });
  if (shown.length === 0) return null;
  return (
    <section aria-label={t("sla.title")} className="flex flex-col gap-2 border-t border-line pt-4">
      <h2 className="text-xs font-semibold text-faint">{t("sla.title")}</h2>
      <ul className="flex flex-col gap-2">
        {shown.map(({ target, clock }) => (
          <li key={target} className="flex items-start gap-2">
            <OnePromise ticket={ticket} target={target} clock={clock} />
          </li>
        ))}
      </ul>
      <p className="text-xs text-faint">
        {policy ? `${t("sla.policy", { name: policy })}. ` : ""}
        {t("sla.zone", { zone: tenant.timezone })}
      </p>
    </section>
  );
}

function OnePromise({ ticket, target, clock }: { ticket: Ticket; target: Target; clock: Clock }) {
  const t = useT("tickets");
  const { Icon, tone, words, at } = useStanding(ticket, target, clock);
  return (
    <>
      <Icon size={15} aria-hidden className={cx("mt-0.5 flex-none", tone)} />
      <div>
        <p className="font-medium">{t(`sla.${target}`)}</p>
        <p className={cx("text-xs", tone)}>{at ? <time dateTime={at.toISOString()}>{words}</time> : words}</p>
      </div>
    </>
  );
}

interface Standing {
  Icon: LucideIcon;
  tone: string;
  words: string;
  at: Date | null;
}

function useStanding(ticket: Ticket, target: Target, { met, used, target: minutes }: Clock): Standing {
  const t = useT("tickets");
  const format = useFormat();
  const now = useNow();
  const left = (minutes ?? 0) * 60_000 - used;
  const due = {
    first_response: ticket.firstResponseDueAt,
    next_response: ticket.nextResponseDueAt,
    resolution: ticket.resolutionDueAt,
  }[target];
  const moment = (at: number) => {
    const [day, time] = [format.day(at, now), format.time(at)];
    return day === time ? time : `${day} ${time}`;
  };
  if (met !== null) {
    const words = { when: moment(met) };
    return left >= 0
      ? { Icon: CircleCheck, tone: "text-ok", words: t("sla.met", words), at: new Date(met) }
      : { Icon: TriangleAlert, tone: "text-bad", words: t("sla.metLate", words), at: new Date(met) };
  }
  if (due && due.getTime() <= now) {
    const words = t("sla.missed", { time: format.age(due, now) });
    return { Icon: TriangleAlert, tone: "text-bad font-medium", words: `${words} (${moment(due.getTime())})`, at: due };
  }
  if (due) {
    const words = `${t("sla.due", { when: moment(due.getTime()) })} · ${t("sla.left", { time: format.age(due, now) })}`;
    return { Icon: Clock, tone: due.getTime() - now < 3_600_000 ? "text-warn" : "text-dim", words, at: due };
  }
  if (ticket.status !== "waiting_customer") {
    return { Icon: CircleMinus, tone: "text-faint", words: t("sla.over"), at: null };
  }
  return left > 0
    ? { Icon: Pause, tone: "text-dim", words: t("sla.pausedLeft", { time: format.duration(left) }), at: null }
    : { Icon: AlarmClockOff, tone: "text-bad", words: t("sla.pausedLate"), at: null };
}
