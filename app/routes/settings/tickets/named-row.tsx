import type { ReactNode } from "react";
import { Form } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useCan } from "#app/shell/shell-data.ts";
import { ListRow } from "#app/ui/list-row.tsx";
import { RowAction } from "#app/ui/row-action.tsx";

import { EditLink } from "./edit-link.tsx";

/** An entry of a list by name, changed in a form of its own and removed from its line. */
export function NamedRow({ id, name, children }: { id: string; name: string; children: ReactNode }) {
  const t = useT("ticketWork");
  const allowed = useCan("tickets.configure");
  return (
    <ListRow
      actions={
        allowed ? (
          <Form method="post" preventScrollReset>
            <input type="hidden" name="id" value={id} />
            <RowAction intent="remove" variant="quiet" label={t("removeNamed", { name })}>
              {t("remove")}
            </RowAction>
          </Form>
        ) : null
      }
    >
      <EditLink id={id} name={name} />
      <span className="text-xs text-faint">{children}</span>
    </ListRow>
  );
}
