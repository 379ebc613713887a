import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { CustomerSurveysInput } from "./schemas.ts";

export interface CustomerSurveys {
  answered: number;
  /** Mean of the scores; null without any. */
  average: number | null;
  /** The latest, newest first. */
  latest: {
    id: string;
    score: number;
    comment: string | null;
    answeredAt: Date;
    conversationId: string;
    ticketNumber: number | null;
  }[];
}

/** How satisfied a customer said they were. One statement; nothing where the tenant has no such customer. */
export async function getCustomerSurveys(ctx: Ctx, { customerId }: CustomerSurveysInput): Promise<CustomerSurveys> {
  const rows = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<(CustomerSurveys["latest"][number] & { answered: number; average: number })[]>(
      `select id, score, comment, answered_at as "answeredAt", conversation_id as "conversationId",
              (select number::int from tickets where tenant_id = $1 and id = survey.ticket_id) as "ticketNumber",
              count(*) over ()::int as answered, (avg(score) over ())::float as average
         from surveys survey where tenant_id = $1 and customer_id = $2 and status = 'answered'
        order by due_at desc limit 5`,
      [ctx.tenantId, customerId],
      { prepare: true },
    ),
  );
  const [first] = rows;
  return {
    answered: first?.answered ?? 0,
    average: first?.average ?? null,
    latest: rows.map(({ answered: _, average: __, ...one }) => one),
  };
}
