import { Plus } from "lucide-react";

import { useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { LinkButton } from "#app/ui/link-button.tsx";

/** Leads to a new prospect; N does too. */
export function NewProspectLink() {
  const t = useT("prospects");
  const to = useTenantPath();
  if (!useCan("prospects.write")) return null;
  return (
    <LinkButton to={to("prospects/new")} variant="primary" shortcut="N" icon={<Plus size={15} aria-hidden />}>
      {t("new")}
    </LinkButton>
  );
}
