import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Link, type To } from "react-router";

import { useT } from "#app/i18n/react.tsx";

/** A filter that is on; its cross is a link to the same page without it. */
export function Chip({ children, name, removeTo }: { children: ReactNode; name: string; removeTo: To }) {
  const t = useT("ui");
  return (
    <span className="chip chip-on">
      {children}
      <Link
        to={removeTo}
        preventScrollReset
        className="tap -mr-1.5 grid size-4.5 place-items-center rounded-full"
        aria-label={t("removeFilter", { name })}
      >
        <X size={12} aria-hidden />
      </Link>
    </span>
  );
}

/** A choice among few, as a link that keeps its place in the page. */
export function ChipLink({ to, on, children }: { to: To; on?: boolean; children: ReactNode }) {
  return (
    <Link to={to} preventScrollReset className={on ? "chip chip-on" : "chip"} aria-current={on ? "true" : undefined}>
      {children}
    </Link>
  );
}
