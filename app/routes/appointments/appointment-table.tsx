import { useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Row, Table } from "#app/ui/table.tsx";

import type { AppointmentRow } from "./data.ts";
import { StatusBadge } from "./status-badge.tsx";
import { useCalendarFormat } from "./use-calendar-format.ts";

/** A line for each appointment: when, who, what for, with whom, and how it stands. */
export function AppointmentTable({ rows }: { rows: readonly AppointmentRow[] }) {
  const t = useT("appointments");
  const to = useTenantPath();
  const format = useFormat();
  const { dayOf } = useCalendarFormat();
  return (
    <Table label={t("title")}>
      <thead>
        <tr>
          <th>{t("when")}</th>
          <th>{t("customer")}</th>
          <th>{t("service")}</th>
          <th>{t("member")}</th>
          <th>{t("status")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id}>
            <td data-wide>
              <a href={to(`appointments/${row.id}`)} className="row-link">
                <span className="inline-block first-letter:uppercase">{dayOf(row.startsAt)}</span>{" "}
                <span className="tabular-nums">
                  {format.time(row.startsAt)}–{format.time(row.endsAt)}
                </span>
                {/* Several begin at the same time. */}
                <span className="sr-only">
                  , {row.customerName}, {t(`status.${row.status}`)}
                </span>
              </a>
            </td>
            <td>
              <a href={to(`customers/${row.customerId}`)} className="above text-fg hover:underline">
                {row.customerName}
              </a>
            </td>
            <td>{row.serviceName}</td>
            <td>{row.userName}</td>
            <td>
              <StatusBadge status={row.status} />
            </td>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
