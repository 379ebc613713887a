import { CircleCheck, WifiOff } from "lucide-react";
import { useEffect, useState } from "react";

import { useT } from "#app/i18n/react.tsx";

import { useLiveState, type LiveState } from "./live.ts";

/** Says when news stops arriving, and when it is back; silent about a hiccup of two seconds. */
export function LiveBanner() {
  const t = useT("shell");
  const shown = useNotice(useLiveState());
  return (
    <div role="status" data-screen-only className="fixed top-2 left-1/2 z-40 -translate-x-1/2">
      {shown ? (
        <p
          className={`flex items-center gap-2 rounded-full border border-line px-3 py-1.5 shadow-lg ${shown === "lost" ? "bg-warn-soft text-warn" : "bg-ok-soft text-ok"}`}
        >
          {shown === "lost" ? <WifiOff size={14} aria-hidden /> : <CircleCheck size={14} aria-hidden />}
          {t(shown === "lost" ? "offline" : "online")}
        </p>
      ) : null}
    </div>
  );
}

function useNotice(state: LiveState): "lost" | "back" | null {
  const [shown, setShown] = useState<"lost" | "back" | null>(null);
  useEffect(() => {
    const next = state === "lost" ? "lost" : shown === "lost" ? "back" : null;
    if (next === shown) return;
    const timer = setTimeout(() => setShown(next), next === "back" ? 0 : next === "lost" ? 2000 : 3000);
    return () => clearTimeout(timer);
  }, [state, shown]);
  return shown;
}
