import { lowestId } from "#db/keyset.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { alterTickets } from "./alter-tickets.ts";
import type { BulkNames } from "./bulk-names.ts";
import { readBulkNames } from "./bulk-names.ts";
import type { Running, Stretch } from "./bulk-stretch.ts";
import { bulkStepSize, markOf } from "./bulk-stretch.ts";
import { bulkActions, isThere } from "./bulk-actions.ts";
import { lackingFields, requiredFields } from "./require-fields.ts";
import { bulkChange } from "./schemas.ts";
import type { Alteration, Ticket } from "./ticket-changes.ts";
import { revived } from "./write-alterations.ts";

interface Item {
  id: string;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

/** Gives the next tickets back what they were, unless somebody changed the same since; what is undone is kept no longer. */
export async function undoStretch(ctx: Ctx, tx: TenantTx, bulk: Running): Promise<Stretch> {
  const items = await nextItems(tx, bulk);
  const byTicket = new Map(items.map((item) => [item.id, item]));
  const [required, names] = await Promise.all([requiredFields(tx), readBulkNames(tx, bulkChange.parse(bulk.change))]);
  const altered = await alterTickets(ctx, [...byTicket.keys()], (ticket) => {
    const item = byTicket.get(ticket.id);
    if (!item || !isAsLeft(ticket, item)) return null;
    const alteration = givenBack(ticket, item, names, markOf(bulk));
    return lackingFields(required, { ticket, alteration }).length > 0 ? null : alteration;
  });
  await tx.raw.unsafe(
    "delete from ticket_bulk_items where tenant_id = $1 and bulk_change_id = $2::uuid and ticket_id = any($3::uuid[])",
    [tx.tenantId, bulk.undoes, [...byTicket.keys()]] as never[],
    { prepare: true },
  );
  return {
    cursor: items.at(-1)?.id ?? null,
    changed: altered.length,
    unchanged: items.length - altered.length,
    isLast: items.length < bulkStepSize,
  };
}

function nextItems(tx: TenantTx, bulk: Running): Promise<Item[]> {
  return tx.raw.unsafe<Item[]>(
    `select item.ticket_id as id, item.before, item.after from ticket_bulk_items item
      where item.tenant_id = $1 and item.bulk_change_id = $2::uuid
        and item.ticket_id > $3::uuid
        and exists (select from tickets t where t.tenant_id = $1 and t.id = item.ticket_id)
      order by item.ticket_id limit ${bulkStepSize}`,
    [tx.tenantId, bulk.undoes, bulk.cursor ?? lowestId] as never[],
    { prepare: true },
  );
}

/** Every column that the change wrote still says what it wrote. */
function isAsLeft(ticket: Ticket, { after }: Item): boolean {
  return Object.entries(after).every(
    ([field, value]) => JSON.stringify(ticket[field as keyof Ticket]) === JSON.stringify(value),
  );
}

/** What was there before; what it pointed to and is gone since stays away. */
function givenBack(ticket: Ticket, item: Item, names: BulkNames, mark: Record<string, unknown>): Alteration {
  const actions = Object.values(bulkActions).filter(({ field }) => field in item.before);
  const gone = actions.filter((action) => !isThere(action, item.before[action.field], names));
  const before = { ...item.before, ...Object.fromEntries(gone.map(({ field }) => [field, null])) };
  const set = Object.fromEntries(Object.entries(before).map(([field, value]) => [field, revived(field, value)]));
  const events = actions.map(({ field, event, line }) => {
    const [from, to] = [ticket[field], before[field]];
    return { type: event, data: { ...(line?.(from, to, names) ?? { from, to }), ...mark, undone: true } };
  });
  return { set, events };
}
