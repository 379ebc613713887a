import { Link } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { Badge } from "#app/ui/badge.tsx";

import { statusIcons, statusTones } from "./appointment-words.ts";

interface AppointmentsBesideProps {
  appointments: readonly {
    id: string;
    startsAt: Date;
    endsAt: Date;
    status: "confirmed" | "cancelled" | "completed" | "no_show";
    serviceName: string;
    memberName: string;
  }[];
  /** Whom a new one is for, and what it is about, as the booking page reads it; null: nobody is known. */
  booking: string | null;
}

/** The next and the last appointments of somebody, and the way to a new one. Its words come with the inbox, where it stands too. */
export function AppointmentsBeside({ appointments, booking }: AppointmentsBesideProps) {
  const [t, shell] = [useT("customers"), useT("shell")];
  const to = useTenantPath();
  const format = useFormat();
  const mayBook = useCan("appointments.write");
  return (
    <>
      {appointments.length === 0 ? <p className="text-faint">{t("noAppointments")}</p> : null}
      <ul aria-label={t("appointments")} className="flex flex-col gap-2 empty:hidden">
        {appointments.map(({ id, startsAt, status, serviceName, memberName }) => (
          <li key={id} className="flex min-w-0 items-start justify-between gap-2">
            <span className="min-w-0">
              <Link to={to(`appointments/${id}`)} className="block font-medium hover:underline">
                <time dateTime={startsAt.toISOString()}>{format.dateTime(startsAt)}</time>
              </Link>
              <span className="block truncate text-xs text-dim">
                {serviceName} · {memberName}
              </span>
            </span>
            <AppointmentStatus status={status} />
          </li>
        ))}
      </ul>
      {mayBook && booking !== null ? (
        <Link to={to(`appointments/new?${booking}`)} className="link self-start text-xs">
          {shell("bookAppointment")}
        </Link>
      ) : null}
    </>
  );
}

function AppointmentStatus({ status }: Pick<AppointmentsBesideProps["appointments"][number], "status">) {
  const t = useT("customers");
  const Icon = statusIcons[status];
  return (
    <Badge tone={statusTones[status]} icon={<Icon size={12} aria-hidden />}>
      {t(`appointment.${status}`)}
    </Badge>
  );
}
