import { History } from "lucide-react";

import { useLocation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

/** An event whose day is kept no longer: said, instead of a page that was never there. */
export function RemovedEvent({ days }: { days: number }) {
  const t = useT("logs");
  const to = useTenantPath();
  const { search } = useLocation();
  return (
    <EmptyState
      icon={<History size={18} aria-hidden />}
      title={t("removedTitle")}
      action={
        <>
          <LinkButton to={to(`logs${search}`)} preventScrollReset>
            {t("close")}
          </LinkButton>
          <LinkButton to={to("logs/retention")} variant="quiet">
            {t("retention")}
          </LinkButton>
        </>
      }
    >
      {t("removedBody", { count: days })}
    </EmptyState>
  );
}
