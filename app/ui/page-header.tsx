import type { ReactNode } from "react";

interface PageHeaderProps {
  title: ReactNode;
  /** Beside the title: a state, a few choices. */
  beside?: ReactNode;
  actions?: ReactNode;
  /** Below: tabs or filters. */
  children?: ReactNode;
}

export function PageHeader({ title, beside, actions, children }: PageHeaderProps) {
  return (
    <header className="flex flex-col">
      <div className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-2 px-5 py-2 max-sm:px-4">
        <h1 className="truncate text-lg font-semibold tracking-[-0.01em]">{title}</h1>
        {beside}
        {actions ? <div className="ml-auto flex flex-wrap items-center justify-end gap-2">{actions}</div> : null}
      </div>
      {children}
    </header>
  );
}
