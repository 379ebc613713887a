import { byTenant, findDue, findTenants } from "#db/due.ts";
import type { Clock } from "#server/core/clock.ts";
import { currentConfig, publicOrigin } from "#server/core/config.ts";
import type { Ctx } from "#server/core/context.ts";
import { contextFor } from "#server/core/context.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
import { definePeriodic } from "#server/jobs/define-job.ts";
import { deadJobsByTenant } from "#server/jobs/dead-jobs.ts";
import type { MailOutcome } from "#server/system-mail/index.ts";
import { sendSystemMail } from "#server/system-mail/index.ts";
import { claimMails } from "./claim-mails.ts";
import { composeAlertMail } from "./compose-alert-mail.ts";
import { settleMail } from "./settle-mail.ts";
import { watchDeadLetters } from "./watch-dead-letters.ts";

/** Rows that one turn looks for; the rest comes with the next. */
const most = 1_000;

/** Sends the members what they are owed to be told of alerts. */
export const sendAlertMailsJob = definePeriodic({
  name: "send alert mails",
  everyMs: 5_000,
  run: async ({ clock, signal }) => {
    if (!currentConfig().mail) return;
    const due = byTenant(await findDue("alert_mails", most, clock.now()));
    await inTurn(due, ([tenantId]) => sendAlertMails(alertContext(tenantId, clock)), signal);
  },
});

/**
 * Sends what a tenant's members are owed: claimed first, and outside any transaction. Where one mail has to wait for
 * its server, so do the others: none is kept claimed for minutes.
 */
export async function sendAlertMails(ctx: Ctx): Promise<void> {
  let away: MailOutcome | null = null;
  for (const mail of await claimMails(ctx)) {
    const outcome: MailOutcome = away ?? (await sendSystemMail(composeAlertMail(mail, publicOrigin())));
    if (outcome.outcome === "refused" && outcome.passing) away = outcome;
    await settleMail(ctx, mail.mailId, outcome);
  }
}

/** Tells each tenant of what Guichet gave up on, and of its end. */
export const watchDeadLettersJob = definePeriodic({
  name: "watch for dead letters",
  everyMs: 5 * 60_000,
  run: async ({ clock, signal }) => {
    const dead = await deadJobsByTenant(clock.now());
    const watch = (tenantId: string) => watchDeadLetters(alertContext(tenantId, clock), dead.get(tenantId) ?? 0);
    await inTurn(await findTenants(), watch, signal);
  },
});

const alertContext = (tenantId: string, clock: Clock) => contextFor(tenantId, { type: "job", name: "alerts" }, clock);
