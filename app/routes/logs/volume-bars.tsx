import { useFormat, useT } from "#app/i18n/react.tsx";

interface VolumeBarsProps {
  /** One per hour, the oldest first. `failed`: rejected or failed, part of `total`. */
  hours: readonly { at: Date; total: number; failed: number }[];
}

const height = 52;

/** Events of the last 24 hours, an hour a bar; what went wrong stands on top in red. */
export function VolumeBars({ hours }: VolumeBarsProps) {
  const t = useT("logs");
  const format = useFormat();
  const most = Math.max(1, ...hours.map((hour) => hour.total));
  // A single event must be seen beside a busy hour.
  const size = (count: number) => (count === 0 ? 0 : Math.max(2, (count / most) * height));
  return (
    <div role="img" aria-label={t("volume")} className="flex h-13 items-end gap-0.75 px-5 max-sm:px-4">
      {hours.map((hour) => {
        const words = t("volumeHour", { hour: format.time(hour.at), total: hour.total, failed: hour.failed });
        return (
          <div key={hour.at.getTime()} title={words} className="flex h-full flex-1 flex-col justify-end">
            <div className="rounded-t-[2px] bg-bad opacity-70" style={{ height: size(hour.failed) }} />
            <div
              className="bg-accent opacity-55 first:rounded-t-[2px]"
              style={{ height: hour.total === 0 ? 1 : size(hour.total - hour.failed) }}
            />
          </div>
        );
      })}
    </div>
  );
}
