import { Wrench } from "lucide-react";

import { useT } from "#app/i18n/react.tsx";
import { cx } from "#app/ui/classes.ts";

import type { Call } from "./data.ts";
import { clock, joinTurns, readFunctionTurn } from "./data.ts";
import { useFunctionName } from "./function-name.ts";

/** What was said in a call, each speaker's words under their name, in order. Grows while it is under way. */
export function CallWords({ call, className }: { call: Call; className?: string }) {
  const t = useT("calls");
  if (call.transcript.length === 0) {
    return <p className="text-dim">{t(call.underWay ? "noWordsYet" : "noWords")}</p>;
  }
  const nameOf = {
    agent: t("speaker.agent"),
    tool: t("speaker.tool"),
    customer: call.customer?.name ?? t("speaker.customer"),
  };
  return (
    <ol
      aria-label={t("words")}
      aria-live={call.underWay ? "polite" : "off"}
      className={cx("flex flex-col gap-2", className)}
    >
      {joinTurns(call.transcript).map(({ speaker, at, texts }, index) => (
        <li key={index} className="grid grid-cols-[2.75rem_minmax(0,1fr)] gap-x-2">
          <span className="pt-px text-right font-mono text-2xs text-faint tabular-nums">
            {at === null ? null : clock(at)}
          </span>
          <div
            className={cx(
              "border-l-2 pl-2.5",
              speaker === "customer" ? "border-accent" : speaker === "agent" ? "border-control" : "border-line",
            )}
          >
            <p className="text-2xs font-semibold text-dim">{nameOf[speaker]}</p>
            {texts.map((text, line) =>
              speaker === "tool" ? (
                <FunctionTurn key={line} text={text} />
              ) : (
                <p key={line} className="break-words whitespace-pre-wrap">
                  {text}
                </p>
              ),
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** What the agent looked up or did between two sentences. */
function FunctionTurn({ text }: { text: string }) {
  const functionName = useFunctionName();
  const called = readFunctionTurn(text);
  return (
    <p className="flex items-start gap-1.5 text-xs break-words text-dim">
      <Wrench size={12} className="mt-0.5 flex-none" aria-hidden />
      <span className="min-w-0">
        {called ? [functionName(called.name), called.answer].filter(Boolean).join(" → ") : text}
      </span>
    </p>
  );
}
