import { Link } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { cx } from "#app/ui/classes.ts";

import { filterQuery, type LogFilter } from "./log-address.ts";

interface Bar {
  from: Date;
  to: Date;
  total: number;
  /** Rejected or failed, part of `total`. */
  failed: number;
  p50Ms: number | null;
  p95Ms: number | null;
}

const height = 52;
const dayMs = 86_400_000;
const narrowestMs = 900_000;

/** Events under the filter, the oldest bar first; what went wrong stands on top in red. A bar is a link into its time. */
export function VolumeChart({ bars, filter }: { bars: readonly Bar[]; filter: LogFilter }) {
  const t = useT("logs");
  const format = useFormat();
  const most = Math.max(1, ...bars.map((bar) => bar.total));
  // A single event must be seen beside a busy hour.
  const size = (count: number) => (count === 0 ? 0 : Math.max(2, (count / most) * height));
  const timeOf = ({ from, to }: Bar) =>
    to.getTime() - from.getTime() >= dayMs * 0.9 ? format.date(from) : format.dateTime(from);
  return (
    <nav aria-label={t("volume")} className="flex h-13 items-end gap-0.75 px-5 max-sm:px-4">
      {bars.map((bar) => {
        const words = [
          t("volumeBar", { time: timeOf(bar), total: bar.total, failed: bar.failed }),
          ...(bar.p95Ms === null ? [] : [t("speeds", speeds(bar, format.duration))]),
        ].join(" · ");
        const shape = (
          <>
            <span className="block rounded-t-[2px] bg-bad opacity-70" style={{ height: size(bar.failed) }} />
            <span
              className="block bg-accent opacity-55 first:rounded-t-[2px]"
              style={{ height: bar.total === 0 ? 1 : size(bar.total - bar.failed) }}
            />
          </>
        );
        const look = "flex h-full flex-1 flex-col justify-end";
        const zooms = bar.total > 0 && bar.to.getTime() - bar.from.getTime() > narrowestMs;
        return zooms ? (
          <Link
            key={bar.from.getTime()}
            to={filterQuery(filter, { from: bar.from, to: bar.to }) || "?"}
            title={words}
            aria-label={words}
            data-bar=""
            preventScrollReset
            className={cx(look, "hover:bg-hover")}
          >
            {shape}
          </Link>
        ) : (
          <span key={bar.from.getTime()} title={words} className={look}>
            {shape}
          </span>
        );
      })}
    </nav>
  );
}

/** Read from classes: near enough to see what is slow, and said so. */
export function speeds(
  { p50Ms, p95Ms }: Pick<Bar, "p50Ms" | "p95Ms">,
  duration: (ms: number) => string,
): { p50: string; p95: string } {
  return { p50: duration(p50Ms ?? 0), p95: duration(p95Ms ?? 0) };
}
