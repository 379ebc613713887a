import type { ReactNode } from "react";

import { useT } from "#app/i18n/react.tsx";

import { RelativeTime } from "./relative-time.tsx";

interface HistoryProps {
  /** Of its heading. */
  id: string;
  title: string;
  /** Its lines, newest first. */
  children: ReactNode;
}

/** How something came to be as it is. */
export function History({ id, title, children }: HistoryProps) {
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <h2 id={id} className="font-semibold">
        {title}
      </h2>
      <ol>{children}</ol>
    </section>
  );
}

interface HistoryLineProps {
  what: string;
  /** From what to what. */
  change: ReactNode;
  reason: string | null;
  /** null: it needs no saying. */
  by: string | null;
  at: Date;
}

/** What was done, why, by whom and when. */
export function HistoryLine({ what, change, reason, by, at }: HistoryLineProps) {
  const t = useT("ui");
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-2 first:border-t-0">
      <span className="font-medium">{what}</span>
      {change}
      {reason ? <span className="text-dim">{t("quoted", { text: reason })}</span> : null}
      <span className="ml-auto text-xs text-faint">
        {by ? `${by} · ` : ""}
        <RelativeTime at={at} />
      </span>
    </li>
  );
}
