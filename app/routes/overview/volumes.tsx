import { useFormat, useT } from "#app/i18n/react.tsx";

import type { Overview } from "./page.tsx";

/** Twenty-four bars; the numbers behind them are in words for everybody, by hour on hover. */
export function Volumes({ hours }: { hours: Overview["volumes"] }) {
  const t = useT("overview");
  const format = useFormat();
  const received = hours.reduce((sum, hour) => sum + hour.received, 0);
  const failed = hours.reduce((sum, hour) => sum + hour.failed, 0);
  const most = Math.max(1, ...hours.map((hour) => hour.received));
  const first = hours[0];
  const last = hours.at(-1);
  return (
    <figure>
      <p>
        <b className="text-lg font-semibold">{t("events", { count: received })}</b>
        <span className={`ml-2 ${failed > 0 ? "text-bad" : "text-dim"}`}>
          {failed > 0 ? t("failed", { count: failed }) : t("noneFailed")}
        </span>
      </p>
      <div className="mt-3 flex h-24 items-end gap-0.5 border-b border-line" aria-hidden>
        {hours.map((hour) => (
          <span
            key={hour.at.getTime()}
            title={t("hourLabel", { hour: format.time(hour.at), count: hour.received })}
            className="flex h-full flex-1 flex-col justify-end hover:bg-hover"
          >
            <span className="rounded-t-sm bg-bad" style={{ height: `${(hour.failed / most) * 100}%` }} />
            <span
              className="rounded-t-xs bg-accent"
              style={{ height: `${((hour.received - hour.failed) / most) * 100}%` }}
            />
          </span>
        ))}
      </div>
      <figcaption className="mt-1 flex justify-between text-2xs text-faint">
        <span>{first ? format.time(first.at) : ""}</span>
        <span className="truncate px-2">{t("volumesNote", { zone: format.timeZone })}</span>
        <span>{last ? format.time(last.at) : ""}</span>
      </figcaption>
    </figure>
  );
}
