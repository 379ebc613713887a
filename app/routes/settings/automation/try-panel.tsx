import { FlaskConical } from "lucide-react";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import type { Choices, Draft, DryRun } from "./data.ts";
import { RunSteps, RunSubject } from "./run-steps.tsx";
import { useRuleWords } from "./rule-words.ts";

interface TryPanelProps {
  draft: Draft;
  tried: DryRun | undefined;
  choices: Choices;
  /** The intent that is under way. */
  trying: string | null;
}

/** What the rule, saved or not, would have done. */
export function TryPanel({ draft, tried, choices, trying }: TryPanelProps) {
  const t = useT("automation");
  return (
    <section aria-label={t("tryIt")} className="flex flex-col gap-3 border-t border-line pt-4">
      <h2 className="text-base font-semibold">{t("tryIt")}</h2>
      <p className="max-w-[75ch] text-dim">{t(draft.event === "promise_near" ? "tryNear" : "tryBody")}</p>
      <div className="flex flex-wrap gap-2">
        {([7, 30] as const).map((days) => (
          <Button
            key={days}
            type="submit"
            name="intent"
            value={`try:${days}`}
            busy={trying === `try:${days}`}
            icon={<FlaskConical size={14} aria-hidden />}
          >
            {t("tryDays", { count: days })}
          </Button>
        ))}
      </div>
      {tried && draft.event !== "promise_near" ? <Tried draft={draft} tried={tried} choices={choices} /> : null}
    </section>
  );
}

function Tried({ draft, tried, choices }: { draft: Draft; tried: DryRun; choices: Choices }) {
  const t = useT("automation");
  const format = useFormat();
  const words = useRuleWords(choices);
  const { looked, matched, capped, failed, would } = tried;
  const since = format.date(tried.since);
  if (looked === 0) return <Banner role="status">{t("triedNothing", { since })}</Banner>;
  return (
    <div className="flex flex-col gap-3">
      <Banner tone={matched > 0 ? "ok" : "info"} role="status">
        <p className="font-medium">{matched > 0 ? t("wouldMatch", { count: matched }) : t("wouldNever")}</p>
        <p>{capped ? t("triedCapped", { count: looked, since }) : t("tried", { count: looked, since })}</p>
        <ul>
          {failed.map((count, at) => {
            const condition = draft.conditions[at];
            return count > 0 && condition ? (
              // Conditions have no name but their place.
              <li key={at}>{t("wouldFail", { condition: words.condition(condition), count })}</li>
            ) : null;
          })}
        </ul>
      </Banner>
      {would.length > 0 ? (
        <>
          <h3 className="font-medium">{t("wouldList")}</h3>
          <ol className="border-t border-line" aria-label={t("wouldList")}>
            {would.map((one) => (
              <li key={one.id} className="flex flex-col gap-1 border-b border-line py-2">
                <p className="flex flex-wrap items-baseline gap-x-2">
                  <RunSubject run={one} at={one.at} />
                  <span className="text-xs text-faint">
                    <RelativeTime at={one.at} />
                  </span>
                </p>
                <RunSteps steps={one.steps} choices={choices} />
              </li>
            ))}
          </ol>
          {matched > would.length ? (
            <p className="text-xs text-faint">{t("wouldMore", { count: would.length })}</p>
          ) : null}
        </>
      ) : null}
    </div>
  );
}
