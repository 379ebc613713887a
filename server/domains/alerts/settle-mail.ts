import { and, eq, sql } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { alertMails } from "#db/schema/alerts.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { MailOutcome } from "#server/system-mail/index.ts";

/** Writes down what became of a mail. One that was not taken is owed again, ever more rarely, for a day. */
export async function settleMail(ctx: Ctx, mailId: string, outcome: MailOutcome): Promise<void> {
  const now = ctx.clock.now().toISOString();
  const { status, createdAt, attempts } = alertMails;
  const again = outcome.outcome === "refused" && outcome.passing;
  await withTenant(ctx, async (tx) => {
    await tx
      .update(alertMails)
      .set({
        ...(outcome.outcome === "sent"
          ? { status: "sent" as const, sentAt: ctx.clock.now(), error: null }
          : { error: outcome.words.slice(0, 500) }),
        ...(outcome.outcome === "unknown" ? { status: "unknown" as const } : {}),
        ...(outcome.outcome === "refused" && !again ? { status: "failed" as const } : {}),
        ...(again
          ? {
              status: sql`case when ${createdAt} > ${now}::timestamptz - interval '1 day' then 'owed' else 'failed' end`,
              dueAt: sql`${now}::timestamptz + least(interval '1 hour', interval '1 minute' * power(2, least(${attempts}, 10) - 1))`,
            }
          : {}),
      })
      .where(and(eq(alertMails.mailId, mailId), eq(status, "sending")));
    tx.afterCommit(() => publish(ctx.tenantId, "alerts", []));
  });
}
