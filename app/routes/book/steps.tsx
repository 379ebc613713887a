import { useT } from "#app/i18n/react.tsx";
import { cx } from "#app/ui/classes.ts";

const steps = ["service", "time", "details"] as const;
export type Step = (typeof steps)[number];

/** How far one has come. */
export function Steps({ step }: { step: Step }) {
  const t = useT("booking");
  const at = steps.indexOf(step);
  return (
    <ol aria-label={t("steps")} className="flex flex-wrap gap-x-1.5 text-xs">
      {steps.map((one, index) => (
        <li
          key={one}
          aria-current={one === step ? "step" : undefined}
          className={cx("flex gap-1.5", index === at ? "font-semibold text-fg" : "text-faint")}
        >
          {index > 0 ? <span aria-hidden>›</span> : null}
          <span>
            {t(`step.${one}`)}
            {index < at ? <span className="sr-only"> ({t("stepDone")})</span> : null}
          </span>
        </li>
      ))}
    </ol>
  );
}
