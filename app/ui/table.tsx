import type { ComponentProps, ReactNode } from "react";

import { useT } from "#app/i18n/react.tsx";

import { Checkbox } from "./checkbox.tsx";

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

interface RowLinkProps extends Omit<ComponentProps<"a">, "href"> {
  to: string;
  /** Stays where the page is, for a detail that opens beside the list. */
  preventScrollReset?: boolean;
}

/**
 * The row's one link, by its whole path; pressing anywhere on the row follows it, and the shell does so
 * without leaving the page. Other controls of the row: `className="above"`.
 */
export function RowLink({ to, preventScrollReset, children, ...rest }: RowLinkProps) {
  return (
    <a {...rest} href={to} className="row-link" data-keep-scroll={preventScrollReset ? "" : undefined}>
      {children}
    </a>
  );
}

/** The box that selects a row; `name` says which one. */
export function RowCheckbox({ name, ...rest }: { name: string } & ComponentProps<"input">) {
  const t = useT("ui");
  return <Checkbox {...rest} type="checkbox" className="above align-middle" aria-label={t("selectRow", { name })} />;
}
