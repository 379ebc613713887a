import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import type { Reach } from "#server/domains/conversations/index.ts";
import { findReaches, isTooLong, openReach, writeOutgoing } from "#server/domains/conversations/index.ts";
import { countTemplateUse, takeTemplate } from "#server/domains/templates/index.ts";
import type { Preference, Unreached } from "./choose-reach.ts";
import { rankReaches } from "./choose-reach.ts";
import { findNoticeTemplate } from "./notice-templates.ts";

/** Something to be said to a customer, on whichever channel may carry it. */
export interface Written extends Preference {
  customerId: string;
  language: string;
  /** Of a mail that begins a thread; an earlier one is gone on with. */
  subject: string;
  mailConversationId: string | null;
  /** Made for the channel: a text message is answered otherwise than a mail. */
  textOn(channelType: string): string;
  /** What the variables of an approved message may stand for. */
  values: Readonly<Record<string, string>>;
  templateName: string | null;
  templateValues: Readonly<Record<string, string>>;
  /** What it is about, so that its thread names it; null for a time that nobody has yet. */
  appointmentId: string | null;
  /** A mail takes it along for the customer's calendar, in this language. */
  calendar: "fr" | "en" | null;
  /** The message that this key wrote first is the only one. */
  idempotencyKey: string;
}

export interface WrittenTo {
  messageId: string;
  conversationId: string;
  channelType: Reach["channelType"];
}

/**
 * Writes to a customer by the best channel that may be used now, into its outbox like any other message; where one is refused
 * the next is tried, and where none is left the first refusal is the reason.
 */
export async function writeToCustomer(ctx: Ctx, tx: TenantTx, written: Written): Promise<WrittenTo | Unreached> {
  const ranked = rankReaches(await findReaches(ctx, tx, written.customerId), written);
  let reason: Unreached | null = null;
  for (const chosen of ranked) {
    const tried = "reason" in chosen ? chosen.reason : await attempt({ ...ctx, tx }, tx, chosen, written);
    if (typeof tried !== "string") return tried;
    reason ??= tried;
  }
  return reason ?? "no_way";
}

/** Written, or refused without a trace. */
async function attempt(
  ctx: Ctx,
  tx: TenantTx,
  { reach, by }: { reach: Reach; by: "free" | "template" },
  written: Written,
): Promise<WrittenTo | Unreached> {
  const text = written.textOn(reach.channelType);
  if (by === "free" && isTooLong(text, reach.reply)) return "too_long";
  const templateId =
    by === "template" && written.templateName
      ? await findNoticeTemplate(tx, {
          channelId: reach.channelId,
          name: written.templateName,
          language: written.language,
        })
      : null;
  if (by === "template" && !templateId) return "window_closed";
  await tx.raw.unsafe("savepoint writing");
  try {
    const own = reach.channelType === "email" ? { ...reach, conversationId: written.mailConversationId } : reach;
    const to = await openReach(ctx, tx, { customerId: written.customerId, reach: own, subject: written.subject });
    if (!to) throw new DomainError("conflict", "channel_unavailable");
    const taken = templateId
      ? await takeTemplate(ctx, { templateId, channelId: to.channelId, variables: templateVariables(written) })
      : null;
    const { text: ownText, ...template } = taken ?? { text };
    const { messageId } = await writeOutgoing(ctx, to, {
      text: ownText,
      ...(taken ? { template: template as Omit<typeof taken, "text"> } : {}),
      ...(written.appointmentId ? { appointment: written.appointmentId } : {}),
      ...(written.calendar ? { calendar: written.calendar } : {}),
      replyToExternalId: null,
      idempotencyKey: written.idempotencyKey,
    });
    if (templateId) await countTemplateUse(ctx, templateId);
    await tx.raw.unsafe("release savepoint writing");
    return { messageId, conversationId: to.id, channelType: reach.channelType };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await tx.raw.unsafe("rollback to savepoint writing");
    return error.reason === "opted_out" ? "opted_out" : "channel_unavailable";
  }
}

/** What stands for each variable of the approved message, by the names that it has there. */
function templateVariables({ templateValues, values }: Written): Record<string, string> {
  return Object.fromEntries(Object.entries(templateValues).map(([name, of]) => [name, values[of] || "–"]));
}
