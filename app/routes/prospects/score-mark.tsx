import { useT } from "#app/i18n/react.tsx";
import { cx } from "#app/ui/classes.ts";

/** A score of 0 to 100, as a number beside a bar of its length. */
export function ScoreMark({ score }: { score: number }) {
  const t = useT("prospects");
  return (
    <span
      role="img"
      aria-label={t("scoreOf", { score: String(score) })}
      className="inline-flex items-center gap-1.5 text-xs tabular-nums"
    >
      <span aria-hidden className="h-1.5 w-10 overflow-hidden rounded-full bg-active">
        <span
          className={cx("block h-full rounded-full", score >= 60 ? "bg-accent" : "bg-faint")}
          style={{ width: `${score}%` }}
        />
      </span>
      <span aria-hidden className="font-medium">
        {score}
      </span>
    </span>
  );
}
