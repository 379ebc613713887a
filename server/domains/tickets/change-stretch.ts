import { jsonRows } from "#db/json-rows.ts";
import { lowestId } from "#db/keyset.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { alterTickets } from "./alter-tickets.ts";
import { bulkAlteration } from "./bulk-actions.ts";
import { readBulkNames } from "./bulk-names.ts";
import type { Running, Stretch } from "./bulk-stretch.ts";
import { bulkStepSize, isQuiet, markOf } from "./bulk-stretch.ts";
import { targetSql } from "./count-bulk.ts";
import { giveToTeam } from "./give-to-team.ts";
import { lackingFields, requiredFields } from "./require-fields.ts";
import { bulkChange, bulkTarget } from "./schemas.ts";
import type { Altered } from "./write-alterations.ts";
import { fieldsOf } from "./write-alterations.ts";

/** Changes those of the next tickets that are meant, and keeps what they were. */
export async function changeStretch(ctx: Ctx, tx: TenantTx, bulk: Running): Promise<Stretch> {
  const looked = await nextTickets(ctx, tx, bulk);
  const meant = looked.filter(({ matches }) => matches).map(({ id }) => id);
  const change = bulkChange.parse(bulk.change);
  const [required, names] = await Promise.all([requiredFields(tx), readBulkNames(tx, change)]);
  const by = { at: ctx.clock.now(), by: memberId(ctx), names };
  const written = await alterTickets(ctx, meant, (ticket) => {
    const alteration = bulkAlteration(ticket, change, by);
    if (!alteration || lackingFields(required, { ticket, alteration }).length > 0) return null;
    const events = alteration.events.map((event) => ({ ...event, data: { ...event.data, ...markOf(bulk) } }));
    return { ...alteration, events };
  });
  // Who is named has them, nobody included; else the team's rule speaks.
  const altered =
    change.assigneeId === undefined ? await giveToTeam(ctx, tx, written, { quiet: isQuiet(bulk) }) : written;
  await keepItems(tx, bulk.id, altered);
  return {
    cursor: looked.at(-1)?.id ?? null,
    changed: altered.length,
    unchanged: meant.length - altered.length,
    isLast: looked.length < bulkStepSize,
  };
}

/** The next tickets by their ids, and whether each is meant: a walk through the key costs the same for a rare filter. */
async function nextTickets(ctx: Ctx, tx: TenantTx, bulk: Running): Promise<{ id: string; matches: boolean }[]> {
  const target = bulkTarget.parse(bulk.filter);
  const params: unknown[] = [ctx.tenantId, bulk.cursor ?? lowestId, bulk.lastId];
  const put = (value: unknown) => `$${params.push(value)}`;
  const only = "ids" in target ? `and id = any(${put(target.ids)}::uuid[])` : "";
  const matches = targetSql(target, memberId(ctx), put);
  return tx.raw.unsafe(
    `select t.id, coalesce(${matches}, false) as matches from (
       select * from tickets where tenant_id = $1 and id > $2::uuid and id <= $3::uuid ${only}
        order by id limit ${bulkStepSize}) t
      order by t.id`,
    params as never[],
    { prepare: true },
  );
}

async function keepItems(tx: TenantTx, bulkId: string, altered: readonly Altered[]): Promise<void> {
  if (altered.length === 0) return;
  const rows = altered.map(({ ticket, alteration }) => {
    const fields = fieldsOf(alteration);
    const of = (values: Record<string, unknown>) => Object.fromEntries(fields.map((field) => [field, values[field]]));
    return { ticket_id: ticket.id, before: of(ticket), after: of(alteration.set) };
  });
  await tx.raw.unsafe(
    `insert into ticket_bulk_items (tenant_id, bulk_change_id, ticket_id, before, after)
     select $1, $2::uuid, item.ticket_id, item.before, item.after
       from jsonb_to_recordset($3::text::jsonb) as item (ticket_id uuid, before jsonb, after jsonb)`,
    [tx.tenantId, bulkId, jsonRows(rows)] as never[],
    { prepare: true },
  );
}
