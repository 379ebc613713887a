import { Eye, PencilLine } from "lucide-react";

import { useT } from "#app/i18n/react.tsx";
import { cx } from "#app/ui/classes.ts";

import { useViewers, viewersAt, type Viewer } from "./viewers.ts";

interface ViewerLineProps {
  /** A conversation, a ticket, or both. */
  ids: readonly (string | null | undefined)[];
  className?: string;
}

/** Which colleagues look at this, and who of them writes. Nothing while nobody does. */
export function ViewerLine({ ids, className }: ViewerLineProps) {
  const known = useViewers();
  const viewers = viewersAt(known, ids);
  const words = useViewerWords();
  const typing = viewers.some((viewer) => viewer.typing);
  return (
    <p
      role="status"
      className={cx("flex items-center gap-1.5 text-xs", typing ? "text-accent" : "text-dim", className)}
    >
      {viewers.length > 0 ? (
        <>
          {typing ? <PencilLine size={13} aria-hidden /> : <Eye size={13} aria-hidden />}
          {words(viewers)}
        </>
      ) : null}
    </p>
  );
}

/** The same on the row of a list: a sign, and its words for readers and on pointing. */
export function ViewerMark({ viewers }: { viewers: readonly Viewer[] | undefined }) {
  const words = useViewerWords();
  if (!viewers || viewers.length === 0) return null;
  const text = words(viewers);
  const typing = viewers.some((viewer) => viewer.typing);
  return (
    <span className={cx("inline-flex flex-none", typing ? "text-accent" : "text-dim")} title={text}>
      {typing ? <PencilLine size={13} aria-hidden /> : <Eye size={13} aria-hidden />}
      <span className="sr-only">{text}</span>
    </span>
  );
}

function useViewerWords(): (viewers: readonly Viewer[]) => string {
  const t = useT("together");
  return (viewers) => {
    const typing = viewers.filter((viewer) => viewer.typing);
    const meant = typing.length > 0 ? typing : viewers;
    const names = meant.map(({ name }) => name.split(" ", 1)[0]).join(", ");
    return t(typing.length > 0 ? "writing" : "looking", { names, count: meant.length });
  };
}
