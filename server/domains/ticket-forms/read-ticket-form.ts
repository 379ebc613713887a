import { asc, sql } from "drizzle-orm";
import { ticketCategories, ticketFields } from "#db/schema/ticket-forms.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";

export type TicketCategory = Pick<typeof ticketCategories.$inferSelect, "id" | "name" | "archivedAt">;
export type TicketField = Pick<
  typeof ticketFields.$inferSelect,
  "id" | "name" | "type" | "choices" | "required" | "archivedAt"
>;

/** What a business asks of its tickets, in its order; archived ones at the end. */
export interface TicketForm {
  categories: TicketCategory[];
  fields: TicketField[];
}

/** Both lists, archived entries included: tickets may still show them. Two statements in one go. */
export async function readTicketForm(ctx: Ctx): Promise<TicketForm> {
  return withTenant(ctx, async (tx) => {
    const [categories, fields] = await Promise.all([
      tx
        .select({ id: ticketCategories.id, name: ticketCategories.name, archivedAt: ticketCategories.archivedAt })
        .from(ticketCategories)
        .orderBy(
          sql`${ticketCategories.archivedAt} is not null`,
          asc(ticketCategories.position),
          asc(ticketCategories.id),
        ),
      tx
        .select({
          id: ticketFields.id,
          name: ticketFields.name,
          type: ticketFields.type,
          choices: ticketFields.choices,
          required: ticketFields.required,
          archivedAt: ticketFields.archivedAt,
        })
        .from(ticketFields)
        .orderBy(sql`${ticketFields.archivedAt} is not null`, asc(ticketFields.position), asc(ticketFields.id)),
    ]);
    return { categories, fields };
  });
}
