import { Check, CircleSlash } from "lucide-react";
import { Link } from "react-router";

import { useErrorText, useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";

import type { Choices, Step } from "./data.ts";
import { useRuleWords } from "./rule-words.ts";

interface Subject {
  ticketNumber: number | null;
  conversationId: string | null;
  customerName: string | null;
}

/** Which ticket or conversation it is about, and whose; who listens is also told when, for a customer may have several. */
export function RunSubject({ run, at }: { run: Subject; at: Date }) {
  const { ticketNumber, conversationId, customerName } = run;
  const t = useT("automation");
  const format = useFormat();
  const when = `${format.date(at)} ${format.preciseTime(at)}`;
  const to = useTenantPath();
  const path = ticketNumber ? `tickets/${ticketNumber}` : conversationId ? `inbox/${conversationId}` : null;
  const what = ticketNumber
    ? t("ticket", { number: String(ticketNumber) })
    : t(conversationId ? "conversation" : "gone");
  return (
    <>
      {path ? (
        <Link to={to(path)} className="link">
          {what}
          {ticketNumber ? null : (
            <span className="sr-only">{` ${t("conversationOf", { name: customerName ?? "", when })}`}</span>
          )}
        </Link>
      ) : (
        <span>{what}</span>
      )}
      {customerName ? <span className="text-dim">{customerName}</span> : null}
    </>
  );
}

/** What was done, and what was left out and why. */
export function RunSteps({ steps, choices }: { steps: readonly Step[]; choices: Choices }) {
  const t = useT("automation");
  const errorText = useErrorText();
  const words = useRuleWords(choices);
  return (
    <ul className="flex flex-col gap-0.5 text-dim">
      {steps.map((step, at) => (
        // Steps have no name but their place.
        <li key={at} className="flex items-start gap-1.5">
          {step.skipped ? (
            <CircleSlash size={14} aria-hidden className="mt-0.5 flex-none text-faint" />
          ) : (
            <Check size={14} aria-hidden className="mt-0.5 flex-none text-ok" />
          )}
          <span>
            {step.skipped
              ? `${t(`do.${step.do}`)} : ${words.why(step.skipped) ?? errorText(step.skipped, "conflict")}`
              : words.step(step)}
          </span>
        </li>
      ))}
    </ul>
  );
}
