import { useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { cx } from "#app/ui/classes.ts";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { Row, Table } from "#app/ui/table.tsx";

import type { ProspectRow } from "./data.ts";
import { FollowUp } from "./follow-up.tsx";
import { ScoreMark } from "./score-mark.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { useBudget } from "./use-budget.ts";

/** What says that there is nothing takes no room on a phone. */
const onDesk = "max-sm:hidden";

/** A line for each prospect: who, what they look for and for how much, how it stands, and when to speak with them. */
export function ProspectTable({ rows }: { rows: readonly ProspectRow[] }) {
  const t = useT("prospects");
  const to = useTenantPath();
  const budget = useBudget();
  return (
    <Table label={t("title")}>
      <thead>
        <tr>
          <th>{t("customer")}</th>
          <th>{t("what")}</th>
          <th>{t("status")}</th>
          <th>{t("score")}</th>
          <th>{t("budget")}</th>
          <th>{t("followUp")}</th>
          <th>{t("owner")}</th>
          <th>{t("came")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id}>
            <td data-wide>
              <a href={to(`prospects/${row.id}`)} className="row-link">
                {row.customerName}
                {row.interest ? <span className="sr-only">, {row.interest}</span> : null}
              </a>
            </td>
            <td className="max-w-70 truncate">
              {[row.interest || t("unsaid"), row.propertyType, row.place].filter(Boolean).join(" · ")}
            </td>
            <td>
              <StatusBadge status={row.status} />
            </td>
            <td>
              <ScoreMark score={row.score} />
            </td>
            <td className={cx("whitespace-nowrap tabular-nums", !budget(row) && onDesk)}>
              {budget(row) ?? <span className="text-faint">–</span>}
            </td>
            <td className={row.nextFollowUpAt ? undefined : onDesk}>
              <FollowUp at={row.nextFollowUpAt} status={row.status} />
            </td>
            <td className={row.ownerName ? undefined : onDesk}>
              {row.ownerName ?? <span className="text-faint">{t("nobody")}</span>}
            </td>
            <td className="whitespace-nowrap text-faint">
              <RelativeTime at={row.createdAt} style="day" />
            </td>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
