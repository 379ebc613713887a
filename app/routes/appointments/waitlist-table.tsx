import { CalendarPlus } from "lucide-react";
import { Form, Link } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { Row, Table } from "#app/ui/table.tsx";

import type { WaitlistRow } from "./data.ts";
import { useCalendarFormat } from "./use-calendar-format.ts";
import { waitlistAddress } from "./waitlist-address.ts";

/** A line for each who waits: who, for what and when, and what they were offered last. */
export function WaitlistTable({ rows, after }: { rows: readonly WaitlistRow[]; after: string | undefined }) {
  const t = useT("appointmentMessages");
  const words = useT("appointments");
  const mayWrite = useCan("appointments.write");
  return (
    <Table label={t("waitlist")}>
      <thead>
        <tr>
          <th>{words("customer")}</th>
          <th>{t("wants")}</th>
          <th>{t("offer")}</th>
          <th>{t("since")}</th>
          <th>
            <span className="sr-only">{words("status")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id}>
            <td data-wide>
              <Customer row={row} />
            </td>
            <td data-wide>
              <Wish row={row} />
            </td>
            <td data-label={t("offer")}>
              <LastOffer row={row} />
            </td>
            <td data-label={t("since")}>
              <RelativeTime at={row.createdAt} style="day" />
            </td>
            <td data-wide>
              {mayWrite && row.status === "waiting" ? <Actions row={row} after={after} /> : <Outcome row={row} />}
            </td>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function Customer({ row }: { row: WaitlistRow }) {
  const to = useTenantPath();
  const format = useFormat();
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      <Link to={to(`customers/${row.customerId}`)} className="font-medium hover:underline">
        {row.customerName}
        <span className="sr-only">, {row.customerPhone ? format.phone(row.customerPhone) : row.customerEmail}</span>
      </Link>
      <span className="text-xs text-faint">
        {row.customerPhone ? format.phone(row.customerPhone) : row.customerEmail}
      </span>
    </span>
  );
}

function Wish({ row }: { row: WaitlistRow }) {
  const t = useT("appointmentMessages");
  const format = useFormat();
  const [from, until] = [format.date(row.from), format.date(row.until)];
  const whom = row.userName ? t("withMember", { name: row.userName }) : t("anyMember");
  return (
    <>
      {row.serviceName} <span className="text-dim">{whom}</span>
      <br />
      <span className="text-xs text-dim">
        {from === until ? t("onDay", { day: from }) : t("between", { from, until })}
      </span>
    </>
  );
}

function LastOffer({ row: { offer } }: { row: WaitlistRow }) {
  const t = useT("appointmentMessages");
  const to = useTenantPath();
  const format = useFormat();
  const { dayOf } = useCalendarFormat();
  if (!offer) return <span className="text-dim">{t("nothingOffered")}</span>;
  const time = `${dayOf(offer.expiresAt)}, ${format.time(offer.expiresAt)}`;
  const why = t(`reason.${(offer.reason ?? "no_way") as "no_way"}`);
  const status = t(`offer.${offer.status}`, { time, why });
  return (
    <>
      <span className="inline-block first-letter:uppercase">{dayOf(offer.startsAt)}</span>,{" "}
      <span className="tabular-nums">{format.time(offer.startsAt)}</span>
      <br />
      {offer.conversationId ? (
        <Link to={to(`inbox/${offer.conversationId}`)} className="link text-xs">
          {status}
        </Link>
      ) : (
        <span className="text-xs text-dim">{status}</span>
      )}
    </>
  );
}

function Actions({ row, after }: { row: WaitlistRow; after: string | undefined }) {
  const t = useT("appointmentMessages");
  const format = useFormat();
  // One person may wait for several.
  const name = `${row.customerName}, ${row.serviceName}, ${format.date(row.from)}`;
  return (
    <span className="flex flex-wrap items-center justify-end gap-2 max-sm:justify-start">
      {row.offer?.status === "open" ? null : (
        <LinkButton
          to={waitlistAddress(after, { offer: row.id })}
          size="sm"
          icon={<CalendarPlus size={13} aria-hidden />}
          aria-label={t("offerTimeTo", { name })}
        >
          {t("offerTime")}
        </LinkButton>
      )}
      <Form method="post" action="?">
        <input type="hidden" name="intent" value="remove" />
        <input type="hidden" name="entryId" value={row.id} />
        <Button type="submit" size="sm" variant="quiet" aria-label={t("removeOf", { name })}>
          {t("remove")}
        </Button>
      </Form>
    </span>
  );
}

function Outcome({ row }: { row: WaitlistRow }) {
  const t = useT("appointmentMessages");
  const format = useFormat();
  const to = useTenantPath();
  return row.appointmentId ? (
    <Link to={to(`appointments/${row.appointmentId}`)} className="link">
      {t("openAppointment")}
      <span className="sr-only">
        {" "}
        ({row.customerName}, {row.serviceName}, {format.date(row.from)})
      </span>
    </Link>
  ) : (
    <span className="text-dim">{t(`entry.${row.status}`)}</span>
  );
}
