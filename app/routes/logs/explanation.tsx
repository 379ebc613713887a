import { useT } from "#app/i18n/react.tsx";

import type { LogDetail } from "./log-detail.ts";

/** Why an event did not become work: in plain words, with who can change that. */
export function Explanation({ log }: { log: LogDetail }) {
  const t = useT("logs");
  if (!log.reason) return null;
  return (
    <div className="flex flex-col gap-1 text-dim">
      <p>{t(`why.${log.reason}`)}</p>
      <p>{t(`who.${log.reason}`)}</p>
    </div>
  );
}
