import { useT } from "#app/i18n/react.tsx";

import type { Choices, Rule } from "./data.ts";
import { useRuleWords } from "./rule-words.ts";

/** A rule as one would say it: when, if, then. */
export function RuleSentence({ rule, choices }: { rule: Rule; choices: Choices }) {
  const t = useT("automation");
  const words = useRuleWords(choices);
  const joined = rule.conditions.map(words.condition).join(` ${t(rule.match === "all" ? "and" : "or")} `);
  return (
    <dl className="grid grid-cols-[max-content_1fr] gap-x-2 gap-y-0.5 text-dim">
      <dt className="text-faint">{t("when")}</dt>
      <dd>{words.event(rule)}</dd>
      <dt className="text-faint">{t("whether")}</dt>
      <dd>{joined || t("always")}</dd>
      <dt className="text-faint">{t("thereupon")}</dt>
      <dd>{rule.actions.map(words.action).join(", ")}</dd>
    </dl>
  );
}
