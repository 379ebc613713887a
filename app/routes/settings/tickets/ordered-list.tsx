import type { ReactNode } from "react";
import { Form } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useCan } from "#app/shell/shell-data.ts";
import { ListRow } from "#app/ui/list-row.tsx";
import { MoveButtons } from "#app/ui/move-buttons.tsx";
import { RowAction } from "#app/ui/row-action.tsx";

interface Entry {
  id: string;
  name: string;
  archivedAt: Date | null;
}
interface OrderedListProps<T extends Entry> {
  label: string;
  entries: readonly T[];
  /** Stands in the place of a list without entries. */
  empty: ReactNode;
  /** What a line says of its entry. */
  children: (entry: T) => ReactNode;
}

/** A list that has an order, and below it what was archived of it: moved, archived and restored from their lines. */
export function OrderedList<T extends Entry>({ label, entries, empty, children }: OrderedListProps<T>) {
  const t = useT("ticketWork");
  const kept = entries.filter(({ archivedAt }) => !archivedAt);
  const archived = entries.filter(({ archivedAt }) => archivedAt);
  return (
    <>
      {kept.length === 0 ? (
        empty
      ) : (
        <ul aria-label={label} className="border-t border-line">
          {kept.map((entry, index) => (
            <OrderedRow key={entry.id} entry={entry} first={index === 0} last={index === kept.length - 1}>
              {children(entry)}
            </OrderedRow>
          ))}
        </ul>
      )}
      {archived.length > 0 ? (
        <section aria-label={t("archivedOnes")} className="flex flex-col gap-2">
          <h2 className="font-semibold">{t("archivedOnes")}</h2>
          <ul className="border-t border-line">
            {archived.map((entry) => (
              <OrderedRow key={entry.id} entry={entry} first last>
                {children(entry)}
              </OrderedRow>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}

interface OrderedRowProps {
  entry: Entry;
  first: boolean;
  last: boolean;
  children: ReactNode;
}

function OrderedRow({ entry: { id, name, archivedAt }, first, last, children }: OrderedRowProps) {
  const t = useT("ticketWork");
  const allowed = useCan("tickets.configure");
  return (
    <ListRow
      wide
      actions={
        allowed ? (
          <Form method="post" preventScrollReset className="flex items-center gap-1">
            <input type="hidden" name="id" value={id} />
            {archivedAt ? (
              <RowAction intent="restore" variant="quiet" label={t("restoreNamed", { name })}>
                {t("restore")}
              </RowAction>
            ) : (
              <>
                <MoveButtons size="sm" first={first} last={last} up={t("up", { name })} down={t("down", { name })} />
                <RowAction intent="archive" variant="quiet" label={t("archiveNamed", { name })}>
                  {t("archive")}
                </RowAction>
              </>
            )}
          </Form>
        ) : null
      }
    >
      {children}
    </ListRow>
  );
}
