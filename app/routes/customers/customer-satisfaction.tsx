import { Link } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import { ScoreMark } from "../surveys/score-mark.tsx";
import type { Satisfaction } from "./customer.tsx";

/** How satisfied the customer said they were, the latest first. */
export function CustomerSatisfaction({ satisfaction }: { satisfaction: Satisfaction }) {
  const t = useT("customers");
  const format = useFormat();
  const to = useTenantPath();
  const { average, answered, latest } = satisfaction;
  if (average === null) return <p className="text-faint">{t("noSatisfaction")}</p>;
  return (
    <>
      <p className="text-dim">
        {t("satisfactionOf", { count: answered, average: format.number(average, { digits: 1 }) })}
      </p>
      <ul className="flex flex-col gap-2">
        {latest.map(({ id, score, comment, answeredAt, conversationId, ticketNumber }) => (
          <li key={id} className="min-w-0">
            <Link
              to={to(ticketNumber === null ? `inbox/${conversationId}` : `tickets/${ticketNumber}`)}
              className="group flex flex-col gap-0.5"
            >
              <span className="flex items-baseline gap-2">
                <ScoreMark score={score} />
                {ticketNumber === null ? null : <span className="text-faint">#{ticketNumber}</span>}
                <span className="ml-auto text-xs whitespace-nowrap text-faint group-hover:underline">
                  <RelativeTime at={answeredAt} style="day" />
                </span>
              </span>
              {comment ? <span className="text-xs text-dim">{comment}</span> : null}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
