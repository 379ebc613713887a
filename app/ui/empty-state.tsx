import type { ReactNode } from "react";

interface EmptyStateProps {
  icon?: ReactNode;
  title: ReactNode;
  /** What it means and what to do next. */
  children?: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center gap-2 px-6 py-16 text-center">
      {icon ? (
        <div className="mb-1 grid size-10 place-items-center rounded-full bg-active text-accent">{icon}</div>
      ) : null}
      <h2 className="text-base font-semibold">{title}</h2>
      {children ? <div className="text-balance text-dim">{children}</div> : null}
      {action ? <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
