import { useFormat, useT } from "#app/i18n/react.tsx";
import { Badge } from "#app/ui/badge.tsx";

import { statuses, type Status } from "./log-address.ts";
import type { LogDetail } from "./log-detail.ts";
import { statusTones } from "./log-words.ts";

/** Every attempt, replays included, with its time, length and error. */
export function EventAttempts({ log }: { log: LogDetail }) {
  const t = useT("logs");
  const format = useFormat();
  if (log.attemptLog.length === 0) return null;
  return (
    <section>
      <h3 className="mb-1.5 font-semibold">{t("attempts")}</h3>
      <ol className="divide-y divide-line rounded-lg border border-line">
        {log.attemptLog.map((attempt, index) => {
          const status = statuses.find((one) => one === attempt.outcome);
          return (
            <li key={`${attempt.at} ${index}`} className="px-3 py-1.5">
              <div className="flex flex-wrap items-center gap-x-3">
                <span className="text-faint">{t("attempt", { n: index + 1 })}</span>
                {status ? (
                  <Badge tone={statusTones[status]}>{t(`status.${status satisfies Status}`)}</Badge>
                ) : (
                  <span>
                    {attempt.outcome === "replayed" ||
                    attempt.outcome === "unchanged" ||
                    attempt.outcome === "unanswered"
                      ? t(`outcome.${attempt.outcome}`)
                      : attempt.outcome}
                  </span>
                )}
                {attempt.by ? <span className="text-dim">{t("by", { name: attempt.by })}</span> : null}
                <span className="ml-auto text-dim">
                  {format.preciseTime(attempt.at)}
                  {status ? ` · ${format.duration(attempt.ms)}` : ""}
                </span>
              </div>
              {attempt.error ? <p className="mt-1 font-mono text-xs break-words text-bad">{attempt.error}</p> : null}
            </li>
          );
        })}
        {log.nextAttemptAt ? (
          <li className="flex justify-between px-3 py-1.5 text-dim">
            {t("nextAttempt")}
            <span>{format.preciseTime(log.nextAttemptAt)}</span>
          </li>
        ) : null}
      </ol>
    </section>
  );
}
