import type { TenantTx } from "#db/tenant.ts";
import type { TicketStatus } from "./ticket-changes.ts";

/** Another ticket, and what it is to this one. */
export interface RelatedTicket {
  relation: "parent" | "child" | "merged_into" | "merged" | "split_from" | "split";
  id: string;
  number: number;
  subject: string;
  status: TicketStatus;
  conversationId: string | null;
}

/** Of each kind. */
const most = 100;

/** The tickets that a ticket is tied to, by their numbers. One statement of look-ups by index. */
export async function readRelations(tx: TenantTx, number: number): Promise<RelatedTicket[]> {
  return tx.raw.unsafe<RelatedTicket[]>(statement, [tx.tenantId, number], { prepare: true });
}

const related = (relation: RelatedTicket["relation"], condition: string) => `
  (select '${relation}' as relation, t.id, t.number::int as number, t.subject, t.status, t.conversation_id as "conversationId"
     from self join tickets t on t.tenant_id = $1 and ${condition} order by t.number limit ${most})`;

const statement = `
  with self as (select id, parent_id, merged_into_id, split_from_id from tickets where tenant_id = $1 and number = $2::bigint)
  ${[
    related("parent", "t.id = self.parent_id"),
    related("child", "t.parent_id = self.id"),
    related("merged_into", "t.id = self.merged_into_id"),
    related("merged", "t.merged_into_id = self.id"),
    related("split_from", "t.id = self.split_from_id"),
    related("split", "t.split_from_id = self.id"),
  ].join(" union all ")}`;
