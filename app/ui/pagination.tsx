import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Link, type To } from "react-router";

import { useT } from "#app/i18n/react.tsx";

import { buttonClass } from "./button.tsx";

/** Steps through a list paged by keys: only where there is something to step to. */
export function Pagination({
  previous,
  next,
  children,
}: {
  previous: To | null;
  next: To | null;
  /** Where one is: "1–50 of 1 204". */
  children?: ReactNode;
}) {
  const t = useT("ui");
  if (previous === null && next === null && !children) return null;
  return (
    <nav aria-label={t("pages")} className="flex items-center gap-2 px-5 py-3 text-dim max-sm:px-4">
      <span className="mr-auto">{children}</span>
      {previous === null ? null : (
        <Link to={previous} rel="prev" className={buttonClass({ size: "sm" })}>
          <ChevronLeft size={14} aria-hidden />
          {t("previous")}
        </Link>
      )}
      {next === null ? null : (
        <Link to={next} rel="next" className={buttonClass({ size: "sm" })}>
          {t("next")}
          <ChevronRight size={14} aria-hidden />
        </Link>
      )}
    </nav>
  );
}
