import { StatusDot } from "#app/ui/status-dot.tsx";
import { useT } from "#app/i18n/react.tsx";

import { useLiveState } from "./live.ts";

/** Beside the title of a page that renews itself. */
export function LiveDot() {
  const t = useT("shell");
  const lost = useLiveState() === "lost";
  return (
    <span className="chip">
      <StatusDot tone={lost ? "warn" : "ok"}>{t(lost ? "interrupted" : "live")}</StatusDot>
    </span>
  );
}
