import { Check, Minus } from "lucide-react";

import { useT } from "#app/i18n/react.tsx";
import { cx } from "#app/ui/classes.ts";
import { KeyValues } from "#app/ui/key-values.tsx";

import type { ProspectDetail } from "./data.ts";
import { FollowUp } from "./follow-up.tsx";
import { ScoreMark } from "./score-mark.tsx";
import { useBudget } from "./use-budget.ts";

/** What they look for, what they said, and what the score is made of. */
export function ProspectFacts({ detail }: { detail: ProspectDetail }) {
  const t = useT("prospects");
  const budget = useBudget();
  const { interest, propertyType, place, notes, qualificationNotes } = detail;
  return (
    <>
      <section aria-labelledby="prospect-facts" className="flex flex-col gap-2">
        <h2 id="prospect-facts" className="font-semibold">
          {t("facts")}
        </h2>
        <KeyValues
          rows={[
            [t("interest"), interest],
            [t("propertyType"), propertyType],
            [t("place"), place],
            [t("budget"), budget(detail)],
            [t("nextFollowUp"), <FollowUp key="follow-up" at={detail.nextFollowUpAt} status={detail.status} />],
          ]}
        />
      </section>
      <Score detail={detail} />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Said title={t("qualificationNotes")} words={qualificationNotes} />
        <Said title={t("notes")} words={notes} own />
      </div>
    </>
  );
}

function Said({ title, words, own = false }: { title: string; words: string; own?: boolean }) {
  const t = useT("prospects");
  return (
    <section aria-label={title} className="flex flex-col gap-1.5">
      <h2 className="font-semibold">{title}</h2>
      <p
        className={cx(
          "rounded-lg px-3 py-2 whitespace-pre-wrap",
          own ? "bg-note" : "bg-sunken",
          !words && "text-faint",
        )}
      >
        {words || t("nothingSaid")}
      </p>
    </section>
  );
}

/** Given by somebody, or reckoned: then each fact that is known, and those that are not yet. */
function Score({ detail: { score, givenBy, reasons } }: { detail: ProspectDetail }) {
  const t = useT("prospects");
  return (
    <section aria-labelledby="prospect-score" className="flex flex-col gap-2">
      <h2 id="prospect-score" className="flex items-center gap-3 font-semibold">
        {t("score")} <ScoreMark score={score} />
      </h2>
      <p className="text-dim">
        {givenBy === null ? t("scoreMade") : t(givenBy === "voice_agent" ? "scoreByAgent" : "scoreByMember")}
      </p>
      {givenBy === null ? (
        <ul aria-label={t("score")} className="grid gap-x-6 gap-y-1 sm:grid-cols-2 xl:grid-cols-3">
          {reasons.map(({ fact, points, known }) => (
            <li key={fact} className={cx("flex items-center gap-2", !known && "text-faint")}>
              {known ? <Check size={14} aria-hidden className="text-ok" /> : <Minus size={14} aria-hidden />}
              <span>{t(`fact.${fact}`)}</span>
              <span className="ml-auto tabular-nums">
                {known ? t("points", { points: String(points) }) : t("unknown")}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
