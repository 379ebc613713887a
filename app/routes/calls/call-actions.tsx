import { useFormat } from "#app/i18n/react.tsx";

import type { Call } from "./data.ts";
import { useFunctionName } from "./function-name.ts";

/** What the voice agent had us do during a call, and what it was told. */
export function CallActions({ actions }: { actions: Call["actions"] }) {
  const functionName = useFunctionName();
  const format = useFormat();
  if (actions.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1.5">
      {actions.map(({ name, at, result, error }, index) => (
        <li key={index} className="rounded-lg border border-line px-3 py-1.5">
          <p className="flex justify-between gap-3">
            <span className="font-medium">{functionName(name)}</span>
            <time dateTime={at.toISOString()} className="text-xs text-faint tabular-nums">
              {format.time(at)}
            </time>
          </p>
          <p className={error === null ? "text-dim" : "text-bad"}>{error ?? result}</p>
        </li>
      ))}
    </ul>
  );
}
