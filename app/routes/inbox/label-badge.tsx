import type { ListRow } from "./data.ts";

/** A label as rows and threads show it: its colour as a dot beside the word. */
export function LabelBadge({ label: { name, colour } }: { label: Pick<ListRow["labels"][number], "name" | "colour"> }) {
  return (
    <span className="inline-flex max-w-28 flex-none items-center gap-1 rounded bg-sunken px-1.5 text-2xs text-dim">
      <i className={`label-dot label-${colour}`} aria-hidden />
      <span className="truncate">{name}</span>
    </span>
  );
}
