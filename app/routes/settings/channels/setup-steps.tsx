import { Check } from "lucide-react";
import { Link } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { cx } from "#app/ui/classes.ts";

export const steps = ["choose", "credentials", "webhook", "test", "routing"] as const;
export type Step = (typeof steps)[number];

/** The steps of a provider: where nothing is posted to us there is no address to copy. */
export function stepsOf(form: { addresses: readonly unknown[] }): readonly Step[] {
  return form.addresses.length > 0 ? steps : steps.filter((step) => step !== "webhook");
}

interface SetupStepsProps {
  /** Those that this provider needs. */
  steps: readonly Step[];
  now: Step;
  /** How far the set-up has come: earlier steps can be opened again. */
  reached: Step;
}

/** The steps of guided set-up, numbered, with where one stands. */
export function SetupSteps({ steps, now, reached }: SetupStepsProps) {
  const t = useT("channels");
  const far = steps.indexOf(reached);
  return (
    <nav aria-label={t("steps")} className="mt-4">
      <ol className="grid auto-cols-fr grid-flow-col gap-1.5 sm:gap-2">
        {steps.map((step, index) => {
          const current = step === now;
          const state = current ? t("stepNow") : index < far ? t("stepDone") : t("stepLater");
          const mark = index < far && !current ? <Check size={12} aria-hidden /> : index + 1;
          const content = (
            <>
              <span className={cx("h-1 rounded-full", index <= far ? "bg-accent" : "bg-line")} />
              <span className="mt-1.5 flex items-center gap-1.5 max-sm:justify-center">
                <span
                  className={cx(
                    "grid size-4.5 shrink-0 place-items-center rounded-full text-2xs font-semibold",
                    current ? "bg-accent text-on-accent" : "bg-neutral-soft text-dim",
                  )}
                >
                  {mark}
                </span>
                <span className={cx("truncate max-sm:sr-only", current ? "font-semibold" : "text-dim")}>
                  {t(`step.${step}`)}
                </span>
                <span className="sr-only">{state}</span>
              </span>
            </>
          );
          const open = step !== "choose" && index <= far && !current;
          return (
            <li key={step} aria-current={current ? "step" : undefined}>
              {open ? (
                <Link to={`?step=${step}`} className="flex flex-col" preventScrollReset>
                  {content}
                </Link>
              ) : (
                <span className="flex flex-col">{content}</span>
              )}
            </li>
          );
        })}
      </ol>
      <p className="mt-2 font-semibold sm:hidden">{t(`step.${now}`)}</p>
    </nav>
  );
}
