import type { ComponentProps, ReactNode } from "react";

/** Dense rows under a header that stays; below 640 px each row becomes a card. `label` names it for readers. */
export function Table({ label, children }: { label: string; children: ReactNode }) {
  return (
    <table className="table table-stack" aria-label={label}>
      {children}
    </table>
  );
}

interface RowProps extends ComponentProps<"tr"> {
  selected?: boolean;
  /** The row whose detail is open beside the list. */
  current?: boolean;
}

/** A row that J and K step through. */
export function Row({ selected, current, ...rest }: RowProps) {
  return <tr {...rest} data-row="" data-current={current ? "" : undefined} aria-selected={selected || undefined} />;
}
