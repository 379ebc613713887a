import { type SQL, sql } from "drizzle-orm";
import type { ProspectStatus } from "./schema/prospects.ts";

/** A prospect as it stands on its customer's page. */
export interface ProspectBeside {
  id: string;
  interest: string;
  status: ProspectStatus;
  nextFollowUpAt: Date | null;
}

/** As a statement brings it: instants in words. */
export type RawProspectBeside = Omit<ProspectBeside, "nextFollowUpAt"> & { nextFollowUpAt: string | null };

const most = 10;

/** A column: the newest prospects of a customer, in the statement that reads the page anyway. */
export function prospectsBeside(tenantId: SQL, customerId: SQL): SQL<RawProspectBeside[]> {
  return sql<RawProspectBeside[]>`(
    select coalesce(jsonb_agg(jsonb_build_object(
             'id', p.id, 'interest', p.interest, 'status', p.status, 'nextFollowUpAt', p.next_follow_up_at)
           order by p.created_at desc, p.id desc), '[]')
      from (select * from prospects p where p.tenant_id = ${tenantId} and p.customer_id = ${customerId}
             order by p.created_at desc, p.id desc limit ${sql.raw(String(most))}) p)`;
}

export function readProspects(raw: readonly RawProspectBeside[]): ProspectBeside[] {
  return raw.map(({ nextFollowUpAt, ...one }) => ({
    ...one,
    nextFollowUpAt: nextFollowUpAt === null ? null : new Date(nextFollowUpAt),
  }));
}
