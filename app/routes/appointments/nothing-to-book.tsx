import { CalendarClock } from "lucide-react";

import { useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

/** No service is offered yet: who can change that, and where. */
export function NothingToBook() {
  const t = useT("appointments");
  const to = useTenantPath();
  const mayConfigure = useCan("appointments.configure");
  return (
    <EmptyState
      icon={<CalendarClock size={18} aria-hidden />}
      title={t("noService")}
      action={
        mayConfigure ? (
          <LinkButton to={to("settings/services?new")} variant="primary">
            {t("newService")}
          </LinkButton>
        ) : null
      }
    >
      {mayConfigure ? t("noServiceBody") : t("noServiceAsk")}
    </EmptyState>
  );
}
