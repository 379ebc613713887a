import { CircleAlert, TriangleAlert } from "lucide-react";
import { Link } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useAlertText, type AlertFacts } from "#app/routes/settings/channels/alert-text.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { cx } from "#app/ui/classes.ts";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import { useAlertTitle } from "./alert-title.tsx";

export interface OpenAlert extends AlertFacts {
  id: string;
  channelName: string | null;
  fixPath: string;
  mailedAt: Date | null;
  mailError: string | null;
}

/** What is wrong now: what, why, since when, and the way to the fix. */
export function OpenAlerts({ alerts }: { alerts: readonly OpenAlert[] }) {
  const t = useT("alerts");
  const format = useFormat();
  const title = useAlertTitle();
  const text = useAlertText();
  const to = useTenantPath();
  return (
    <ul aria-label={t("title")} className="border-t border-line">
      {alerts.map((alert) => {
        const critical = alert.severity === "critical";
        const Icon = critical ? CircleAlert : TriangleAlert;
        return (
          <li
            key={alert.id}
            data-row=""
            className="flex items-start gap-x-3 gap-y-1 border-b border-line py-3 max-sm:flex-wrap"
          >
            <span className={cx("mt-0.5", critical ? "text-bad" : "text-warn")}>
              <Icon size={16} aria-hidden />
              <span className="sr-only">{t(alert.severity)}</span>
            </span>
            <div className="min-w-0 flex-1 max-sm:basis-[calc(100%-3rem)]">
              <p className="font-medium">{title(alert)}</p>
              <p className="max-w-[75ch] text-dim">{text(alert)}</p>
              <p className="mt-0.5 text-xs text-faint">
                {t("since", { at: format.dateTime(alert.openedAt) })} (<RelativeTime at={alert.openedAt} />)
                {alert.mailedAt ? ` · ${t("mailed", { at: format.time(alert.mailedAt) })}` : null}
                {alert.mailError && !alert.mailedAt ? ` · ${t("mailFailed", { words: alert.mailError })}` : null}
              </p>
            </div>
            <Link
              to={to(alert.fixPath)}
              className="link shrink-0 text-xs max-sm:pl-7"
              aria-label={t("lookAt", { what: title(alert) })}
            >
              {t("look")}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
