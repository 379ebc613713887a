import { useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { useNow } from "#app/ui/now.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import { activities as known } from "../customers/customer-words.ts";
import type { Overview } from "./page.tsx";

export function RecentActivity({ activities }: { activities: Overview["activities"] }) {
  const t = useT("overview");
  const words = useT("customers");
  const format = useFormat();
  const now = useNow();
  const to = useTenantPath();
  if (activities.length === 0) return <p className="text-dim">{t("noActivity")}</p>;
  return (
    <ul className="flex flex-col gap-1">
      {activities.map((activity) => {
        const type = known.find((name) => name === activity.type) ?? "other";
        const path = activity.number
          ? `tickets/${activity.number}`
          : activity.conversationId
            ? `inbox/${activity.conversationId}`
            : `customers/${activity.customerId}`;
        return (
          <li key={activity.id} className="row -mx-2 flex items-center gap-3 rounded-lg px-2 py-1.5 hover:bg-hover">
            <Avatar name={activity.customerName} />
            <span className="min-w-0 flex-1 truncate">
              <a
                href={to(path)}
                aria-label={[
                  activity.customerName,
                  words(`activity.${type}`),
                  activity.number ? `#${activity.number}` : activity.description,
                  format.relative(activity.occurredAt, now),
                ]
                  .filter(Boolean)
                  .join(", ")}
                className="row-link"
              >
                {activity.customerName}
              </a>{" "}
              <span className="text-dim">
                {words(`activity.${type}`)}
                {activity.amountCents === null
                  ? ""
                  : ` · ${format.money(activity.amountCents, activity.currency ?? "EUR")}`}
                {activity.description ? ` · ${activity.description}` : ""}
              </span>
            </span>
            <span className="text-xs whitespace-nowrap text-faint">
              <RelativeTime at={activity.occurredAt} style="age" />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
