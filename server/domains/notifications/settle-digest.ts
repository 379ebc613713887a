import { and, eq } from "drizzle-orm";
import { notifications } from "#db/schema/notifications.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { MailOutcome } from "#server/system-mail/index.ts";
import { unseenMs } from "./notify.ts";

/** Older news is not worth a mail any more. */
const lastingMs = 24 * 3_600_000;

/** Writes down what became of a digest. What was not taken is owed again, for a day; a mail that may have arrived is not. */
export async function settleDigest(ctx: Ctx, mailId: string, outcome: MailOutcome): Promise<void> {
  const now = ctx.clock.now().getTime();
  const { mail, tenantId } = notifications;
  await withTenant(ctx, async (tx) => {
    const sending = and(eq(tenantId, ctx.tenantId), eq(notifications.mailId, mailId), eq(mail, "sending"));
    if (outcome.outcome === "refused" && outcome.passing) {
      await tx.raw.unsafe(
        `update notifications set mail = case when happened_at > $3::timestamptz then 'owed' else 'failed' end, mail_due_at = $4::timestamptz
          where tenant_id = $1 and mail_id = $2::uuid and mail = 'sending'`,
        [ctx.tenantId, mailId, new Date(now - lastingMs), new Date(now + unseenMs)] as never[],
        { prepare: true },
      );
      return;
    }
    await tx
      .update(notifications)
      .set({ mail: outcome.outcome === "refused" ? "failed" : outcome.outcome })
      .where(sending);
  });
}
