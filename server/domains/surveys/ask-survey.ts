import { eq, sql } from "drizzle-orm";
import { conversations } from "#db/schema/conversations.ts";
import { messages } from "#db/schema/messages.ts";
import { surveys, type SurveyReason } from "#db/schema/surveys.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import type { ReplyableConversation, ReplyState } from "#server/domains/conversations/index.ts";
import { findReplyable, replyStateOf, writeOutgoing } from "#server/domains/conversations/index.ts";
import { fill } from "#server/domains/quick-replies/index.ts";
import { readSlaSettings } from "#server/domains/sla/index.ts";
import { countTemplateUse, takeTemplate } from "#server/domains/templates/index.ts";
import { findPlanned, type PlannedSurvey } from "./find-planned.ts";
import { findSurveyTemplate } from "./survey-templates.ts";
import { nextAsking } from "./survey-hours.ts";
import { makeToken } from "./survey-token.ts";
import { languageOf, questionIn, wordSurvey } from "./word-survey.ts";

const dayMs = 86_400_000;

/**
 * Asks what is due, by a message in the conversation's outbox like any other; or puts it off to the next hour at which that is
 * allowed; or notes why not. Everything is looked at as it is now. Done again, it finds nothing to do.
 */
export async function askSurvey(ctx: Ctx, surveyId: string): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const now = ctx.clock.now();
    const planned = await findPlanned(tx, surveyId, now);
    if (!planned) return;
    if (planned.reason) return leaveOut(tx, surveyId, planned.reason, now);
    const later = await allowedAt(tx, planned, now);
    if (!later) return leaveOut(tx, surveyId, "channel_unavailable", now);
    if (later > now) return putOff(tx, surveyId, later, now);
    const refusal = await ask({ ...ctx, tx }, tx, planned, now);
    if (refusal) await leaveOut(tx, surveyId, refusal, now);
  });
}

/** Now, or when it may be asked; null: never. */
async function allowedAt(tx: TenantTx, planned: PlannedSurvey, now: Date): Promise<Date | null> {
  const { zone, hours } = await readSlaSettings(tx);
  const { sendFrom, sendUntil, businessHours } = planned;
  return nextAsking({ zone, from: sendFrom, until: sendUntil, business: businessHours ? hours : null }, now);
}

async function ask(ctx: Ctx, tx: TenantTx, planned: PlannedSurvey, now: Date): Promise<SurveyReason | null> {
  const to = await findReplyable(tx, planned.conversationId);
  const state = replyStateOf(to, now, { by: "program" });
  // What waits for an admin would come days later, out of the blue.
  if (state.waits !== null) return "channel_unavailable";
  try {
    const asked =
      state.way === "free" ? await askFreely(ctx, to, planned) : await askByTemplate(ctx, to, state, planned);
    if (typeof asked === "string") return asked;
    await noteAsked(tx, planned, asked, now);
    return null;
  } catch (error) {
    if (error instanceof DomainError) return "channel_unavailable";
    throw error;
  }
}

interface Asked {
  messageId: string;
  tokenHash: string | null;
  tokenSealed: string | null;
}

async function askFreely(ctx: Ctx, to: ReplyableConversation, planned: PlannedSurvey): Promise<Asked> {
  const { id, channelType, firstName, customerName, business } = planned;
  const language = languageOf(planned.language);
  const question = fill(questionIn(language, planned), {
    "customer.first_name": firstName,
    "customer.name": customerName,
    "business.name": business,
  });
  const { messageId } = await writeOutgoing(ctx, to, {
    text: wordSurvey(channelType, language, question),
    replyToExternalId: null,
    idempotencyKey: `survey:${id}`,
    survey: id,
  });
  const links = channelType === "email" ? makeToken({ tenantId: ctx.tenantId, id }) : null;
  return { messageId, tokenHash: null, tokenSealed: null, ...links };
}

/** Outside the reply window: by the approved message that the business chose, if it did. */
async function askByTemplate(
  ctx: Ctx,
  to: ReplyableConversation,
  { refusal }: ReplyState,
  { id, templateName, language }: PlannedSurvey,
): Promise<Asked | SurveyReason> {
  if (refusal === "opted_out") return "opted_out";
  // A private answer to a public comment is not for asking: its window counts as closed.
  if (refusal !== null && refusal !== "window_closed") return "channel_unavailable";
  const templateId = templateName
    ? await findSurveyTemplate(ctx, { channelId: to.channelId, name: templateName, language })
    : null;
  if (!templateId) return "window_closed";
  const { text, ...template } = await takeTemplate(ctx, { templateId, channelId: to.channelId, variables: {} });
  const { messageId } = await writeOutgoing(ctx, to, {
    text,
    template,
    replyToExternalId: null,
    idempotencyKey: `survey:${id}`,
    survey: id,
  });
  await countTemplateUse(ctx, templateId);
  return { messageId, tokenHash: null, tokenSealed: null };
}

async function noteAsked(
  tx: TenantTx,
  { id, conversationId, customerId, language, answerDays }: PlannedSurvey,
  asked: Asked,
  now: Date,
): Promise<void> {
  const answerableUntil = new Date(now.getTime() + answerDays * dayMs);
  await tx
    .update(surveys)
    .set({
      status: "asked",
      dueAt: now,
      ...asked,
      customerId,
      // The message's own instant: whatever is said after it ends the wait for a bare score.
      askedAt: sql`(select ${messages.occurredAt} from ${messages} where ${messages.tenantId} = ${tx.tenantId} and ${messages.id} = ${asked.messageId})`,
      language: languageOf(language),
      answerableUntil,
      updatedAt: now,
    })
    .where(eq(surveys.id, id));
  await tx.update(conversations).set({ surveyUntil: answerableUntil }).where(eq(conversations.id, conversationId));
}

async function leaveOut(tx: TenantTx, id: string, reason: SurveyReason, now: Date): Promise<void> {
  await tx.update(surveys).set({ status: "not_sent", reason, updatedAt: now }).where(eq(surveys.id, id));
}

async function putOff(tx: TenantTx, id: string, dueAt: Date, now: Date): Promise<void> {
  await tx.update(surveys).set({ dueAt, updatedAt: now }).where(eq(surveys.id, id));
}
