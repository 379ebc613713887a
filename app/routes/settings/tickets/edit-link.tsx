import { Link } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useCan } from "#app/shell/shell-data.ts";

/** The name of an entry, which opens its form for those who may change it. */
export function EditLink({ id, name }: { id: string; name: string }) {
  const t = useT("ticketWork");
  if (!useCan("tickets.configure")) return name;
  return (
    <Link to={`?edit=${id}`} className="link" aria-label={t("editNamed", { name })}>
      {name}
    </Link>
  );
}
