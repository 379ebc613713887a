import { useMemo, useSyncExternalStore, type MouseEvent, type ReactNode } from "react";
import { Link, useNavigate } from "react-router";

import { useTenantPath } from "#app/shell/shell-data.ts";

import { isOneStepBack, readRemembered, rememberedText, type RememberedQueue } from "./queue-memory.ts";

/** The queue that this tab was in last, of this tenant; known once the page answers. */
function useRememberedQueue(): RememberedQueue | null {
  const to = useTenantPath();
  const base = to("tickets");
  const text = useSyncExternalStore(
    () => () => undefined,
    rememberedText,
    () => null,
  );
  const queue = useMemo(() => readRemembered(text), [text]);
  const path = queue?.address.split("?")[0];
  return path === base || path === `${base}/board` ? queue : null;
}

/** Tells a form of the ticket which queue one came from: what is next is next in there. */
export function QueueField() {
  const queue = useRememberedQueue();
  if (!queue) return null;
  return <input type="hidden" name="queue" value={queue.address.split("?")[1] ?? ""} />;
}

/** Back to the queue that one came from, scrolled as it was where one step leads there. */
export function BackToQueue({ children }: { children: ReactNode }) {
  const to = useTenantPath();
  const navigate = useNavigate();
  const queue = useRememberedQueue();
  const onClick = (event: MouseEvent) => {
    if (!queue || !isOneStepBack(queue) || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    void navigate(-1);
  };
  return (
    <Link to={queue?.address ?? to("tickets")} onClick={onClick} className="tab text-faint">
      {children}
    </Link>
  );
}
