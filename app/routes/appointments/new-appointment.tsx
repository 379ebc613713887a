import { Plus } from "lucide-react";

import { useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { LinkButton } from "#app/ui/link-button.tsx";

/** Leads to the booking, for those who may book. */
export function NewAppointment() {
  const t = useT("appointments");
  const to = useTenantPath();
  if (!useCan("appointments.write")) return null;
  return (
    <LinkButton to={to("appointments/new")} variant="primary" shortcut="N" icon={<Plus size={15} aria-hidden />}>
      {t("new")}
    </LinkButton>
  );
}
