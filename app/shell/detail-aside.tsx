import type { ReactNode } from "react";
import { Link } from "react-router";

import { Avatar } from "#app/ui/avatar.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import { useTenantPath } from "./shell-data.ts";

interface DetailAsideProps {
  label: string;
  customerId: string;
  customerName: string;
  /** How they are reached, below their name. */
  contact?: string;
  children: ReactNode;
}

/** Beside what concerns one customer: who it is, and the facts and links of it. */
export function DetailAside({ label, customerId, customerName, contact, children }: DetailAsideProps) {
  const to = useTenantPath();
  return (
    <aside
      aria-label={label}
      className="flex flex-col gap-6 border-line px-5 py-4 max-lg:border-t max-sm:px-4 lg:min-h-[calc(100dvh-6rem)] lg:border-l"
    >
      <div className="flex items-center gap-3">
        <Avatar name={customerName} size="lg" />
        <div className="min-w-0">
          <p className="truncate font-semibold">
            <Link to={to(`customers/${customerId}`)} className="inline-block min-w-6 leading-6 hover:underline">
              {customerName}
            </Link>
          </p>
          {contact ? <p className="truncate text-dim">{contact}</p> : null}
        </div>
      </div>
      {children}
    </aside>
  );
}

/** When something was made, and by whom. */
export function MadeBy({ createdAt, createdByName }: { createdAt: Date; createdByName: string | null }) {
  return (
    <>
      <RelativeTime at={createdAt} />
      {createdByName ? ` · ${createdByName}` : null}
    </>
  );
}

/** Links of one kind, under their title. */
export function AsideLinks({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-1.5 border-t border-line pt-4">
      <h2 className="text-xs font-semibold text-faint">{title}</h2>
      <ul className="flex flex-col gap-1">{children}</ul>
    </section>
  );
}

/** A link to a page of the business; `after` says how what it leads to stands. */
export function AsideLink({ path, after, children }: { path: string; after?: ReactNode; children: ReactNode }) {
  const to = useTenantPath();
  return (
    <li className="flex flex-wrap items-baseline gap-x-2">
      <Link to={to(path)} className="link">
        {children}
      </Link>
      {after ? <span className="text-xs text-faint">{after}</span> : null}
    </li>
  );
}
