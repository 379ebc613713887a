import type { ReactNode } from "react";
import { Form } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useCan } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { MoveButtons } from "#app/ui/move-buttons.tsx";

interface OrderedRowProps {
  id: string;
  name: string;
  archived: boolean;
  first: boolean;
  last: boolean;
  children: ReactNode;
}

/** An entry of a list that has an order: moved, archived and restored from its line. */
export function OrderedRow({ id, name, archived, first, last, children }: OrderedRowProps) {
  const t = useT("ticketWork");
  const allowed = useCan("tickets.configure");
  return (
    <li data-row="" className="row flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line py-2">
      <div className="flex min-w-40 flex-1 flex-wrap items-center gap-x-3 gap-y-1 max-sm:basis-full">{children}</div>
      {allowed ? (
        <Form method="post" preventScrollReset className="flex items-center gap-1">
          <input type="hidden" name="id" value={id} />
          {archived ? null : (
            <MoveButtons size="sm" first={first} last={last} up={t("up", { name })} down={t("down", { name })} />
          )}
          <Button
            type="submit"
            size="sm"
            variant="quiet"
            name="intent"
            value={archived ? "restore" : "archive"}
            aria-label={t(archived ? "restoreNamed" : "archiveNamed", { name })}
          >
            {t(archived ? "restore" : "archive")}
          </Button>
        </Form>
      ) : null}
    </li>
  );
}
