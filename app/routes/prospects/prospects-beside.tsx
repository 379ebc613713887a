import { Link } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";

import { FollowUp } from "./follow-up.tsx";
import type { Status } from "./prospect-words.ts";
import { StatusBadge } from "./status-badge.tsx";

interface ProspectsBesideProps {
  prospects: readonly { id: string; interest: string; status: Status; nextFollowUpAt: Date | null }[];
  /** What a new one is about, as the address of the form says it. */
  about: string;
}

/** What a customer looks for, beside what else there is of them. */
export function ProspectsBeside({ prospects, about }: ProspectsBesideProps) {
  const t = useT("prospects");
  const to = useTenantPath();
  const mayWrite = useCan("prospects.write");
  return (
    <>
      {prospects.length === 0 ? <p className="text-faint">{t("noneOfCustomer")}</p> : null}
      <ul className="flex flex-col gap-2">
        {prospects.map(({ id, interest, status, nextFollowUpAt }) => (
          <li key={id} className="min-w-0">
            <Link to={to(`prospects/${id}`)} className="group flex flex-col gap-0.5">
              <span className="truncate font-medium group-hover:underline">{interest || t("unsaid")}</span>
              <span className="flex items-center justify-between gap-2 text-xs text-dim">
                <StatusBadge status={status} />
                {nextFollowUpAt ? <FollowUp at={nextFollowUpAt} status={status} /> : null}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {mayWrite ? (
        <Link to={to(`prospects/new?${about}`)} className="link self-start text-xs">
          {t("new")}
        </Link>
      ) : null}
    </>
  );
}
