import type { ReactNode } from "react";
import { Form } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useCan } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";

/** An entry of a list by name, removed from its line. */
export function NamedRow({ id, name, children }: { id: string; name: string; children: ReactNode }) {
  const t = useT("ticketWork");
  const allowed = useCan("tickets.configure");
  return (
    <li data-row="" className="row flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line py-2">
      <div className="flex min-w-40 flex-1 flex-wrap items-center gap-x-3 gap-y-1">{children}</div>
      {allowed ? (
        <Form method="post" preventScrollReset>
          <input type="hidden" name="id" value={id} />
          <Button
            type="submit"
            name="intent"
            value="remove"
            size="sm"
            variant="quiet"
            aria-label={t("removeNamed", { name })}
          >
            {t("remove")}
          </Button>
        </Form>
      ) : null}
    </li>
  );
}
